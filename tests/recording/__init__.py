"""Random actions of every kind, and whether each change that they make is recorded."""
