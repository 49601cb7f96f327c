"""The guide as a PDF to print or send: all of it with its contents, or one page of it.

Must not know what stands in it. The same guide always gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

import resources
from db.guide_files import GUIDE_FOLDER
from db.whole_file import write_whole
from tracker.guide import Block, Guide, Heading, Items, Literal, Paragraph, Picture, Rows, RunKind, Topic
from tracker.guide.pages import Runs
from tracker.messages import message
from tracker.report.content import LANGUAGE, Say

Data = dict[str, Any]

_FONTS = Path(resources.__file__).parent / "fonts"
_DESIGN = GUIDE_FOLDER / "guide.typ"


def write_guide_pdf(guide: Guide, path: Path, *, say: Say, topic: str = "") -> None:
    """Write the guide, or one page of it, as a PDF that screen readers can read (PDF/UA-1), whole or not at all.

    Raises Trouble when the file can't be written.
    """
    write_whole(path, lambda beside: beside.write_bytes(_typeset(guide, say, topic)))


def _typeset(guide: Guide, say: Say, topic: str) -> bytes:
    # Typst is 20 MB: only those who write a PDF wait for it.
    import typst

    made = typst.Compiler(
        _DESIGN,
        root=_DESIGN.parent,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS]),
        sys_inputs={"guide": json.dumps(_data_of(guide, say, topic), ensure_ascii=False)},
    ).compile(format="pdf", pdf_standards=["ua-1"])
    return cast("bytes", made)  # one file, not a picture a page


def _data_of(guide: Guide, say: Say, only: str) -> Data:
    topics = [topic for topic in guide.topics if only in {"", topic.name}]
    names = {topic.name for topic in topics}
    chapters = dict.fromkeys(topic.chapter for topic in topics)
    return {
        "language": say(LANGUAGE),
        "title": guide.title if not only else topics[0].title,
        "whole": not only,
        "contents": say(message("Innhold")),
        "page-of": say(message("Side {page} av {pages}", page="{page}", pages="{pages}")),
        "chapters": [
            {"title": chapter, "topics": [_topic(topic, names) for topic in topics if topic.chapter == chapter]}
            for chapter in chapters
        ],
    }


def _topic(topic: Topic, names: Iterable[str]) -> Data:
    return {"name": topic.name, "title": topic.title, "blocks": [_block(block, names) for block in topic.blocks]}


def _block(block: Block, names: Iterable[str]) -> Data:
    match block:
        case Heading(runs=runs):
            return {"kind": "heading", "runs": _runs(runs, names)}
        case Paragraph(runs=runs):
            return {"kind": "paragraph", "runs": _runs(runs, names)}
        case Items(items=items, is_numbered=is_numbered):
            kind = "steps" if is_numbered else "items"
            return {"kind": kind, "items": [_runs(item, names) for item in items]}
        case Rows(rows=rows):
            return {"kind": "rows", "rows": [[_runs(cell, names) for cell in row] for row in rows]}
        case Picture(name=name, shows=shows):
            return {"kind": "picture", "path": f"pictures/{name}", "shows": shows}
        case Literal(text=text):
            return {"kind": "literal", "text": text}


def _runs(runs: Runs, names: Iterable[str]) -> list[Data]:
    """Return runs as data; a link to a page that isn't along is only its words."""
    return [
        {"kind": run.kind.value, "text": run.text, "target": run.target}
        if run.kind is not RunKind.LINK or run.target in names
        else {"kind": RunKind.PLAIN.value, "text": run.text, "target": ""}
        for run in runs
    ]
