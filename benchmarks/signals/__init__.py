"""Fitting and measuring the trained signals: abuse and spam of a single comment."""
