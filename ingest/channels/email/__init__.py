"""E-mail: raw MIME in by SMTP or HTTP, answers out by SMTP."""
