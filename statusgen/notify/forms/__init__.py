"""A message in the form that a channel asks for; pure, and harmless there whatever was written."""
