"""Where providers knock: find the inbox, check the signature, journal the bytes, answer."""
