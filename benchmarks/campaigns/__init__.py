"""becalm's campaign finding beside its peers, on the same texts in one run."""
