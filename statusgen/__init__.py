"""statusgen: the status page that stays up when the product is down."""

__version__ = "0.1.0"
