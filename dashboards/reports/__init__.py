"""The pages, one report each."""
