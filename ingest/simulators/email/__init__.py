"""Other people's mail servers: a sink that keeps what the desk sends."""
