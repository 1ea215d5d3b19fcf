"""Every number there is, each defined once."""
