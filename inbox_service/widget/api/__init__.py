"""What a visitor's browser may ask, under Chatwoot's addresses: `/api/v1/widget/…`."""
