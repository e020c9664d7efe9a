#!/bin/sh
# Starts CiteGrid out of the folder in which this file lies; what it keeps stays in that folder, too.
set -eu
here="$(dirname "$(readlink -f "$0")")"
export CITEGRID_DATA="${CITEGRID_DATA:-$here/kept}"
if [ ! -w "$here" ] && [ "$CITEGRID_DATA" = "$here/kept" ]; then
    echo "CiteGrid cannot write into $here. Copy the folder to your own disk and start it there." >&2
    echo "CiteGrid 不能写入 $here。请将该文件夹复制到自己的磁盘上，再从那里启动。" >&2
    exit 1
fi
exec "$here/program/citegrid" "$@"
