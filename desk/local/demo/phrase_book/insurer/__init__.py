"""Straitwell's phrase book."""
