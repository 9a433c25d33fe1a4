"""What editors know of one set of documents."""
