"""Providers as they look from outside, so that demo, tests and developers need no account."""
