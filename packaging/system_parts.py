"""The system's own libraries in the bundle: the Debian packages they come from, with versions and licence texts.

PyInstaller takes along what the program's parts load from the system; such files lie at the top of the bundle, while those of
wheels lie in folders of their own.  Where dpkg does not tell whose a library is, nothing is listed.
"""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from installers import OF_THE_SYSTEM

DOCUMENTS = Path("/usr/share/doc")
_LICENCE = re.compile(r"^License: *(\S.*?) *$", re.MULTILINE)


@dataclass(frozen=True)
class SystemPart:
    """A package of the system, and the source package that it was built from."""

    name: str
    version: str
    architecture: str
    source: str

    @property
    def text(self) -> Path:
        """Its licence texts."""
        return DOCUMENTS / self.name / "copyright"

    @property
    def licences(self) -> list[str]:
        """The short names of its licences, where its text is of the form that programs can read."""
        said = self.text.read_text(encoding="utf-8", errors="replace") if self.text.is_file() else ""
        return list(dict.fromkeys(_LICENCE.findall(said)))


def carried(internal: Path) -> list[str]:
    """The names of the system's libraries in the bundle's folder ``internal``."""
    return sorted(
        path.name
        for path in internal.glob("lib*.so*")
        if not path.is_symlink() and not path.name.startswith("libpython")
    )


def parts(libraries: Iterable[str]) -> list[SystemPart]:
    """The packages that hold ``libraries``, by name."""
    asked = [f"*/{name}" for name in libraries]
    if not asked or not shutil.which("dpkg-query"):
        return []
    owners = {owner for line in _said("-S", *asked) for owner in [_owner(line)] if owner}
    form = "${Package}\t${Version}\t${Architecture}\t${source:Package}\n"
    return sorted((SystemPart(*line.split("\t")) for line in _said("-W", "-f", form, *sorted(owners))), key=repr)


def _said(*arguments: str) -> list[str]:
    answer = subprocess.run(["dpkg-query", *arguments], capture_output=True, text=True, check=False)
    return answer.stdout.splitlines()


def _owner(line: str) -> str:
    """The package in ``libfoo1:amd64: /usr/lib/x86_64-linux-gnu/libfoo.so.1``; empty for a library of another kind of machine."""
    package, _, path = line.rpartition(": ")
    here = PurePosixPath(path).parent.name == (sysconfig.get_config_var("MULTIARCH") or "lib")
    return package if here and " " not in package else ""


def components(found: Iterable[SystemPart]) -> list[dict[str, object]]:
    """As CycloneDX has them: those in the bundle, then those that a system is asked for."""
    distribution = platform.freedesktop_os_release().get("ID", "debian")
    listed: list[dict[str, object]] = []
    for part in found:
        purl = f"pkg:deb/{distribution}/{quote(part.name)}@{quote(part.version)}?arch={part.architecture}"
        told: dict[str, object] = {"type": "library", "bom-ref": purl, "name": part.name, "version": part.version}
        told |= {"purl": purl, "properties": [{"name": "citegrid:source-package", "value": part.source}]}
        licences = [{"license": {"name": name}} for name in part.licences]
        listed.append(told | ({"licenses": licences} if licences else {}))
    for name in ("libc6", *OF_THE_SYSTEM):
        asked = {"name": "citegrid:from", "value": "the system, not in the package"}
        listed.append({"type": "library", "bom-ref": f"system:{name}", "name": name, "properties": [asked]})
    return listed
