"""Facts: what happened at the desk, in the past tense and for ever."""
