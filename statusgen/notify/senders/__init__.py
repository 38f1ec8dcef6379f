"""What brings a message in its form to where it goes."""
