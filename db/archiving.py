"""A locked period for the archive: its report as PDF/A, everything as CSV and JSON, and what proves that it is whole.

Must not know an archive's system. The same file gives the same bytes: nothing here says when it was written.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from db.export import export_portfolio
from db.pdf.write import write_pdf
from db.store import Store
from db.trouble import known_trouble
from db.whole_file import flush, flush_names
from tracker.guarding import is_locked, newest_lock
from tracker.messages import Refusal, message
from tracker.model import PeriodLock, Portfolio
from tracker.report.content import Report, Say

MANIFEST, SUMS, DATA = "manifest.json", "SHA256SUMS", "data"
FORMATS = {
    ".pdf": "PDF/A-2a (ISO 19005-2)",
    ".csv": "CSV (RFC 4180), UTF-8",
    ".json": "JSON (RFC 8259), UTF-8",
}


def archive(store: Store, portfolio: Portfolio, report: Report, folder: Path, *, say: Say) -> tuple[Path, ...]:
    """Write the archive copy of a report's period to a new folder, which is there whole or not at all.

    Raises Refusal when the period isn't locked or the folder is there, Trouble when it can't be written.
    """
    lock = newest_lock(portfolio, report.period)
    if lock is None or not is_locked(portfolio, report.period):
        raise Refusal(message("{period} er ikke låst: lås perioden før den arkiveres.", period=report.period))
    if folder.exists():
        raise Refusal(message("{folder} finnes fra før: velg en ny mappe.", folder=folder.name))
    beside = folder.with_name(f".{uuid4().hex[:8]}.ny")
    try:
        with known_trouble(folder):
            beside.mkdir()
            write_pdf(report, beside / f"{say(message('Rapport'))} {report.period}.pdf", say=say)
            export_portfolio(store, portfolio, report.period, folder=beside / DATA)
            _seal(beside, portfolio, lock)
            beside.rename(folder)
            flush_names(folder.parent)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return tuple(_files(folder))


def _seal(folder: Path, portfolio: Portfolio, lock: PeriodLock) -> None:
    """Say what the files are and what each comes to, so that a changed one is noticed in a hundred years."""
    described = [
        {
            "name": path.relative_to(folder).as_posix(),
            "format": FORMATS[path.suffix],
            "bytes": path.stat().st_size,
            "sha256": _hash(path),
        }
        for path in _files(folder)
    ]
    manifest = {
        "municipality": portfolio.municipality,
        "period": str(lock.period),
        "revision": lock.revision,
        "locked_at": lock.locked_at.isoformat(),
        "locked_by": lock.locked_by,
        "fingerprint": lock.fingerprint,
        "files": described,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sums = [f"{_hash(path)}  {path.relative_to(folder).as_posix()}\n" for path in _files(folder)]
    (folder / SUMS).write_text("".join(sums), encoding="utf-8", newline="\n")
    for path in _files(folder):
        flush(path)


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
