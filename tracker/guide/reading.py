"""Reads the guide from the little Markdown that it is written in.

That is headings, paragraphs, lists of one level, tables, pictures, fenced lines, and in them **strong**, *what stands
on the screen*, `typed` and [links](page.md). Must not know where the texts are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import takewhile

from tracker.guide.pages import (
    Block,
    Guide,
    Heading,
    Items,
    Literal,
    Paragraph,
    Picture,
    Rows,
    Run,
    RunKind,
    Runs,
    Topic,
)

_RUNS = re.compile(r"\*\*(?P<strong>.+?)\*\*|\*(?P<screen>.+?)\*|`(?P<code>.+?)`|\[(?P<link>.+?)\]\((?P<target>.+?)\)")
_PICTURE = re.compile(r"!\[(?P<shows>.+)\]\(pictures/(?P<name>.+)\)")
_ITEM = re.compile(r"(?:-|(?P<number>\d+)\.) +(?P<said>.*)")
_CONTENTS_LINE = re.compile(r"- \[.+\]\((?P<name>.+)\.md\)")
_RULE = re.compile(r"\|[\s:|-]+\|")
_FENCE = "```"


def read_guide(contents: str, texts: Mapping[str, str]) -> Guide:
    """Read the guide from its contents and the texts of its pages by name.

    Raises KeyError where the contents name a page that isn't there.
    """
    title, chapter = "", ""
    topics = []
    for line in contents.splitlines():
        if line.startswith("# "):
            title = line[2:]
        elif line.startswith("## "):
            chapter = line[3:]
        elif found := _CONTENTS_LINE.fullmatch(line):
            topics.append(_topic(found["name"], chapter, texts[found["name"]]))
    return Guide(title=title, topics=tuple(topics))


def _topic(name: str, chapter: str, text: str) -> Topic:
    first, _, rest = text.partition("\n")
    return Topic(name=name, title=first.removeprefix("# "), chapter=chapter, blocks=tuple(_blocks(rest.splitlines())))


def _blocks(lines: list[str]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        if lines[at].startswith(_FENCE):
            typed = list(takewhile(lambda line: line != _FENCE, lines[at + 1 :]))
            yield Literal(text="\n".join(typed))
            at += len(typed) + 2
            continue
        together = list(takewhile(str.strip, lines[at:]))
        if together:
            yield _block(together)
        at += len(together) + 1


def _block(lines: list[str]) -> Block:
    first = lines[0]
    if first.startswith("## "):
        return Heading(runs=_runs(first[3:]))
    if picture := _PICTURE.fullmatch(first):
        return Picture(name=picture["name"], shows=picture["shows"])
    if first.startswith("|"):
        return Rows(rows=tuple(_cells(line) for line in lines if not _RULE.fullmatch(line)))
    if item := _ITEM.fullmatch(first):
        return Items(items=tuple(map(_runs, _items(lines))), is_numbered=item["number"] is not None)
    return Paragraph(runs=_runs(" ".join(map(str.strip, lines))))


def _cells(line: str) -> tuple[Runs, ...]:
    return tuple(_runs(cell.strip()) for cell in line.strip().strip("|").split("|"))


def _items(lines: list[str]) -> list[str]:
    """Return the items, lines that are no beginning of one joined to the one before."""
    items: list[str] = []
    for line in lines:
        if item := _ITEM.fullmatch(line):
            items.append(item["said"])
        else:
            items[-1] += f" {line.strip()}"
    return items


def _runs(text: str) -> Runs:
    return tuple(_split(text))


def _split(text: str) -> Iterator[Run]:
    at = 0
    for found in _RUNS.finditer(text):
        if found.start() > at:
            yield Run(text=text[at : found.start()])
        if found["target"] is not None:
            yield Run(text=found["link"], kind=RunKind.LINK, target=found["target"].removesuffix(".md"))
        else:
            kind = next(kind for kind in (RunKind.STRONG, RunKind.SCREEN, RunKind.CODE) if found[kind.value])
            yield Run(text=found[kind.value], kind=kind)
        at = found.end()
    if at < len(text):
        yield Run(text=text[at:])
