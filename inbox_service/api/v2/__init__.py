"""Chatwoot's reports under `/api/v2`, by Chatwoot's own definitions."""
