"""What the commands share that write incidents: the person, the text, the file, the commit."""
