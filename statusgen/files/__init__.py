"""The page repository's files: which there are, what is in them, and how new ones are written."""
