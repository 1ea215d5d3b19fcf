"""One probe for each channel of the catalogue."""
