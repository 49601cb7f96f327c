"""Files that were damaged in every way: what becomes of them, counted."""
