"""A Slack workspace: channels with threads, people in them, and signed events."""
