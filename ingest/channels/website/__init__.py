"""The website's live chat: visitors write in a widget of ours, on the account's own pages."""
