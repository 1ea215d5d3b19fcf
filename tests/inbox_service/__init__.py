"""Tests of the inbox service, over real sockets."""
