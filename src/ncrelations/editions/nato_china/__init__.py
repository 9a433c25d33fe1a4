"""The two documents on NATO-China relations."""
