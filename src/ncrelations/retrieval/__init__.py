"""What is indexed and found."""
