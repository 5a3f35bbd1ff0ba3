"""Campaigns as people look at them: listed, shown one by one, and measured against labels."""
