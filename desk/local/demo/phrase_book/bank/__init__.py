"""Skarvik Bank's phrase book."""
