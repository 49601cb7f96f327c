#!/usr/bin/env bash
# Make the disk image for macOS, signed and notarised: `packaging/macos/notarise.sh`, on a Mac with Xcode's tools.
#
# TERTIAL_SIGNED_BY       the identity, as `security find-identity -p codesigning` names it ("Developer ID Application: …")
# TERTIAL_NOTARY_PROFILE  the name under which `xcrun notarytool store-credentials` keeps the account
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

: "${TERTIAL_SIGNED_BY:?name the identity to sign with}"
: "${TERTIAL_NOTARY_PROFILE:?name the profile that notarytool keeps}"
version=$(python3 -c 'import sys; sys.path.insert(0, "packaging"); import product; print(product.version())')
app=build/frozen/Tertial.app
image=dist/Tertial-$version.dmg

# PyInstaller signs each library with the identity in TERTIAL_SIGNED_BY, from the innermost outwards.
python3 packaging/freeze.py
codesign --force --options runtime --timestamp --sign "$TERTIAL_SIGNED_BY" \
    --entitlements packaging/macos/entitlements.plist "$app"
codesign --verify --deep --strict --verbose=2 "$app"

# The ticket is stapled to the program first: it holds also where it was copied out of the image.
mkdir -p dist build/image
ditto -c -k --keepParent "$app" build/Tertial.zip
xcrun notarytool submit build/Tertial.zip --keychain-profile "$TERTIAL_NOTARY_PROFILE" --wait
xcrun stapler staple "$app"

rm -rf build/image && mkdir build/image
ditto "$app" build/image/Tertial.app
ln -s /Applications build/image/Programmer
hdiutil create -volname Tertial -srcfolder build/image -fs HFS+ -format UDZO -ov "$image"
codesign --sign "$TERTIAL_SIGNED_BY" --timestamp "$image"
xcrun notarytool submit "$image" --keychain-profile "$TERTIAL_NOTARY_PROFILE" --wait
xcrun stapler staple "$image"
spctl --assess --type open --context context:primary-signature --verbose "$image"
echo "$image"
