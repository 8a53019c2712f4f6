"""Bytes or text -> tensor, and every step that was done to it, kept to be shown."""
