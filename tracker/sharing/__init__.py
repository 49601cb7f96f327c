"""What several files share by way of a hub.

Must not know a server: only which changes go there, in which part of it they stand, and what has been read of it.
"""
