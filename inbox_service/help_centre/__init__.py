"""The help centre's public pages: no login, no scripts, nothing that is not published."""
