"""Forgetting people: what is kept no longer than the policy says, and accounts that are erased."""
