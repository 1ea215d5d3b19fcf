"""Programs written for Chatwoot, unmodified, against a running inbox service."""
