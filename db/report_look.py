"""What a report looks like in every kind of file: its inks, the colours of a status, and shades of the accent.

Must not know any kind of file. Colours are `RRGGBB`.
"""

from __future__ import annotations

from tracker.report.content import Tone, Typeface

HAIRLINE = "C9D3DA"
INK = "1A1A1A"
MUTED = "595959"
TONES: dict[Tone, tuple[str, str] | None] = {
    Tone.BAD: ("9C0006", "FFC7CE"),
    Tone.WARNING: ("7A4B00", "FFEB9C"),
    Tone.GOOD: ("006100", "C6EFCE"),
    Tone.NEUTRAL: None,
}
"""Letters and ground of a status; black on white where it says nothing."""
FONTS = {Typeface.SANS: "Arial", Typeface.SERIF: "Times New Roman"}
"""Fonts that every Office has. Arial's widths are what is measured by; the serifs are narrower."""


def tint(accent: str) -> str:
    """Return the accent so light that text stands on it."""
    return _on_white(accent, 0.09)


def lightened(accent: str) -> str:
    """Return the accent about half as strong, for what stands beside it."""
    return _on_white(accent, 0.45)


def _on_white(colour: str, strength: float) -> str:
    channels = (int(colour[index : index + 2], 16) for index in (0, 2, 4))
    return "".join(f"{round(255 - (255 - channel) * strength):02X}" for channel in channels)
