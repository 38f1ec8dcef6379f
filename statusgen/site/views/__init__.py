"""What templates and files are given: frozen values, made from what is true at a moment."""
