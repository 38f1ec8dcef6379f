"""What a person types: arguments in, exit code out."""
