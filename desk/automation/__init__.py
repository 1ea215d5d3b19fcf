"""Automation: what rules may say, whether they apply, and what they do."""
