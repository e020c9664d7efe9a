"""Fetching from a publisher's hub: doubles of two hubs and of a store that cuts, refuses and lies, over real sockets."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.doubles import hub as double
from tests.doubles.hub import Offered, offering

from citegrid.core.errors import Cancelled, ModelError, StorageError
from citegrid.ports import Flag
from citegrid.store.model_files import download, fetch_hub, hubs, models, parts
from citegrid.store.model_files.manifest import Manifest, ModelEntry, read_manifest
from citegrid.store.model_files.origins import origin_of

GgufMaker = Callable[..., Path]
ENTRY = ModelEntry("tiny", "Tiny", "us", "tiny-known.gguf", 1, licence="Apache-2.0", hub="us/tiny", scope="us/tiny-too")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch_hub, "PAUSES", (0.0, 0.0, 0.0))
    monkeypatch.setattr(download, "PIECE", 700)
    monkeypatch.delenv(hubs.MIRROR, raising=False)


@pytest.fixture
def offered(data: Path, make_gguf: GgufMaker, monkeypatch: pytest.MonkeyPatch) -> Iterator[Offered]:
    """One publisher with one hub; the other hub is nobody."""
    with offering(Offered(make_gguf("origin.gguf", tensors=60).read_bytes())) as one:
        monkeypatch.setattr(hubs, "HUB", one.hub)
        monkeypatch.setattr(hubs, "SCOPE", "http://127.0.0.1:1")
        use(monkeypatch, ENTRY)
        yield one


@pytest.fixture
def other(offered: Offered, monkeypatch: pytest.MonkeyPatch) -> Iterator[Offered]:
    """The other hub, with the same file."""
    with offering(Offered(offered.data)) as one:
        monkeypatch.setattr(hubs, "SCOPE", one.hub)
        yield one


def use(monkeypatch: pytest.MonkeyPatch, entry: ModelEntry) -> None:
    monkeypatch.setattr(models, "read_manifest", lambda: Manifest(entry.id, (entry,)))


def left(data: Path) -> set[str]:
    return {path.name for path in (data / "models").iterdir() if not path.name.endswith(".lock")}


def test_the_publishers_sum_is_asked_compared_and_kept(offered: Offered, data: Path) -> None:
    path = models.fetch("tiny")
    assert path.read_bytes() == offered.data and offered.starts == [0]
    origin = origin_of(path)
    assert origin is not None and (origin.sha256, origin.host) == (offered.sum, "127.0.0.1")
    assert left(data) == {"tiny-known.gguf", "checked.json", "fetched.json"}
    model = models.list_models()[0]
    assert (model.state, model.bytes, model.publisher, model.hosts) == (
        "here", len(offered.data), "us", ("127.0.0.1", "127.0.0.1"),
    )  # fmt: skip
    asked = len(offered.asked)
    assert models.fetch("tiny") == models.resolve("tiny") == models.default_model() == path
    assert len(offered.asked) == asked
    assert models.verify("tiny").listed
    raw = bytearray(offered.data)
    raw[-1] ^= 1
    path.write_bytes(raw)
    with pytest.raises(ModelError, match="is damaged"):
        models.verify("tiny")
    assert models.fetch("tiny").read_bytes() == offered.data


def test_a_fetch_that_is_cut_ten_times_ends_with_the_right_sum(offered: Offered) -> None:
    offered.mishaps += [double.cut(len(offered.data) // 12)] * 10
    assert models.fetch("tiny").read_bytes() == offered.data
    assert len(offered.starts) == 11 and offered.starts == sorted(set(offered.starts))


def test_what_is_here_is_not_fetched_again_after_a_stop(offered: Offered, data: Path) -> None:
    offered.mishaps += [double.cut(3_000), *[double.refused(503)] * 3]
    with pytest.raises(ModelError, match=r"refuses just now \(503\)"):
        models.fetch("tiny")
    assert models.list_models()[0].state == "partly here"
    with (data / "models" / "tiny-known.gguf.part").open("ab") as part:
        part.write(b"written after the last record")
    offered.starts.clear()
    assert models.fetch("tiny").read_bytes() == offered.data and offered.starts == [3_000]


def test_a_server_that_knows_no_ranges_begins_anew(offered: Offered) -> None:
    offered.ranges = False
    offered.mishaps.append(double.cut(3_000))
    assert models.fetch("tiny").read_bytes() == offered.data


def test_one_that_knows_none_and_is_always_cut_is_given_up(offered: Offered) -> None:
    offered.ranges = False
    offered.mishaps += [double.cut(3_000)] * 20
    with pytest.raises(ModelError, match="was cut off"):
        models.fetch("tiny")
    assert len(offered.starts) <= 6


@pytest.mark.parametrize(
    ("mishap", "words"),
    [
        (double.page, "is not the file that it lists"),
        (double.refused(404), "no longer has this file"),
        (double.refused(403), "agreed to its terms"),
    ],
)
def test_what_no_try_can_mend_goes_to_the_other_hub(
    offered: Offered, other: Offered, mishap: double.Mishap, words: str
) -> None:
    offered.mishaps.append(mishap)
    other.mishaps.append(mishap)
    with pytest.raises(ModelError, match=f"{words}.*{words}"):
        models.fetch("tiny")
    offered.mishaps.append(mishap)
    path = models.fetch("tiny")
    assert path.read_bytes() == other.data and other.asked[-1].startswith("GET /blobs/")


def test_what_the_first_hub_brought_the_second_goes_on_with(offered: Offered, other: Offered) -> None:
    offered.mishaps += [double.cut(2_000), double.astray]
    assert models.fetch("tiny").read_bytes() == offered.data and other.starts == [2_000]


def test_too_many_requests_are_waited_for(offered: Offered) -> None:
    offered.refusals += [429, 503]
    offered.mishaps += [double.refused(429)]
    assert models.fetch("tiny").read_bytes() == offered.data


@pytest.mark.parametrize("status", [401, 404])
def test_a_hub_that_does_not_list_it_is_passed_over(offered: Offered, other: Offered, status: int) -> None:
    offered.refusals.append(status)
    assert models.fetch("tiny").read_bytes() == other.data and offered.starts == []


def test_a_wrong_sum_is_never_used(offered: Offered, data: Path) -> None:
    offered.sha256 = "0" * 64
    with pytest.raises(ModelError, match=r"checksum wrong\); it is not used"):
        models.fetch("tiny")
    assert "tiny-known.gguf" not in left(data) and "tiny-known.gguf.part" not in left(data)
    offered.sha256 = ""
    assert models.fetch("tiny").read_bytes() == offered.data


@pytest.mark.parametrize("sha256", ["", "abc", "z" * 64])
def test_without_a_sum_nothing_is_fetched(offered: Offered, sha256: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Offered, "sum", sha256)
    with pytest.raises(ModelError, match="does not say what the checksum"):
        models.fetch("tiny")
    assert offered.starts == []


def test_another_file_than_the_program_knows_is_refused(offered: Offered, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, replace(ENTRY, sha256="1" * 64, scope=""))
    with pytest.raises(ModelError, match="another file under this name"):
        models.fetch("tiny")
    assert offered.starts == []


def test_a_mirror_is_asked_first(offered: Offered, other: Offered, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(hubs.MIRROR, other.hub + "/")
    assert models.fetch("tiny").read_bytes() == offered.data
    assert offered.asked == [] and other.asked[0] == "HEAD /us/tiny/resolve/main/tiny-known.gguf"


def test_nothing_comes_over_a_line_that_others_can_read(offered: Offered, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "HUB", "http://hub.example")
    with pytest.raises(ModelError, match="unprotected"):
        models.fetch("tiny")
    monkeypatch.setattr(hubs, "HUB", offered.hub)
    offered.store = "http://store.example"
    with pytest.raises(ModelError, match="unprotected"):
        models.fetch("tiny")


def test_no_room_is_said_before_anything_is_fetched(offered: Offered, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts.shutil, "disk_usage", lambda _: SimpleNamespace(free=10))
    with pytest.raises(StorageError, match="There is no room for"):
        models.fetch("tiny")
    assert offered.starts == []


def test_a_disk_that_fills_up_keeps_what_is_there(
    offered: Offered, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk, pytest.raises(StorageError, match="the disk is full"):
        disk.setattr(fetch_hub.os, "fsync", full)
        models.fetch("tiny")
    assert models.fetch("tiny").read_bytes() == offered.data


def test_a_stop_ends_a_line_that_is_silent(offered: Offered, data: Path) -> None:
    silent, stop = threading.Event(), Flag()
    offered.mishaps += [double.cut(2_000), lambda handler, start: silent.wait(20) and None]
    threading.Timer(0.6, stop.set).start()
    began = time.monotonic()
    with pytest.raises(Cancelled, match="goes on from there"):
        models.fetch("tiny", cancel=stop)
    silent.set()
    assert time.monotonic() - began < 3
    assert models.fetch("tiny").read_bytes() == offered.data


def test_a_file_that_a_person_brought_is_not_said_to_be_as_listed(
    offered: Offered, data: Path, make_gguf: GgufMaker
) -> None:
    mine = make_gguf("tiny-known.gguf", tensors=7)
    path = models.add(mine)
    assert models.list_models()[0].state == "here" and models.resolve("tiny") == models.fetch("tiny") == path
    assert offered.asked == [] and not models.verify("tiny").listed
    other = make_gguf("other.gguf", tensors=9)
    folder = mine.parent / "another"
    folder.mkdir()
    with pytest.raises(ModelError, match="already another model"):
        models.add(other.rename(folder / "tiny-known.gguf"))


def test_what_cannot_be_fetched_says_where_to_look(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, ModelEntry("big", "Big", "them", page="https://hub.example/big"))
    assert models.list_models()[0].state == "to be looked for"
    with pytest.raises(ModelError, match=r"Look for a GGUF file of it at https://hub\.example/big"):
        models.fetch("big")
    with pytest.raises(ModelError, match=r"is not here yet.*Look for a GGUF file"):
        models.resolve("big")


def test_the_catalogue_names_addresses_of_publishers_alone() -> None:
    for entry in read_manifest().entries:
        assert entry.licence and entry.publisher and entry.languages
        assert entry.fetched == bool(entry.source or entry.hub or entry.scope) != bool(entry.page)
        assert not entry.fetched or entry.bytes > 0
        assert all(name.count("/") == 1 for name in (entry.hub, entry.scope) if name)
