"""Programs that an account works with: how each is spoken to, and what it says."""
