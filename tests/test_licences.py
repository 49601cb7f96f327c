"""What Tertial carries of others: that it may be carried, is told of, and can be seen in the program."""

from __future__ import annotations

import getpass
import importlib
import json
import platform
import re
import socket
import sys
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.windows import Script
from ui.about import AboutForm, gather
from ui.main_window import MainWindow
from ui.words import words_in

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "packaging"))
advisories, built, inside, licences, notices, spdx = (
    importlib.import_module(name) for name in ("advisories", "built", "inside", "licences", "notices", "spdx")
)
TOLD: dict[str, Any] = json.loads(licences.DATA.read_text(encoding="utf-8"))
QT_WE_USE = {"QtCore", "QtGui", "QtPrintSupport", "QtSvg", "QtTest", "QtWidgets"}
"""All of them under the LGPL."""


def package(folder: Path, *lines: str) -> Any:
    """Lay out a package's metadata as an installer does, and read it as the check does."""
    place = folder / "fake-1.0.dist-info"
    place.mkdir()
    (place / "METADATA").write_text("\n".join(["Metadata-Version: 2.4", "Name: fake", "Version: 1.0", *lines]) + "\n")
    return Distribution.at(place).metadata


def test_all_that_is_locked_may_be_carried() -> None:
    assert list(licences.refusals()) == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("License-Expression: AGPL-3.0-only", "fake 1.0: AGPL-3.0-only"),
        ("License-Expression: MIT AND GPL-3.0-only", "fake 1.0: MIT AND GPL-3.0-only"),
        ("Classifier: License :: OSI Approved :: GNU Affero General Public License v3", "fake 1.0: License :: OSI"),
        ("License: see LICENSE", "fake 1.0: see LICENSE"),
        ("Summary: of nobody knows what", "fake 1.0: says nothing of its licence"),
    ],
)
def test_a_licence_that_is_unfit_or_unknown_is_refused(tmp_path: Path, line: str, reason: str) -> None:
    assert str(licences.refusal_of(package(tmp_path, line), licences.rules())).startswith(reason)


def test_a_choice_of_licences_is_taken_where_one_of_them_is_allowed(tmp_path: Path) -> None:
    told = package(tmp_path, "License-Expression: AGPL-3.0-only OR (MIT AND Apache-2.0)")
    assert licences.refusal_of(told, licences.rules()) is None
    assert spdx.chosen("GPL-2.0-only OR MIT AND (Zlib OR GPL-2.0-only)", {"MIT", "Zlib"}) == ["MIT", "Zlib"]
    for broken in ("", "MIT OR", "(MIT", "MIT MIT", "MIT, Zlib", "AND MIT", "MIT)"):
        assert spdx.chosen(broken, {"MIT", "Zlib"}) is None, broken


def test_what_somebody_read_of_a_licence_counts_until_the_package_says_something_else() -> None:
    told = licences.metadata("pypdfium2")
    assert licences.licence_of(told, licences.rules()) == "Apache-2.0 OR BSD-3-Clause"
    told.replace_header("License", "AGPL-3.0-only")
    assert licences.refusal_of(told, licences.rules()) == f"pypdfium2 {told['Version']}: AGPL-3.0-only"


def test_what_somebody_read_of_a_rust_crate_is_refused_once_a_wheel_says_something_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = licences.crates()
    read["pixglyph"] |= {"licence": "MIT OR Apache-2.0"}
    monkeypatch.setattr(licences, "crates", lambda: read)
    (refused,) = licences.refusals()
    assert re.fullmatch(r"pixglyph \S+ in typst \(Rust\): Apache-2.0, not MIT OR Apache-2.0; .+", refused)


def test_whoever_asks_that_their_source_be_told_of_has_it_told() -> None:
    asking = {name for name, crate in licences.crates().items() if crate["licence"].startswith("MPL")}
    told = [line for entry in TOLD["entries"] for line in entry["copyright"] if line.split()[0] in asking]
    assert len(told) == len(asking) > 0
    assert all("source: https://" in line for line in told)


def test_the_notices_tell_of_every_locked_library_at_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    renew = "renew them with `python packaging/notices.py`"
    assert notices.moved_on() == [], renew
    assert notices.main([str(tmp_path / "program.txt")]) == 0
    assert (tmp_path / "program.txt").read_bytes() == notices.TEXT.read_bytes()
    newer = tmp_path / "requirements.txt"
    newer.write_text(
        licences.LOCKS[-1].read_text(encoding="utf-8").replace("\npillow==", "\npillow==9"), encoding="utf-8"
    )
    monkeypatch.setattr(licences, "LOCKS", (*licences.LOCKS[:-1], newer))
    assert notices.main([str(tmp_path / "late.txt")]) == 1
    assert not (tmp_path / "late.txt").exists()
    parts = {(part["name"], part["within"]) for part in licences.components()}
    assert parts <= {(entry["name"], entry["within"]) for entry in TOLD["entries"]}, renew


def test_every_notice_has_its_licence_text_and_the_file_to_read_has_the_same() -> None:
    assert [entry["name"] for entry in TOLD["entries"] if not entry["texts"] or not entry["used"]] == []
    assert {text for entry in TOLD["entries"] for text in entry["texts"]} == set(TOLD["texts"])
    assert notices.TEXT.read_text(encoding="utf-8") == notices.as_text(TOLD)
    for font in ("SourceSans3", "SourceSerif4"):
        name = f"fonts/LICENSE-{font}.md"
        assert TOLD["texts"][name].split() == (ROOT / "resources" / name).read_text(encoding="utf-8").split()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="wheels for other systems are made otherwise")
def test_what_wheels_carry_unsaid_is_found_in_them() -> None:
    known = licences.crates()
    assert {"calamine", "zip", "quick-xml"} <= set(inside.crates_in("python-calamine", known)) <= set(known)
    wheels = ("cryptography", "python-calamine", "typst")
    listed = {crate for name in wheels for crate, _, _ in inside.listed_in(name)}
    assert {"typst", "option-ext", "scopeguard"} <= listed <= set(known)
    assert "pkg-config" not in listed, "that one only looks for OpenSSL before anything is compiled"
    assert list(inside.untold("pillow", licences.components())) == []
    assert any("libtiff" in one for one in inside.untold("pillow", []))
    with pytest.raises(inside.NotSeen):
        inside.version_of({"name": "OpenSSL", "within": "python-calamine", "file": "*.so", "says": "OpenSSL 9"})


def test_no_module_of_qt_is_used_that_is_under_the_gpl_alone() -> None:
    sources = [path for room in ("tracker", "db", "ui", "resources") for path in (ROOT / room).rglob("*.py")]
    used = {name for path in sources for name in re.findall(r"PySide6\.(\w+)", path.read_text(encoding="utf-8"))}
    assert used <= QT_WE_USE
    assert not [name for name in QT_WE_USE for word in licences.rules().gpl_qt if word in name.lower()]


def test_a_built_program_with_what_it_may_not_carry_is_refused(tmp_path: Path) -> None:
    fit = [
        "_internal/PySide6/Qt/lib/libQt6Core.so.6",
        "_internal/psycopg/__init__.py",
        "_internal/libpng16.so.16",
        "THIRD-PARTY-NOTICES.txt",
    ]
    unfit = [
        "_internal/PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        "_internal/libreadline.so.8",
        "_internal/libnobodyknows.so.1",
    ]
    for name in [*fit, *unfit]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = list(built.unfit_in(tmp_path))
    assert [one.split(":")[0] for one in found] == [unfit[0], unfit[2], unfit[1]]
    for name in [*unfit, fit[0], fit[1], fit[3]]:
        (tmp_path / name).unlink()
    assert [re.sub(r"^\S+: ", "", one) for one in built.unfit_in(tmp_path)] == [
        "Qt is no library of its own, so it can't be replaced",
        "psycopg is no files of its own, so it can't be replaced",
        "THIRD-PARTY-NOTICES.txt is missing",
    ]


def test_every_requirement_of_every_lock_is_pinned_by_its_hash(tmp_path: Path) -> None:
    locks = sorted((ROOT / "packaging").glob("requirements*.txt"))
    assert [advisories.unpinned(lock) for lock in locks] == [[] for _ in locks]
    loose = tmp_path / "requirements.txt"
    loose.write_text("click==8.5.1 \\\n    --hash=sha256:00\n    # via us\nlxml==6.1.3\npillow>=9\n", encoding="utf-8")
    assert advisories.unpinned(loose) == ["pillow>=9", "lxml 6.1.3"]


class Answering:
    """An index that knows some of what it is asked."""

    def __init__(self, *, advises: bool) -> None:
        self.advises = advises

    def is_yanked(self, name: str, version: str) -> bool:
        """Answer, or fail as a network does."""
        if name == "unreached":
            raise TimeoutError
        return (name, version) == ("old", "1")

    def advisories(self, name: str, version: str) -> list[str]:
        """Answer of one, and fail for the rest."""
        if name != "weak":
            raise OSError(404)
        return [f"PYSEC-{version}"]


def test_what_is_known_against_a_version_is_found_and_what_can_not_be_asked_is_said() -> None:
    locked = [("weak", "2"), ("old", "1"), ("unreached", "1")]
    answers = advisories.ask(locked, Answering(advises=True))
    assert answers.found == ["weak 2: PYSEC-2", "old 1: withdrawn"]
    assert [one.split(":")[0] for one in answers.unknown] == ["whether any version has known weaknesses", "unreached 1"]
    assert answers.asked == 2


def test_the_menu_tells_what_the_program_is_and_support_gets_no_names(opened: MainWindow, ask: Script) -> None:
    opened.deeds["about"].trigger()
    details = ask.told[-1]
    assert re.fullmatch(
        rf"Tertial \d+\.\d+\.\d+\nPython {platform.python_version()}\nQt 6\.\S+\nSQLite 3\.\S+\nSystem: .+\n", details
    )
    assert not any(private in details for private in (getpass.getuser(), socket.gethostname(), str(Path.home())))


def test_the_keys_choose_a_library_show_its_licence_and_copy_the_versions(qtbot: QtBot) -> None:
    form = AboutForm(gather(), words_in("nb"), None)
    qtbot.addWidget(form)
    form.show()
    form.table.setFocus()
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in form.licence.toPlainText()
    assert "Version 3, 29 June 2007" in form.licence.toPlainText().split("GNU GENERAL PUBLIC LICENSE")[1]
    qtbot.keyClick(form.table, Qt.Key.Key_Down)
    assert form.licence.toPlainText().startswith(f"Python {platform.python_version()}\nPSF-2.0")
    qtbot.keyClick(form.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert "typst" in form.table.item(form.table.rowCount() - 1, 0).text()
    assert "typst 0.15" not in form.licence.toPlainText().splitlines()[0]
    form.copy.setFocus()
    qtbot.keyClick(form.copy, Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text() == gather().details()
    assert form.copied.text() == "Kopiert, uten navn og mapper."
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()


def test_the_whole_program_tells_the_same_without_any_metadata_of_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_of(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("db.notices.version", none_of)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    told = gather()
    assert [(one.name, one.version) for one in told.notices][:2] == [
        ("PySide6_Essentials", licences.noticed()["pyside6-essentials"]["version"]),
        ("Python", platform.python_version()),
    ]
    assert len(told.notices) == len(TOLD["entries"])
    assert "PyInstaller bootloader" in {one.name for one in told.notices}
