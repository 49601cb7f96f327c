"""The guide inside the program: its window, and which page of it is about what one is doing.

Must not change anything.
"""
