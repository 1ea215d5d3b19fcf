"""A partner's server that keeps the custom channel's contract."""
