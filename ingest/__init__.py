"""Strangers' bytes in, our words out; and our words back to them."""
