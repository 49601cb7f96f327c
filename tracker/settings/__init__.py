"""What a municipality settles: each thing by itself, all of them in one list, and the list as a file."""
