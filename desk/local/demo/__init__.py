"""Six made-up companies, their customers, and what they write to each other."""
