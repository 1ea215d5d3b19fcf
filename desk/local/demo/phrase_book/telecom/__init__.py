"""Rimal Mobile's phrase book."""
