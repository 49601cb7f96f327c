"""Draws a municipality's logo as a picture that every kind of file can hold; a logo that can't be drawn is refused.

Must not know a report.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path

from db.plain_file import read_at_most
from db.trouble import known_trouble
from tracker.messages import Refusal, message
from tracker.report.content import Logo, LogoKind
from tracker.report.template import read_logo

_PICTURE = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#let logo = json(bytes(sys.inputs.logo))
#image(bytes(logo.content), format: logo.kind, height: 22mm)
"""
_DOTS_IN_INCH = 300.0
_LARGEST_FILE = 10_000_000
KINDS = {LogoKind.PNG: "png", LogoKind.JPEG: "jpg", LogoKind.SVG: "svg"}
"""What typst calls the kinds of picture."""


def read_picture(path: Path) -> bytes:
    """Return the content of a logo's file, once it is known that it can be drawn.

    Raises Trouble when the file can't be read, Refusal when it is no picture, is too large or damaged.
    """
    with known_trouble(path):
        content = read_at_most(path, _LARGEST_FILE)
    png_of(read_logo(content))
    return content


def png_of(logo: Logo) -> bytes:
    """Return a logo as PNG, its ground clear, fine enough for print at 22 mm.

    Raises Refusal when its file is damaged, or not what it says it is.
    """
    import typst

    given = json.dumps({"kind": KINDS[logo.kind], "content": list(logo.content)})
    try:
        made = typst.compile(_PICTURE, format="png", ppi=_DOTS_IN_INCH, sys_inputs={"logo": given})
    except BaseException as error:
        # A picture as wide as a country makes typst panic, which Rust tells as no Exception.
        if isinstance(error, typst.TypstError) or type(error).__name__ == "PanicException":
            raise Refusal(message("Logoen kan ikke leses: velg en annen PNG-, JPEG- eller SVG-fil.")) from None
        raise
    return made if isinstance(made, bytes) else b""


def fitted(png: bytes, *, width: float, height: float) -> tuple[float, float]:
    """Return how large a picture is shown within a width and a height, its shape kept."""
    own_width, own_height = struct.unpack(">LL", png[16:24])
    scale = min(width / own_width, height / own_height)
    return own_width * scale, own_height * scale
