"""What the outside sees: Chatwoot's shapes, with the few fields that are our own."""
