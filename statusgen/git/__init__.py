"""Everything that runs Git, or reads what it keeps."""
