"""Tests of the image, the compose file and the wheel, as far as they can be run without an engine."""
