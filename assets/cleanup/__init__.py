"""The lake's housekeeping."""
