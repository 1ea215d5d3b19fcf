"""A ticket system of somebody else's."""
