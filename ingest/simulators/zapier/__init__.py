"""Catch hooks, as Zapier offers them."""
