"""The custom channel: a partner's own server, with a key for both directions."""
