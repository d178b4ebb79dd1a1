"""The window: widgets around a session. The only place with a clock."""
