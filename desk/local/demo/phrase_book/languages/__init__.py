"""Courtesies and stories in each language; English courtesies live here as well."""
