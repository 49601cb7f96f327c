"""Work that is broken off: a process that is killed, a machine that loses its power. Nothing promised may be lost.

`python -m tests.crashes.kills` and `python -m tests.crashes.power` are the long runs.
"""
