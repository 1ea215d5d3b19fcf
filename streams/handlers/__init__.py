"""What happens when something comes in, and when something has happened."""
