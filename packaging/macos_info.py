"""What the program says of itself on macOS (`Info.plist`), for PyInstaller to write.

Must not know how the program is signed.
"""

from __future__ import annotations

from product import APP_ID, DESCRIPTION, FILE_KIND, MIME_TYPE, NAME, SUFFIX, version

FILE_TYPE = f"{APP_ID}.portfolio"
INFO = {
    "CFBundleDisplayName": NAME,
    "CFBundleShortVersionString": version(),
    "CFBundleVersion": version(),
    "CFBundleGetInfoString": DESCRIPTION,
    "CFBundleDevelopmentRegion": "nb",
    "CFBundleLocalizations": ["nb", "nn", "en"],
    "LSApplicationCategoryType": "public.app-category.business",
    "LSMinimumSystemVersion": "14.0",
    "NSHighResolutionCapable": True,
    # Dark and light as the system is: nothing is forced.
    "NSRequiresAquaSystemAppearance": False,
    "CFBundleDocumentTypes": [
        {
            "CFBundleTypeName": FILE_KIND,
            "CFBundleTypeRole": "Editor",
            "LSHandlerRank": "Owner",
            "LSItemContentTypes": [FILE_TYPE],
        }
    ],
    "UTExportedTypeDeclarations": [
        {
            "UTTypeIdentifier": FILE_TYPE,
            "UTTypeDescription": FILE_KIND,
            "UTTypeConformsTo": ["public.data"],
            "UTTypeTagSpecification": {
                "public.filename-extension": [SUFFIX.removeprefix(".")],
                "public.mime-type": [MIME_TYPE],
            },
        }
    ],
}
