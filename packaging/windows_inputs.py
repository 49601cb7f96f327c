"""What both installers for Windows are told of the program: `python packaging/windows_inputs.py`.

Names, version and identifiers from `product.py`, and what stands in the registry, once, in the language of each of
them. Written to the build folder, where `windows/tertial.iss` and `windows/tertial.wxs` look.
Must not know a path that isn't on the machine that builds.
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.sax.saxutils import quoteattr

import product
from product import BUILD, FILE_KIND, MIME_TYPE, NAME, PROG_ID, SUFFIX, WINDOWED

INPUTS = BUILD / "windows"
WRITTEN = ("product.iss", "product.wxi", "registry.wxi", "version.txt")
_CLASSES = r"Software\Classes"
_PROGRAM = rf"[INSTALL]{WINDOWED}.exe"
REGISTRY = (
    # A suffix names its program by ProgID; `OpenWithProgids` lets it be chosen where another has taken the suffix.
    (rf"{_CLASSES}\{SUFFIX}", "", PROG_ID),
    (rf"{_CLASSES}\{SUFFIX}", "Content Type", MIME_TYPE),
    (rf"{_CLASSES}\{SUFFIX}\OpenWithProgids", PROG_ID, ""),
    (rf"{_CLASSES}\{PROG_ID}", "", FILE_KIND),
    (rf"{_CLASSES}\{PROG_ID}\DefaultIcon", "", f"{_PROGRAM},0"),
    (rf"{_CLASSES}\{PROG_ID}\shell\open\command", "", f'"{_PROGRAM}" "%1"'),
    # Windows' page of default programs.
    (r"Software\RegisteredApplications", NAME, rf"Software\{NAME}\Capabilities"),
    (rf"Software\{NAME}\Capabilities", "ApplicationName", NAME),
    (rf"Software\{NAME}\Capabilities", "ApplicationDescription", product.DESCRIPTION),
    (rf"Software\{NAME}\Capabilities\FileAssociations", SUFFIX, PROG_ID),
)
"""Keys beneath HKEY_LOCAL_MACHINE, names and values; `[INSTALL]` is the folder that it is installed in."""

_OURS = (PROG_ID, NAME)
"""Keys of these names belong to nobody else: they go whole when the program does."""


def main() -> int:
    """Write what each of them reads."""
    write_inputs(INPUTS)
    return 0


def write_inputs(folder: Path) -> None:
    """Write the inputs of Inno Setup, of WiX, and what the programs say of themselves in their properties."""
    folder.mkdir(parents=True, exist_ok=True)
    # Inno Setup takes a file for UTF-8 by its mark.
    for name, content in zip(WRITTEN, (inno(), wix(), wix_registry(), properties()), strict=True):
        (folder / name).write_text(content, encoding="utf-8-sig" if name.endswith(".iss") else "utf-8")


def named() -> dict[str, str]:
    """Return what both are told, by the names that both use."""
    return {
        "Name": NAME,
        "Publisher": product.PUBLISHER,
        "Description": product.DESCRIPTION,
        "Version": product.version(),
        "FourPartVersion": product.four_part_version(),
        "Program": f"{product.PROGRAM}.exe",
        "Windowed": f"{WINDOWED}.exe",
        "InnoAppId": product.INNO_APP_ID,
        "UpgradeCode": product.MSI_UPGRADE_CODE,
        "Frozen": str(product.FROZEN),
        "Installers": str(product.INSTALLERS),
        "Icon": str(product.ICONS / "tertial.ico"),
    }


def inno() -> str:
    """Return definitions, and the section on the registry."""
    lines = [f'#define {name} "{value}"' for name, value in named().items()]
    # Taken away in the opposite order: this key last, when it is empty.
    lines += ["[Registry]", rf'Root: HKLM64; Subkey: "Software\{NAME}"; Flags: uninsdeletekeyifempty']
    for key, name, value in REGISTRY:
        told = value.replace("[INSTALL]", "{app}\\").replace('"', '""')
        ends = "uninsdeletekey" if set(_OURS) & set(key.split("\\")) else "uninsdeletevalue uninsdeletekeyifempty"
        lines.append(
            f'Root: HKLM64; Subkey: "{key}"; ValueType: string; ValueName: "{name}"; ValueData: "{told}"; Flags: {ends}'
        )
    return "\n".join(lines) + "\n"


def wix() -> str:
    """Return definitions as WiX includes them."""
    lines = [f"  <?define {name}={value}?>" for name, value in named().items()]
    return "\n".join(['<Include xmlns="http://wixtoolset.org/schemas/v4/wxs">', *lines, "</Include>", ""])


def wix_registry() -> str:
    """Return the values of the registry as they stand in a component."""
    lines = ['<Include xmlns="http://wixtoolset.org/schemas/v4/wxs">']
    for key, name, value in REGISTRY:
        told = value.replace("[INSTALL]", "[INSTALLFOLDER]")
        attributes = {"Root": "HKLM", "Key": key, "Name": name, "Type": "string", "Value": told}
        said = " ".join(
            f"{one}={quoteattr(content)}" for one, content in attributes.items() if one != "Name" or content
        )
        lines.append(f"  <RegistryValue {said}/>")
    return "\n".join([*lines, "</Include>", ""])


def properties() -> str:
    """Return the programs' version resource, as PyInstaller reads it; 0414 is Norwegian, 04B0 is Unicode."""
    numbers = tuple(map(int, product.four_part_version().split(".")))
    told = {
        "CompanyName": product.PUBLISHER,
        "FileDescription": NAME,
        "FileVersion": product.version(),
        "InternalName": product.PROGRAM,
        "LegalCopyright": product.project()["license"],
        "ProductName": NAME,
        "ProductVersion": product.version(),
    }
    strings = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in told.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}), kids=["
        f"StringFileInfo([StringTable('041404B0', [{strings}])]), "
        "VarFileInfo([VarStruct('Translation', [0x0414, 0x04B0])])])\n"
    )


if __name__ == "__main__":
    sys.exit(main())
