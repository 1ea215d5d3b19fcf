"""Builders: a small desk to tell a story with."""
