"""The API channel: a program of the account's speaks for its customers."""
