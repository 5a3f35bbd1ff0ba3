"""Drafts of posts for customers: how to recognise what went round. What that was, `becalm.review.patterns` tells."""

from .draft import Post, post_languages, write_post
from .pattern import Pattern

__all__ = ["Pattern", "Post", "post_languages", "write_post"]
