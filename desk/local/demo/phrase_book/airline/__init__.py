"""Halden Air's phrase book."""
