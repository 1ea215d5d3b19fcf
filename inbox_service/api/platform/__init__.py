"""What platform apps may ask: programs that make accounts, people and bots, and see only those."""
