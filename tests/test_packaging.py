"""That what the installers are told agrees with the program, and that a frozen program reads foreign files safely."""

from __future__ import annotations

import ast
import os
import plistlib
import re
import stat
import struct
import subprocess
import sys
import tomllib
import uuid
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent, QImage

from db.foreign import limited, process
from db.schema import APPLICATION_ID
from db.sheets.sheet import read_sheet
from tests.ledgers import SHAPES, postings
from ui.file_opening import FileOpening

ROOT = Path(__file__).parents[1]
PACKAGING = ROOT / "packaging"
PROGRAM = PACKAGING / "program.py"
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


@pytest.fixture
def packaging(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Import the modules that make installers: they stand beside each other in a folder that is no package."""
    monkeypatch.syspath_prepend(str(PACKAGING))
    import icons
    import linux_tree
    import macos_info
    import product
    import windows_inputs
    import windows_installers

    return SimpleNamespace(
        icons=icons,
        tree=linux_tree,
        macos=macos_info,
        product=product,
        inputs=windows_inputs,
        installers=windows_installers,
    )


@pytest.fixture
def inputs(packaging: SimpleNamespace, tmp_path: Path) -> Path:
    """Write what both installers for Windows are told."""
    packaging.inputs.write_inputs(tmp_path)
    return tmp_path


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


def test_installers_for_windows_have_the_version_and_every_name_that_they_use(
    packaging: SimpleNamespace, inputs: Path
) -> None:
    inno, wix = text_of(PACKAGING / "windows/tertial.iss"), text_of(PACKAGING / "windows/tertial.wxs")
    told_inno = dict(re.findall(r'^#define (\w+) "(.*)"$', text_of(inputs / "product.iss"), re.MULTILINE))
    told_wix = dict(re.findall(r"<\?define (\w+)=(.*)\?>", text_of(inputs / "product.wxi")))
    assert told_inno == told_wix
    assert told_wix["Version"] == VERSION
    assert f"'ProductVersion', '{VERSION}'" in text_of(inputs / "version.txt")
    assert set(re.findall(r"\{#(\w+)\}", inno)) <= told_inno.keys()
    assert set(re.findall(r"\$\((\w+)\)", wix)) <= told_wix.keys()
    assert VERSION not in inno + wix
    assert ast.parse(text_of(inputs / "version.txt"))
    named = re.findall(r"build\\windows\\([\w.]+)", inno + wix)
    assert sorted(set(named)) == sorted(set(packaging.inputs.WRITTEN) - {"version.txt"})


def test_both_installers_write_the_same_in_the_registry(packaging: SimpleNamespace, inputs: Path) -> None:
    inno = re.findall(
        r'Subkey: "(.*)"; ValueType: string; ValueName: "(.*?)"; ValueData', text_of(inputs / "product.iss")
    )
    values = ET.parse(inputs / "registry.wxi").getroot()  # noqa: S314  ours
    wix = [(one.attrib["Key"], one.attrib.get("Name", "")) for one in values]
    assert inno == wix == [(key, name) for key, name, _ in packaging.inputs.REGISTRY]
    opened = next(one for one in values if one.attrib["Key"].endswith(r"\open\command")).attrib["Value"]
    assert opened == '"[INSTALLFOLDER]tertialw.exe" "%1"'


def test_identifiers_stay_what_they_were(packaging: SimpleNamespace) -> None:
    """Another upgrade code, and Windows would install a new version beside the old one."""
    product = packaging.product
    assert product.MSI_UPGRADE_CODE == "5C1F0B3E-8A0D-4E0C-9F52-3B6E7D2A9C41"
    assert product.INNO_APP_ID == "B0D8A7B4-2E6F-4B1C-8D35-6F4A1E7C0D92"
    assert (product.APP_ID, product.PROG_ID) == ("no.tertial.Tertial", "Tertial.Portfolio.1")
    assert all(uuid.UUID(one).version for one in (product.MSI_UPGRADE_CODE, product.INNO_APP_ID))
    assert f'setDesktopFileName("{product.APP_ID}")' in (ROOT / "ui/app.py").read_text(encoding="utf-8")


def test_every_step_on_windows_names_files_that_are_there(packaging: SimpleNamespace) -> None:
    """What isn't made before PyInstaller has run is asked for by `missing`, before anything is packed."""
    unsigned, signed = packaging.installers.commands(""), packaging.installers.commands("signtool sign /a")
    scripts = [Path(part) for command in unsigned for part in command if part.endswith((".iss", ".wxs"))]
    assert [one.exists() for one in scripts] == [True, True]
    assert [command[-1] for command in signed if command[0] == "signtool"] == [
        *(str(packaging.product.FROZEN / f"{name}.exe") for name in ("tertial", "tertialw")),
        str(packaging.installers.MSI),
    ]
    lacking = {path.name for path in packaging.installers.missing()}
    assert {"tertial.exe", "tertialw.exe"} <= lacking
    assert not lacking & {"tertial.iss", "tertial.wxs"}


def test_a_desktop_knows_the_program_and_its_files(packaging: SimpleNamespace) -> None:
    product, folder = packaging.product, packaging.tree.TEMPLATES
    desktop = product.filled(folder / "tertial.desktop")
    assert "\nExec=tertial %f\n" in desktop
    assert f"\nMimeType={product.MIME_TYPE};\n" in desktop
    about = ET.fromstring(product.filled(folder / "tertial.metainfo.xml"))  # noqa: S314
    assert [one.text for one in about.iter("launchable")] == [f"{product.APP_ID}.desktop"]
    assert [one.attrib["version"] for one in about.iter("release")] == [VERSION]
    kinds = ET.fromstring(product.filled(folder / "tertial-mime.xml"))  # noqa: S314
    marks = {one.attrib["value"] for one in kinds.iter() if one.attrib.get("value", "").startswith("Tert")}
    assert marks == {APPLICATION_ID.to_bytes(4).decode(), product.MARK}
    assert f'_MARK = b"{product.MARK}"' in (ROOT / "db/key.py").read_text(encoding="utf-8")
    assert packaging.macos.INFO["CFBundleVersion"] == VERSION


def test_scripts_for_macos_can_be_read(packaging: SimpleNamespace) -> None:
    script = PACKAGING / "macos/notarise.sh"
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
    assert script.stat().st_mode & stat.S_IXUSR
    entitlements = plistlib.loads((PACKAGING / "macos/entitlements.plist").read_bytes())
    assert list(entitlements) == ["com.apple.security.cs.allow-unsigned-executable-memory"]
    assert ET.parse(PACKAGING / "windows/tertial.wxs")  # noqa: S314
    assert packaging.macos.INFO["UTExportedTypeDeclarations"][0]["UTTypeIdentifier"] == packaging.macos.FILE_TYPE


def test_the_icon_is_there_in_every_size_and_sharp_in_the_smallest(packaging: SimpleNamespace, tmp_path: Path) -> None:
    packaging.icons.write_icons(tmp_path)
    for size in packaging.icons.SIZES:
        image = QImage(str(tmp_path / f"hicolor/{size}x{size}/apps/no.tertial.Tertial.png"))
        assert (image.width(), image.height()) == (size, size)
    small = QImage.fromData(packaging.icons.drawn(16))
    assert [small.pixelColor(x, y).name() for x, y in ((2, 13), (6, 9), (10, 2), (9, 5))] == [
        *("#7fbbe3", "#c3e0f3", "#ffffff", "#1a5e8a"),
    ]
    ico = (tmp_path / "tertial.ico").read_bytes()
    count = struct.unpack_from("<HHH", ico)[2]
    for at in range(count):
        side, length, begins = (
            *struct.unpack_from("<B", ico, 6 + 16 * at),
            *struct.unpack_from("<II", ico, 14 + 16 * at),
        )
        assert QImage.fromData(ico[begins : begins + length]).width() == (side or 256)
    icns = (tmp_path / "tertial.icns").read_bytes()
    assert struct.unpack_from(">4sI", icns) == (b"icns", len(icns))


def test_the_frozen_program_is_made_of_the_same_versions_as_every_other() -> None:
    run, frozen = (
        dict(re.findall(r"^([\w.-]+)==(\S+)", text_of(PACKAGING / name), re.MULTILINE))
        for name in ("requirements.txt", "requirements-freeze.txt")
    )
    assert {name: frozen.get(name) for name in run} == run
    assert {"pyinstaller", "chunspell", "sqlcipher3"} <= frozen.keys()


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Let this process take itself for the frozen program, which is the same first file run by a Python."""
    if os.name == "nt":
        pytest.skip("a script can't be a program there")
    program = tmp_path / "tertial"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" "{PROGRAM}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    return program


@pytest.mark.parametrize("shape", ["covered.xlsx", "saft.xml"])
def test_the_frozen_program_reads_foreign_files_by_itself(
    shape: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = tmp_path / shape
    SHAPES[shape](path, postings(20))
    plain = read_sheet(path)
    request.getfixturevalue("frozen")
    assert read_sheet(path) == plain
    assert len(plain) > 1


def test_the_frozen_program_runs_no_file_that_somebody_brings(frozen: Path, tmp_path: Path) -> None:
    """Where IT lets only known programs run, this one must not be a way to run others."""
    script, given, trace = (tmp_path / name for name in ("pdf_reader.py", "liste.json", "kjørt"))
    script.write_text(f"open({str(trace)!r}, 'w')", encoding="utf-8")
    given.write_text("[]", encoding="utf-8")
    for name in (str(script), "json.tool"):
        command = [str(frozen), limited.ASKED, str(2**30), "10", name, str(given), str(trace)]
        assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode
    assert not trace.exists()


@pytest.mark.usefixtures("frozen")
def test_the_frozen_reader_is_held_to_its_limits(tmp_path: Path) -> None:
    path = tmp_path / "regnskap.xlsx"
    SHAPES["covered.xlsx"](path, postings(5))
    little = process.Limits(memory=8 * 1024 * 1024)
    with (
        process.foreign(Path("book_reader.py"), path, "", limits=little) as reader,
        pytest.raises(process.BrokenOffError),
    ):
        reader.told()


@pytest.mark.skipif(sys.platform != "linux", reason="nothing is put into the environment there")
@pytest.mark.usefixtures("packaging", "frozen")
def test_programs_that_the_frozen_one_starts_get_the_systems_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else LibreOffice or a file manager, opened from Tertial, loads our Qt and falls over."""
    import program

    monkeypatch.setenv("LD_LIBRARY_PATH", "/usr/lib/tertial/_internal")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/opt/eget")
    monkeypatch.setenv("QT_PLUGIN_PATH", "/usr/lib/tertial/_internal/PySide6/Qt/plugins")
    program.forget_our_libraries()
    assert os.environ["LD_LIBRARY_PATH"] == "/opt/eget"
    assert not {"LD_LIBRARY_PATH_ORIG", "QT_PLUGIN_PATH"} & os.environ.keys()


@pytest.mark.usefixtures("qtbot")
def test_a_file_that_macos_hands_over_is_opened(tmp_path: Path) -> None:
    opened: list[Path] = []
    application = QCoreApplication.instance()
    assert application is not None
    watch = FileOpening(application, opened.append)
    file = tmp_path / "Åpnes.tertial"
    QCoreApplication.sendEvent(application, QFileOpenEvent(QUrl.fromLocalFile(str(file))))
    application.removeEventFilter(watch)
    assert opened == [file]
