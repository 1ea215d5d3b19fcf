"""Stories every company knows."""
