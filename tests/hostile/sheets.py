"""Sheets, texts and exports that nobody's ledger writes. Must not know how they are read."""

from __future__ import annotations

import json
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.ledgers import SHAPES, postings

_SHEET = "xl/worksheets/sheet1.xml"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships {_RELATIONS}><Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    ),
    "xl/workbook.xml": (
        f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets><sheet name="Ark" sheetId="1" r:id="a"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships {_RELATIONS}><Relationship Id="a" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>"
    ),
}
_ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "haha">'
    + "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 20}">' for at in range(1, 12))
    + "]>"
)
_EXTERNAL = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
_LEDGER = "Prosjekt;Konto;Periode;Bilag;Tekst;Beløp\n"
_LINE = "41001;02300;202301;1;{text};{amount}\n"
FORMULA = "=cmd|' /C calc'!A0"
PICTURE = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
    + struct.pack(">LLBBBBB", 1, 1, 8, 0, 0, 0, 0)
    + b"\0\0\0\0\0\0\0\nIDAT"
    + zlib.compress(b"\0\0")
)
_LINK = b'<externalLink><ddeLink ddeService="cmd" ddeTopic="/C calc"/></externalLink>'
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="9">{inside}</svg>'
Make = Callable[[Path], object]


def book(rows: str, *, before: str = "", others: dict[str, bytes] | None = None) -> Make:
    """Return what writes a workbook of one sheet, its rows in XML."""

    def make(path: Path) -> None:
        sheet = f"{before}<worksheet {_MAIN}><sheetData>{rows}</sheetData></worksheet>"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in {**_PARTS, _SHEET: sheet, **(others or {})}.items():
                archive.writestr(name, content)

    return make


def cell(place: str, text: str) -> str:
    """Write a cell of text."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def number(place: str, written: str) -> str:
    """Write a cell of a number."""
    return f'<c r="{place}"><v>{written}</v></c>'


def row(*cells: str, at: int = 1) -> str:
    """Write a row of cells."""
    return f'<row r="{at}">{"".join(cells)}</row>'


def swelling_book(path: Path, megabytes: int = 320) -> None:
    """Write a workbook that is small and swells a thousandfold."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in _PARTS.items():
            archive.writestr(name, content)
        with archive.open(_SHEET, "w", force_zip64=True) as part:
            for _ in range(megabytes):
                part.write(b" " * (1 << 20))


def lying_book(path: Path) -> None:
    """Write a workbook that swells, and says that it doesn't."""
    swelling_book(path, 250)
    content = bytearray(path.read_bytes())
    size = struct.pack("<L", 250 << 20)
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = struct.pack("<L", 1000)
    path.write_bytes(content)


def damaged(shape: str, *, kept: float = 1.0, struck: int = 0) -> Make:
    """Return what writes an export cut short, and with every so many bytes another."""

    def make(path: Path) -> None:
        beside = path.with_name(f"hel-{shape}")
        SHAPES[shape](beside, postings(20))
        content = bytearray(beside.read_bytes())
        content = content[: int(len(content) * kept)]
        for at in range(600, len(content), struck or len(content)):
            content[at] ^= 0x5A
        path.write_bytes(content)

    return make


def bytes_of(content: bytes) -> Make:
    """Return what writes bytes."""
    return lambda path: path.write_bytes(content)


def text_of(text: str, encoding: str = "utf-8") -> Make:
    """Return what writes a text."""
    return bytes_of(text.encode(encoding))


def ledger(text: str = "Faktura", amount: str = "1,00") -> str:
    """Write a ledger of one line."""
    return _LEDGER + _LINE.format(text=text, amount=amount)


def saft(body: str, before: str = "") -> str:
    """Write a SAF-T file with anything in it."""
    return f'{before}<AuditFile xmlns="urn:StandardAuditFile-Taxation-Financial:NO">{body}</AuditFile>'


def export(**tables: object) -> str:
    """Write an export's JSON."""
    return json.dumps({"format": "tertial-portfolio", "version": 2, "tables": tables})


BOOKS: dict[str, Make] = {
    "swelling.xlsx": swelling_book,
    "lying.xlsx": lying_book,
    "far-apart.xlsx": book(row(cell("A1", "x")) + row(cell("XFD1048576", "y"), at=1048576)),
    "entities.xlsx": book(row(cell("A1", "&a11;")), before=_ENTITIES),
    "external.xlsx": book(row(cell("A1", "&a;")), before=_EXTERNAL),
    "nested.xlsx": book("<row>" * 100_000),
    "no-cell.xlsx": book(row(cell("ZZZZZZZZ99999999999", "x"))),
    "numbers.xlsx": book(
        row(
            *(number(f"{column}1", text) for column, text in zip("ABCD", ("1e999", "NaN", "-", "9" * 400), strict=True))
        )
    ),
    "formulas.xlsx": book(
        row(cell("A1", "Prosjekt"), cell("B1", FORMULA)) + row('<c r="A2"><f>cmd|x!A0</f><v>1</v></c>', at=2)
    ),
    "long-text.xlsx": book(row(cell("A1", "Prosjekt"), cell("B1", "å" * 100_000))),
    "control.xlsx": book(row(cell("A1", "Prosjekt&#1;"), cell("B1", "_x0001_"))),
    "paths.xlsx": book(row(cell("A1", "x")), others={"../../../tmp/ut.txt": b"x", "/etc/ut": b"x", "xl\\..\\ut": b"x"}),
    "macros.xlsx": book(
        row(cell("A1", "Prosjekt")),
        others={
            "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 100,
            "xl/externalLinks/externalLink1.xml": _LINK,
            "xl/embeddings/oleObject1.bin": b"MZ" * 100,
        },
    ),
    "picture.xlsx": bytes_of(PICTURE),
    "picture.ods": bytes_of(PICTURE),
    "picture.xls": bytes_of(PICTURE),
    "picture.xlsb": bytes_of(PICTURE),
    "empty.xlsx": bytes_of(b""),
    "half.xlsx": damaged("balances.xlsx", kept=0.5),
    "half.ods": damaged("dates.ods", kept=0.5),
    "half.xls": damaged("old.xls", kept=0.5),
    "half.xlsb": damaged("binary.xlsb", kept=0.5),
    "struck.xls": damaged("old.xls", struck=97),
    "struck.xlsb": damaged("binary.xlsb", struck=97),
    "struck.ods": damaged("dates.ods", struck=97),
}
TEXTS: dict[str, Make] = {
    "picture.csv": bytes_of(PICTURE),
    "empty.csv": bytes_of(b""),
    "formulas.csv": text_of(ledger(FORMULA, "=1+1")),
    "long-text.csv": text_of(ledger("å" * 100_000)),
    "longest-text.csv": text_of(ledger("å" * 2_000_000)),
    "control.csv": text_of(ledger("\x01\x02\x1b[31m\x7f\u202e")),
    "numbers.csv": text_of(ledger("x", "9" * 5000)),
    "nan.csv": text_of(ledger("x", "NaN")),
    "infinite.csv": text_of(ledger("x", "1e999")),
    "open-quote.csv": text_of(_LEDGER + 'x;"' + _LINE * 50_000),
    "endless-line.csv": text_of("a;" * 4_000_000),
    "utf16-unmarked.csv": text_of(ledger(), "utf-16-le"),
    "utf32.csv": text_of(ledger(), "utf-32"),
    "broken-late.csv": bytes_of(ledger().encode() * 3_000 + b"\xff\xfe\x81"),
    "broken-utf16.csv": bytes_of(b"\xff\xfe" + b"\x00\xd8" * 101 + b"x"),
    "control.txt": text_of("Årsmelding\x1b]0;x\x07\n" * 100),
    "one-line.txt": text_of("1 " * 100_000),
    "picture.txt": bytes_of(PICTURE),
    "entities.xml": text_of(saft("&a11;", _ENTITIES)),
    "external.xml": text_of(saft("&a;", _EXTERNAL)),
    "nested.xml": text_of(saft("<a>" * 200_000)),
    "hidden.xml": text_of(saft("&a11;", _ENTITIES), "utf-16"),
    "one-word.xml": text_of(saft(f'<a x="{"x" * 8_000_000}"/>')),
    "unknown-encoding.xml": text_of(saft("<a/>", '<?xml version="1.0" encoding="xaftUTF-8"?>')),
    "wide-encoding.xml": text_of(saft("<a/>", '<?xml version="1.0" encoding="shift_jis"?>')),
    "cut.xml": text_of(saft("<GeneralLedgerEntries><Journal><Transaction>")[:-20]),
    "picture.xml": bytes_of(PICTURE),
}
EXPORTS: dict[str, Make] = {
    "nested.json": text_of("[" * 1_000_000),
    "nested-inside.json": text_of('{"format": "tertial-portfolio", "version": 2, "tables": ' + '{"a":' * 100_000),
    "twice.json": text_of('{"format": "tertial-portfolio", "format": "x"}'),
    "huge-number.json": text_of(export(setting=[{"id": "x", "value": 1}]).replace("1}", "9" * 5000 + "}")),
    "nan.json": text_of(export(setting=[{"id": "x", "value": float("nan")}])),
    "newer.json": text_of(export().replace("2", "99")),
    "wrong-types.json": text_of(export(project=[{"id": ["x"], "name": {}}])),
    "journal.json": text_of(export(journal=[{"seq": 1, "changes": "[" * 100_000}])),
    "half-letter.json": text_of(export(setting=[{"id": "x", "value": "\ud800"}])),
    "unknown-table.json": text_of(export(sqlite_master=[{"type": "trigger"}])),
    "other.json": text_of("{}"),
    "picture.json": bytes_of(PICTURE),
}
PICTURES: dict[str, Make] = {
    "wide.svg": text_of(_SVG.format(width=10**9, inside='<rect width="9" height="9"/>')),
    "entities.svg": text_of(_ENTITIES + _SVG.format(width=9, inside="<text>&a11;</text>")),
    "fetching.svg": text_of(_SVG.format(width=9, inside='<image href="http://127.0.0.1:9/x" width="9" height="9"/>')),
    "enormous.png": bytes_of(PICTURE.replace(struct.pack(">LL", 1, 1), struct.pack(">LL", 60_000, 60_000))),
    "enormous.jpg": bytes_of(b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03" + b"\0" * 20),
    "cut.png": bytes_of(PICTURE[:30]),
    "text.png": text_of("Ingen bilde"),
}


def pipe(path: Path) -> None:
    """Make a pipe that nobody writes to."""
    os.mkfifo(path)


def round_link(path: Path) -> None:
    """Make a link that leads to itself."""
    path.symlink_to(path)


def endless(path: Path) -> None:
    """Make a link to what never ends."""
    path.symlink_to("/dev/zero")


PLACES: dict[str, Make] = {
    f"{name}{suffix}": make
    for suffix in (".csv", ".xlsx", ".xml", ".txt", ".pdf", ".json", ".png", ".tertial")
    for name, make in (
        ("pipe", pipe),
        ("folder", Path.mkdir),
        ("round", round_link),
        ("endless", endless),
        ("missing", Path.exists),
    )
}
