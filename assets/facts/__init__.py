"""Facts: what happened, with its durations and everything that was true at that moment."""
