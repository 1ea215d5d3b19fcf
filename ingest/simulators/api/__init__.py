"""A program of an account's that is told of the answers to its customers."""
