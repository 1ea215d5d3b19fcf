"""The JSON API: one resource one file, each route with its permission on its own line."""
