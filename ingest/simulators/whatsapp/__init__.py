"""WhatsApp Business Cloud, simulated: the Graph API, its hooks, and its customers."""
