"""A real PostgreSQL, and many laptops that push to it and pull from it."""
