"""One folder per kind of channel; none of them knows another."""
