"""What becalm costs and how well it finds campaigns, measured against the bare work in the same run."""
