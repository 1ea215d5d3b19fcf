"""Chatwoot's 144 documented operations, each driven on real data."""
