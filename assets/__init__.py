"""The Dagster program: it keeps the lake in step with the desk, and says what it did."""
