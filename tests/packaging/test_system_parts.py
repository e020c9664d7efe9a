"""The system's libraries that the packages carry are named by their packages, with their licences."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging"))

import sbom
import system_parts

#: As dpkg-query answers, one library of another kind of machine among them.
OWNERS = """\
libexpat1:amd64: /lib/{here}/libexpat.so.1
lib32expat: /usr/lib32/libexpat.so.1
diversion by a, b from: /usr/lib/{here}/libexpat.so.1
libssl3:amd64: /usr/lib/{here}/libssl.so.3
"""
VERSIONS = "libexpat1\t2.5.0-1\tamd64\texpat\nlibssl3\t3.0.1-1\tamd64\topenssl\n"


def test_only_the_system_s_libraries_are_looked_up(tmp_path: Path) -> None:
    for name in ("libssl.so.3", "libpython3.11.so.1.0", "_cffi_backend.cpython-311-x86_64-linux-gnu.so"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "libpng16-1d1b.so.16").symlink_to("pillow.libs/libpng16-1d1b.so.16")
    assert system_parts.carried(tmp_path) == ["libssl.so.3"]


def test_packages_are_listed_with_their_licences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "libssl3").mkdir()
    (tmp_path / "libssl3" / "copyright").write_text("Files: *\nLicense: Apache-2.0\n\nFiles: b\nLicense: Apache-2.0\n")
    here = "some-linux-gnu"
    monkeypatch.setattr(system_parts.sysconfig, "get_config_var", lambda name: here)
    monkeypatch.setattr(system_parts.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(system_parts.platform, "freedesktop_os_release", lambda: {"ID": "debian"})
    monkeypatch.setattr(system_parts, "DOCUMENTS", tmp_path)

    def said(kind: str, *asked: str) -> list[str]:
        assert kind == "-S" or asked[-2:] == ("libexpat1:amd64", "libssl3:amd64")
        return (OWNERS.format(here=here) if kind == "-S" else VERSIONS).splitlines()

    monkeypatch.setattr(system_parts, "_said", said)
    found = system_parts.parts(["libexpat.so.1", "libssl.so.3"])
    listed = {str(one["name"]): one for one in system_parts.components(found)}
    assert listed["libssl3"]["purl"] == "pkg:deb/debian/libssl3@3.0.1-1?arch=amd64"
    assert listed["libssl3"]["licenses"] == [{"license": {"name": "Apache-2.0"}}]
    assert "licenses" not in listed["libexpat1"] and "lib32expat" not in listed
    assert "version" not in listed["libegl1"], "a system brings its own"
    whole = sbom.sbom("1.2.3", [], found)
    assert {"libssl3", "libexpat1", "libc6", "Python"} == {
        str(one["name"]) for one in whole["components"] if "version" in one or one["name"] == "libc6"
    }


@pytest.mark.skipif(not shutil.which("dpkg-query"), reason="no dpkg here")
def test_dpkg_knows_the_package_of_the_c_compiler_s_library() -> None:
    (part,) = system_parts.parts(["libgcc_s.so.1"])
    assert part.name.startswith("libgcc") and part.version and part.text.is_file()
