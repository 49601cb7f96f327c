"""Labelled texts: what a careful reader says contradicts a project's figures, and what doesn't."""
