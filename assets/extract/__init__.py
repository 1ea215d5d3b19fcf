"""From the desk's Postgres into the lake's raw tables."""
