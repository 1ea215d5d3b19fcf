"""Chatwoot's own numbers: a family beside ours, counted by Chatwoot's definitions alone.

Everything here is dated by the instant of the event and asks what a conversation is now: its
current team, labels and assignee. Our metrics (`warehouse.metrics`) ask what it was then.
"""
