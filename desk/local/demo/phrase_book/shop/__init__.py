"""Wattle & Pine's phrase book."""
