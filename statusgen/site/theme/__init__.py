"""The templates and assets, and what stands around every page."""
