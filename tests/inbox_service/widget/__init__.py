"""The website chat: its API, its live line, its pages in a browser."""
