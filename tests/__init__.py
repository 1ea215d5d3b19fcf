"""Tests, a folder for each package they speak about."""
