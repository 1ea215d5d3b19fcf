"""What customers say and what agents answer, story by story."""
