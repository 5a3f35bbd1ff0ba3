"""Why a comment was treated as it was: everything that becalm knows and thinks of it."""
