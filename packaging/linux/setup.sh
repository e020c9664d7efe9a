#!/bin/sh
# Run by the file that installs anywhere: copies the program into FOLDER (your home without one) and makes it known to the desktop.
set -eu
home="${1:-${XDG_DATA_HOME:-$HOME/.local/share}/citegrid-program}"
bin="$HOME/.local/bin"
data="${XDG_DATA_HOME:-$HOME/.local/share}"
case "$home" in /*) ;; *) home="$PWD/$home" ;; esac
if [ -e "$home" ] && [ ! -f "$home/citegrid" ]; then
    echo "$home is there and holds something else; name another folder." >&2
    exit 1
fi
rm -rf "$home"
mkdir -p "$(dirname "$home")" "$bin" "$data/applications" "$data/icons/hicolor/256x256/apps"
cp -a citegrid "$home"
ln -sf "$home/citegrid" "$bin/citegrid"
sed "s|^Exec=citegrid|Exec=\"$home/citegrid\"|" citegrid.desktop > "$data/applications/citegrid.desktop"
cp citegrid-256.png "$data/icons/hicolor/256x256/apps/citegrid.png"
echo "CiteGrid is in $home. Start it with: $bin/citegrid"
