"""becalm keeps the comment sections of a brand's social channels calm."""
