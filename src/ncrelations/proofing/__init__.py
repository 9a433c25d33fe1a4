"""Proof: every quotation in a draft checked against the documents."""
