"""Documents: the tree, citations, excerpts."""
