"""Marts: a day's work in one row, for pages that count."""
