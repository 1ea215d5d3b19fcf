"""A Dialogflow agent: tokens for signed statements, and answers to sentences."""
