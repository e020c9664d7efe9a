"""The licence texts of all parts and the list of them (CycloneDX 1.6), from what their packages say: ``sbom.py FOLDER``.

Runs in the packages' environment, because what is installed there is what is in the bundle.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from importlib import metadata
from pathlib import Path

import contents
import system_parts

ROOT = Path(__file__).resolve().parent.parent
_TEXTS = re.compile(r"(?:^|/)(?:licen[cs]e|copying|notice|copyright|authors)[^/]*$|/licenses/", re.IGNORECASE)


def parts() -> list[metadata.Distribution]:
    """What is in the bundle, by name."""
    found = {str(part.metadata["Name"]).lower(): part for part in metadata.distributions() if contents.is_part(part)}
    return [found[name] for name in sorted(found)]


def licence_of(part: metadata.Distribution) -> str:
    """The licence as the package says it: an expression, a short name, or what its classifiers say."""
    about = part.metadata
    short = str(about.get("License") or "").strip()
    classified = [
        line.split(" :: ")[-1] for line in about.get_all("Classifier") or [] if line.startswith("License :: ")
    ]
    return (
        str(about.get("License-Expression") or "") or (short if 0 < len(short) < 150 else "") or " / ".join(classified)
    )


def component(part: metadata.Distribution) -> dict[str, object]:
    """One part, as CycloneDX has it."""
    name, licence = str(part.metadata["Name"]), licence_of(part)
    found: dict[str, object] = {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name.lower()}@{part.version}",
        "name": name,
        "version": part.version,
        "purl": f"pkg:pypi/{name.lower()}@{part.version}",
    }
    if licence:
        expression = "License-Expression" in part.metadata
        found["licenses"] = [{"expression": licence}] if expression else [{"license": {"name": licence}}]
    return found


def sbom(
    version: str, found: list[metadata.Distribution], of_system: list[system_parts.SystemPart]
) -> dict[str, object]:
    """The whole list.  Its serial number follows from what is in it, so that the same bundle has the same."""
    components = [component(part) for part in found] + system_parts.components(of_system)
    python = ".".join(map(str, sys.version_info[:3]))
    components.append(
        {
            "type": "application",
            "bom-ref": f"python@{python}",
            "name": "Python",
            "version": python,
            "licenses": [{"license": {"id": "PSF-2.0"}}],
        }
    )
    named = "\n".join(str(one["bom-ref"]) for one in components)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, version + named)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": f"citegrid@{version}",
                "name": "CiteGrid",
                "version": version,
                "licenses": [{"license": {"id": "AGPL-3.0-or-later"}}],
            }
        },
        "components": components,
        "dependencies": [{"ref": f"citegrid@{version}", "dependsOn": [one["bom-ref"] for one in components]}],
    }


def texts(part: metadata.Distribution) -> list[Path]:
    """The files of a package that hold its licences, those of what it includes too."""
    files = [
        str(file)
        for file in part.files or ()
        if _TEXTS.search(str(file)) and not str(file).endswith((".py", ".pyc", ".html"))
    ]
    return [path for path in (Path(str(part.locate_file(name))) for name in files) if path.is_file()]


def write(folder: Path) -> None:
    """``sbom.cdx.json`` and a folder of licence texts for each part that brings some; ``folder`` lies in the bundle."""
    found = parts()
    of_system = system_parts.parts(system_parts.carried(folder.parent / "_internal"))
    folder.mkdir(parents=True, exist_ok=True)
    listed = json.dumps(sbom(contents.version(ROOT), found, of_system), indent=1, ensure_ascii=False)
    (folder / "sbom.cdx.json").write_text(listed + "\n", encoding="utf-8")
    (folder / "CiteGrid-AGPL-3.0.txt").write_bytes((ROOT / "LICENSE").read_bytes())
    python = Path(sys.base_prefix) / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "LICENSE.txt"
    if python.is_file():
        (folder / "Python.txt").write_bytes(python.read_bytes())
    # Packages that bring no text are under one of these: PySide6, rapidocr-onnxruntime.
    for path in sorted((ROOT / "packaging" / "licences").glob("*.txt")):
        (folder / path.name).write_bytes(path.read_bytes())
    for part in found:
        for number, path in enumerate(texts(part)):
            place = folder / str(part.metadata["Name"]) / f"{number}-{path.name}"
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(path.read_bytes())
    for one in of_system:
        if one.text.is_file():
            place = folder / "system" / f"{one.name}.txt"
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(one.text.read_bytes())


if __name__ == "__main__":
    write(Path(sys.argv[1]))
