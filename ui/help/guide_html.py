"""A page of the guide as the rich text that Qt shows.

Must not know a widget. Everything that is said is escaped: no text is markup.
"""

from __future__ import annotations

from html import escape

from tracker.guide import Block, Heading, Items, Literal, Paragraph, Picture, Rows, Run, RunKind, Topic
from tracker.guide.pages import Runs
from ui.theme import GRID, Theme

_TAGS = {RunKind.PLAIN: "{}", RunKind.STRONG: "<b>{}</b>", RunKind.SCREEN: "<b>{}</b>", RunKind.CODE: "<code>{}</code>"}
_APART = f"margin-top: {GRID}px; margin-bottom: {2 * GRID}px;"


def style_of(theme: Theme, *, points: float) -> str:
    """Return the style sheet of a page at a size of text."""
    return f"""
    h1 {{ font-size: {points * 1.8:.1f}pt; font-weight: 600; margin: 0 0 {2 * GRID}px 0; }}
    h2 {{ font-size: {points * 1.25:.1f}pt; font-weight: 600; margin: {3 * GRID}px 0 {GRID}px 0; }}
    p {{ margin: 0 0 {GRID + 2}px 0; line-height: 130%; }}
    p.picture {{ line-height: 100%; margin: {GRID}px 0 2px 0; }}
    p.small {{ color: {theme.muted}; }}
    li {{ margin: 0 0 {GRID // 2}px 0; line-height: 130%; }}
    a {{ color: {theme.accent}; }}
    code, pre {{ font-family: monospace; }}
    th {{ text-align: left; color: {theme.muted}; font-weight: 600; }}
    """


def page_html(topic: Topic, theme: Theme) -> str:
    """Return a page."""
    blocks = "".join(_block(block, theme) for block in topic.blocks)
    return f"<p class='small'>{escape(topic.chapter)}</p><h1>{escape(topic.title)}</h1>{blocks}"


def _block(block: Block, theme: Theme) -> str:
    match block:
        case Heading(runs=runs):
            return f"<h2>{_runs(runs)}</h2>"
        case Paragraph(runs=runs):
            return f"<p>{_runs(runs)}</p>"
        case Items(items=items, is_numbered=is_numbered):
            tag = "ol" if is_numbered else "ul"
            return f"<{tag}>{''.join(f'<li>{_runs(item)}</li>' for item in items)}</{tag}>"
        case Picture(name=name, shows=shows):
            return f"<p class='picture'><img src='{escape(name)}'></p><p class='small'>{escape(shows)}</p>"
        case Literal(text=text):
            return _framed(f"<pre>{escape(text)}</pre>", theme)
        case Rows(rows=rows):
            return _table(rows, theme)


def _framed(inside: str, theme: Theme) -> str:
    look = f"border-style: solid; border-color: {theme.strong_line}; {_APART}"
    return (
        f"<table width='100%' cellspacing='0' cellpadding='{GRID}' border='1' style='{look}'>"
        f"<tr><td>{inside}</td></tr></table>"
    )


def _table(rows: tuple[tuple[Runs, ...], ...], theme: Theme) -> str:
    heads, *others = rows
    line = f"border-bottom: 1px solid {theme.strong_line};"
    first = "".join(f"<th style='{line}'>{_runs(cell)}</th>" for cell in heads)
    rest = "".join(f"<tr>{''.join(f'<td style={line!r}>{_runs(cell)}</td>' for cell in row)}</tr>" for row in others)
    return (
        f"<table width='100%' cellspacing='0' cellpadding='6' style='{_APART}'>"
        f"<thead><tr>{first}</tr></thead>{rest}</table>"
    )


def _runs(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    if run.kind is RunKind.LINK:
        return f"<a href='{escape(run.target)}'>{escape(run.text)}</a>"
    return _TAGS[run.kind].format(escape(run.text))
