"""The website's live chat: its script, its frame, and the API that visitors' browsers ask."""
