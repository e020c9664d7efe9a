"""What the packages are made from: what goes in, what does not, and what systems are told of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
sys.path.insert(0, str(PACKAGING))

import bundle  # noqa: E402
import contents  # noqa: E402
import environment  # noqa: E402
import installers  # noqa: E402
import offline  # noqa: E402
import sbom  # noqa: E402


def test_the_bundle_takes_along_what_the_wheel_does() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    inclusions = asked["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    places = {f"{folder}/{Path(source).name}" for source, folder in contents.own_files(ROOT)}
    assert {place for source, place in inclusions.items() if (ROOT / source).is_file()} <= places
    for name in ("translations/zh.json", "sample/paper.pdf", "icons/citegrid.svg", "csl/apa.csl", "columns.toml"):
        assert f"citegrid/resources/{name}" in places
    assert not [place for place in places if "screenshots" in place]


@pytest.mark.parametrize(
    ("place", "stays"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", True),
        ("PySide6/Qt/plugins/platforms/libqwayland.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", False),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6/Qt/lib/libQt6Core.so.6", True),
        ("PySide6/Qt/lib/libQt6Svg.so.6", True),
        ("PySide6/Qt/lib/libQt6Quick.so.6", False),
        ("PySide6/Qt/lib/libQt6Network.so.6", False),
        ("PySide6/QtWidgets.abi3.so", True),
        ("PySide6/Qt6Qml.dll", False),
        ("PySide6/Qt/translations/qtbase_zh_CN.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("llama_cpp/lib/libggml-cpu-haswell.so", True),
        ("llama_cpp/lib/libggml-cpu-sapphirerapids.so", False),
        ("llama_cpp/lib/libggml-cpu.so", False),
        ("rapidocr_onnxruntime/models/ch_PP-OCRv4_det_infer.onnx", True),
        ("rapidocr_onnxruntime/config.yaml", True),
    ],
)
def test_only_what_is_used_comes_along(place: str, stays: bool) -> None:
    assert contents.wanted(place) is stays


def test_the_bundle_is_made_from_the_versions_of_the_lock() -> None:
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lock = environment.LOCK.read_text(encoding="utf-8")
    wanted, held = bundle.requirements(pyproject, lock)
    pins = environment.read_lock(lock)
    assert any(wish.startswith("pyinstaller==") for wish in wanted)
    assert not any(wish.startswith(("pytest", "ruff", "torch")) for wish in wanted)
    assert f"llama-cpp-python=={pins['llama-cpp-python']}" in held
    assert f"opencv-python-headless=={pins['opencv-python']}" in held


def test_the_package_says_what_it_needs() -> None:
    control = installers.filled("control", VERSION="1.2.3", ARCHITECTURE="amd64", KIB=7, DEPENDS=installers.depends())
    fields = dict(line.split(": ", 1) for line in control.splitlines() if not line.startswith(" "))
    assert fields["Package"] == "citegrid"
    assert fields["Version"] == "1.2.3"
    assert "@" not in control.replace(fields["Maintainer"], "")
    needed = [one.split(" ")[0] for one in fields["Depends"].split(", ")]
    assert {"libc6", "libegl1", "libgl1", "libxcb1", "fontconfig-config"} <= set(needed)
    assert len(needed) == len(set(needed))
    assert not [name for name in needed if name.startswith(("python", "gcc", "g++"))]


def test_checksums_are_those_of_dpkg(tmp_path: Path) -> None:
    place = tmp_path / "usr" / "bin" / "tool"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"abc")
    (tmp_path / "usr" / "bin" / "link").symlink_to("tool")
    assert installers.checksums(tmp_path) == "900150983cd24fb0d6963f7d28e17f72  usr/bin/tool\n"


def test_the_files_for_the_desktop_are_valid(tmp_path: Path) -> None:
    installers.put(installers.filled(installers.DESKTOP), tmp_path / "applications" / installers.DESKTOP)
    metainfo = installers.filled(installers.METAINFO, VERSION=contents.version(ROOT), DATE="2026-01-31")
    installers.put(metainfo, tmp_path / "metainfo" / installers.METAINFO)
    installers.check_desktop_files(tmp_path)
    told = ElementTree.fromstring(metainfo)
    assert told.findtext("launchable") == installers.DESKTOP
    release = told.find("releases/release")
    assert release is not None
    assert release.get("version") == contents.version(ROOT)


def test_the_list_of_parts_is_whole() -> None:
    listed = json.loads(json.dumps(sbom.sbom("1.2.3", sbom.parts(), [])))
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
    names = {one["name"].lower().replace("_", "-") for one in listed["components"]}
    assert {"pymupdf", "pyside6-essentials", "llama-cpp-python", "onnxruntime", "python"} <= names
    assert set(installers.OF_THE_SYSTEM) <= names
    assert not names & {"pyinstaller", "pip", "networkx", "pymupdf-layout"}
    references = [one["bom-ref"] for one in listed["components"]]
    assert len(references) == len(set(references))
    assert listed["dependencies"][0]["dependsOn"] == references
    unclear = {one["name"] for one in listed["components"] if not one.get("version") or not one.get("licenses")}
    assert not unclear & {"pymupdf", "onnxruntime", "numpy", "lxml", "PySide6_Essentials", "RapidFuzz", "shapely"}


def test_the_script_that_installs_anywhere_overwrites_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "citegrid").mkdir()
    (tmp_path / "citegrid" / "citegrid").write_text("#!/bin/sh\n")
    (tmp_path / "citegrid-256.png").write_bytes(b"")
    (tmp_path / "citegrid.desktop").write_text(installers.filled(installers.DESKTOP), encoding="utf-8")
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "thesis.txt").write_text("mine")
    setup = ["sh", str(PACKAGING / "linux" / "setup.sh")]
    home = {"HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin"}
    refused = subprocess.run([*setup, str(theirs)], cwd=tmp_path, env=home, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert (theirs / "thesis.txt").read_text() == "mine"
    subprocess.run([*setup, str(tmp_path / "there")], cwd=tmp_path, env=home, capture_output=True, check=True)
    assert (tmp_path / "home" / ".local" / "bin" / "citegrid").resolve() == tmp_path / "there" / "citegrid"
    entry = (tmp_path / "home" / ".local/share/applications/citegrid.desktop").read_text(encoding="utf-8")
    assert f'Exec="{tmp_path}/there/citegrid" open' in entry


def test_the_archive_with_the_model_unpacks_and_starts(tmp_path: Path) -> None:
    program = tmp_path / "bundle"
    (program / "_internal").mkdir(parents=True)
    (program / "citegrid").write_text('#!/bin/sh\necho "$CITEGRID_DATA" "$@"\n', encoding="utf-8")
    (program / "citegrid").chmod(0o755)
    (program / "_internal" / "link.so").symlink_to("real.so")
    (program / "_internal" / "real.so").write_bytes(b"code" * 999)
    model = tmp_path / "tiny.gguf"
    model.write_bytes(os.urandom(3 * offline.PIECE))
    made = [offline.make_archive(program, model, tmp_path / name, "1.2.3", "2026-01-31", "Apache-2.0") for name in "ab"]
    assert made[0].read_bytes() == made[1].read_bytes()
    with zipfile.ZipFile(made[0]) as archive:
        assert archive.testzip() is None
        assert archive.getinfo("citegrid-1.2.3/kept/models/tiny.gguf").compress_type == zipfile.ZIP_STORED
    if not shutil.which("unzip"):
        pytest.skip("unzip is not installed")
    subprocess.run(["unzip", "-q", str(made[0]), "-d", str(tmp_path / "there")], check=True)
    top = tmp_path / "there" / "citegrid-1.2.3"
    assert (top / "program" / "_internal" / "link.so").readlink() == Path("real.so")
    assert (top / "kept" / "models" / "tiny.gguf").read_bytes() == model.read_bytes()
    assert "@" not in (top / "README.txt").read_text(encoding="utf-8")
    plain = {name: value for name, value in os.environ.items() if name != "CITEGRID_DATA"}
    said = subprocess.run(
        ["sh", str(top / "start.sh"), "sample", "--out", "a b"], env=plain, capture_output=True, text=True, check=True
    )
    assert said.stdout == f"{top}/kept sample --out a b\n"


def test_the_archive_takes_the_listed_model_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.gguf"
    other.write_bytes(b"GGUF")
    listed = offline.listed_model()
    assert not offline.is_the_listed(other, str(listed["sha256"]))
    assert offline.is_the_listed(other, "b83633aa785344791618f2fddf131b010ea04912a60430760b070bad293f65bd")
