"""What was done to files when, oldest first: each a script of literals that is never changed."""
