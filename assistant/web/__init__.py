"""The web chat and the HTTP API."""
