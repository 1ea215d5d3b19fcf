"""What a support desk is, and the only ways it may change."""
