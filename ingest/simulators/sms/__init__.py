"""Twilio's Messages resource, for texts that go out."""
