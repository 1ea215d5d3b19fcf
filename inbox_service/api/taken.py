"""Marks of routes that read their body themselves: what the OpenAPI document is to say of it."""

TAKES = "takes"
"""The shape of the body, as JSON or as a form."""
TAKES_FILES = "takes_files"
"""Whether a form may bring files beside it."""
