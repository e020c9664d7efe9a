#!/bin/sh
# On macOS, after `python3 packaging/bundle.py`: dist/citegrid-VERSION-macos-ARCHITECTURE.dmg with the program and a link to drag it to.
# Signed and notarised only where SIGN_AS (a Developer ID) and NOTARY_PROFILE (of `notarytool store-credentials`) are set.
# Not tried yet: written on Linux, where hdiutil is not.
set -eu
cd "$(dirname "$0")/../.."
version="$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' desktop/citegrid/__init__.py)"
app="build/bundle/CiteGrid.app"
image="dist/citegrid-$version-macos-$(uname -m).dmg"
mkdir -p dist
rm -rf build/dmg "$image"
mkdir build/dmg
if [ -n "${SIGN_AS:-}" ]; then
    codesign --force --deep --options runtime --timestamp --sign "$SIGN_AS" "$app"
fi
cp -R "$app" build/dmg/
cp -R build/bundle/citegrid/licences build/dmg/Licences
ln -s /Applications build/dmg/Applications
hdiutil create -volname "CiteGrid $version" -srcfolder build/dmg -fs HFS+ -format UDZO -ov "$image"
if [ -n "${SIGN_AS:-}" ] && [ -n "${NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
fi
echo "$image"
