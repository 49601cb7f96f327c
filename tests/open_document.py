"""Writes the spreadsheets of OpenDocument, as LibreOffice saves them, from tables in XML.

Must not know what is in them.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2"'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
    "<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
)
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def write_open_document(path: Path, **tables: str) -> Path:
    """Write a spreadsheet of tables, the rows of each in XML, by its name."""
    named = "".join(f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in tables.items())
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", _KIND)
        archive.writestr("content.xml", _CONTENT.format(tables=named))
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
    return path


def cell_of(text: str, attributes: str = "") -> str:
    """Write a cell of text."""
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>'
