"""A question, read."""
