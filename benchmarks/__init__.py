"""Measurements: each names its work, its reference, and what ratio it is held to."""
