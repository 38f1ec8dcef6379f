"""The site in a browser on this machine, while its sources are being edited."""
