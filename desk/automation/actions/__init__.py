"""What a rule can do, one action a file."""
