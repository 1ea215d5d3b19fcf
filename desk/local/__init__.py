"""The embedded services and the process supervisor behind `desk up`."""
