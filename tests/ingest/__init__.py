"""Strangers' bytes in: the doors, the journal, the channels and the simulators."""
