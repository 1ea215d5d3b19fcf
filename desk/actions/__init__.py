"""The only ways in which the desk changes: one verb a file, each leaving its facts."""
