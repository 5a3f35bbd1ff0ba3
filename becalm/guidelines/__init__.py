"""What people may read of the policy: the public guidelines, and for staff what changed since an earlier version."""

from .changes import change_notes
from .contents import guidelines
from .pages import Page, write_pages

__all__ = ["Page", "change_notes", "guidelines", "write_pages"]
