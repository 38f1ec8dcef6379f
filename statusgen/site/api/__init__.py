"""The JSON API: v2, which is a hosted Statuspage's, and v1, our own."""
