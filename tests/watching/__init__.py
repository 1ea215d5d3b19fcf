"""Tests of what others are told about the desk."""
