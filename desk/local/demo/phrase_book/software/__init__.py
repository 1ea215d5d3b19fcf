"""Tidemark's phrase book."""
