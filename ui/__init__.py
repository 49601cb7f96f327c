"""What people meet: the commands and the window."""
