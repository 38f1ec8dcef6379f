"""statusgen: the status page that stays up when the product is down."""

__version__ = "0.1.0"

DOCS = "https://github.com/statusgen/statusgen/blob/main/docs"
"""Where the documents are, for those who have the program alone."""
