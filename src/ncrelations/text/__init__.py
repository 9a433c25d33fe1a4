"""Words of text."""
