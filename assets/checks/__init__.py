"""What must be true of the lake, whatever happened."""
