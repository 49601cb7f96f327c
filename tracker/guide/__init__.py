"""The guide: its pages as values, how they are read from Markdown, and how they are searched.

Must not know a file, a window or a paper.
"""

from tracker.guide.pages import Block, Guide, Heading, Items, Literal, Paragraph, Picture, Rows, Run, RunKind, Topic
from tracker.guide.reading import read_guide
from tracker.guide.searching import Hit, Searcher

__all__ = [
    "Block",
    "Guide",
    "Heading",
    "Hit",
    "Items",
    "Literal",
    "Paragraph",
    "Picture",
    "Rows",
    "Run",
    "RunKind",
    "Searcher",
    "Topic",
    "read_guide",
]
