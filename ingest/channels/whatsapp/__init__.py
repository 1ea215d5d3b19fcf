"""WhatsApp Business Cloud."""
