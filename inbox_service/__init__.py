"""What agents, visitors and API clients touch: the API, the live line, the pages."""
