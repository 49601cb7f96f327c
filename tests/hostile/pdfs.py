"""PDFs that nobody publishes, written object by object.

Must not know how they are read.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def pdf_of(objects: Sequence[bytes], *, trailer: bytes = b"") -> bytes:
    """Write a PDF of objects, the first its catalogue, numbered from 1."""
    written = bytearray(b"%PDF-1.7\n")
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    begins = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, begins)
    return bytes(written)


def stream(content: bytes, dictionary: bytes = b"") -> bytes:
    """Write a stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), dictionary, content)


def packed(content: bytes, dictionary: bytes = b"") -> bytes:
    """Write a packed stream object."""
    return stream(zlib.compress(content, 9), b"/Filter /FlateDecode " + dictionary)


_LETTERS = b"/Font << /F1 5 0 R >>"


def one_page(content: bytes, *others: bytes, resources: bytes = _LETTERS, trailer: bytes = b"") -> bytes:
    """Write a PDF of one page; `others` are objects from number 6."""
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << %s >> >>" % resources,
            content,
            _FONT,
            *others,
        ],
        trailer=trailer,
    )


def shown(text: bytes = b"Tekst") -> bytes:
    """Draw a text on a page."""
    return b"BT /F1 12 Tf 72 720 Td (%s) Tj ET" % text


def locked() -> bytes:
    """Write a PDF whose password nobody knows."""
    keys = b"/Filter /Standard /V 1 /R 2 /P -4 /O (%s) /U (%s)" % (b"o" * 32, b"u" * 32)
    return one_page(stream(shown()), trailer=b"/Encrypt << %s >> /ID [(1234567890123456) (1234567890123456)]" % keys)


def going_round() -> bytes:
    """Write pages that hold themselves."""
    return pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"])


def drawing_itself(levels: int = 12, times: int = 12) -> bytes:
    """Write forms that each draw the next a dozen times: a few kilobytes, and letters without end."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << %s >>"
    forms = []
    for level in range(levels):
        following = 7 + level
        forms.append(stream(b"/X Do " * times, form % (_LETTERS + b" /XObject << /X %d 0 R >>" % following)))
    last = stream(shown() * 50, form % _LETTERS)
    return one_page(stream(b"/X Do"), *forms, last, resources=b"/XObject << /X 6 0 R >> /Font << /F1 5 0 R >>")


def swelling(megabytes: int = 3000) -> bytes:
    """Write a page whose content is some megabytes, and gigabytes when it is unpacked."""
    packer = zlib.compressobj(9)
    piece = b" " * (1 << 20)
    content = b"".join(packer.compress(piece) for _ in range(megabytes)) + packer.flush()
    return one_page(stream(content, b"/Filter /FlateDecode"))


def empty_pages(count: int, *, declared: int | None = None) -> bytes:
    """Write a PDF of pages with nothing on them, which may say of itself that it has others."""
    kids = b" ".join(b"%d 0 R" % (3 + at) for at in range(count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>"
    counted = count if declared is None else declared
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, counted),
            *([page] * count),
        ]
    )


def nested(depth: int = 100_000) -> bytes:
    """Write a page whose content is brackets in brackets."""
    return one_page(stream(b"[" * depth + b"]" * depth + b" TJ " + shown()))


def pointing_at_itself() -> bytes:
    """Write an object whose length is itself."""
    return one_page(b"<< /Length 4 0 R >>\nstream\nx\nendstream")


def endless_hops() -> bytes:
    """Write a table of objects that says that the one before it is itself."""
    return one_page(stream(shown()), trailer=b"/Prev 9")


PDFS = {
    "locked": locked,
    "going-round": going_round,
    "drawing-itself": drawing_itself,
    "swelling": swelling,
    "empty-pages": lambda: empty_pages(1500),
    "too-many-pages": lambda: empty_pages(2500),
    "lying-about-pages": lambda: empty_pages(1, declared=10**9),
    "nested": nested,
    "pointing-at-itself": pointing_at_itself,
    "endless-hops": endless_hops,
    "cut-short": lambda: one_page(stream(shown()))[:200],
    "only-a-mark": lambda: b"%PDF-1.7\n",
}
"""PDFs that are read or refused, by what is wrong with them."""
