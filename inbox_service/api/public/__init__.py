"""The public API: what a customer's own client may do, with nothing but two identifiers."""
