"""The processes of a batch: a few papers each, a death that costs one paper, a cancel that ends them all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from tests.doubles.engines import FakeModel, FakeOcr
from tests.store.conftest import gguf_bytes

from citegrid import wiring
from citegrid.batch import dask_cluster
from citegrid.batch.find import find_papers
from citegrid.batch.model_when_asked import ModelWhenAsked
from citegrid.batch.one_paper import Kit, row_of
from citegrid.batch.scheduler import ProcessPool
from citegrid.batch.wishes import Begun, FoundPaper, PaperRow, Wishes
from citegrid.concurrency.cores import usable_cores
from citegrid.concurrency.fence.cage import Cage
from citegrid.concurrency.remote_work import RemoteWork
from citegrid.core.errors import Cancelled, InputError, ModelError
from citegrid.core.model.endpoint import endpoint_of
from citegrid.core.table import Column, Status
from citegrid.ports import NEVER, NO_ENCODER, Flag

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample" / "paper.pdf"
WISHES = Wishes((Column("Title"), Column("Method")), "", "en", Path("model.gguf"), "m" * 64)


# -- in the child ------------------------------------------------------------------------------------------------------


def nothing() -> None:
    """What there is to load."""


def refusing(path, password=""):  # type: ignore[no-untyped-def]
    if path.stem == "deadly":
        os._exit(9)
    if path.stem == "endless":
        time.sleep(60)
    raise InputError(f"{path.name} was opened in {os.getpid()}.")


class IdleOcr(FakeOcr):
    def close(self) -> None:
        return None


def counting(path, password=""):  # type: ignore[no-untyped-def]
    raise InputError(f"{path.name} was opened by {usable_cores()} core.")


def counting_kit() -> Kit:
    return Kit(counting, IdleOcr(), lambda path, sha256: FakeModel(), NO_ENCODER)


def refusing_kit() -> Kit:
    return Kit(refusing, IdleOcr(), lambda path, sha256: FakeModel(), NO_ENCODER)


# -- here --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def papers(tmp_path):
    def make(*names: str) -> tuple[FoundPaper, ...]:
        for name in names:
            (tmp_path / f"{name}.pdf").write_text(name)
        return tuple(FoundPaper(tmp_path / f"{name}.pdf", f"{name}.pdf", name) for name in names)

    return make


def remote(cage: Cage) -> RemoteWork:
    return RemoteWork(nothing, cage)


@pytest.mark.slow
def test_a_process_that_dies_costs_the_paper_it_was_at(papers):
    found = papers("a", "deadly", "b", "c", "d")
    heard = list(ProcessPool(remote, refusing_kit, 2).rows(found, WISHES, NEVER))
    rows = {one.sha256: one for one in heard if isinstance(one, PaperRow)}
    assert rows.keys() == {paper.sha256 for paper in found}
    assert sum(isinstance(one, PaperRow) for one in heard) == len(found)
    assert rows["deadly"].again and "ended" in rows["deadly"].reason
    assert all("was opened" in rows[name].reason and not rows[name].again for name in "abcd")


def test_each_of_several_processes_uses_its_share_of_the_cores(papers):
    pool = wiring._scheduler(usable_cores() + 1)
    pool._make_kit = counting_kit  # type: ignore[attr-defined]
    (row,) = (one for one in pool.rows(papers("a"), WISHES, NEVER) if isinstance(one, PaperRow))
    assert "by 1 core." in row.reason
    assert isinstance(wiring._scheduler(), ProcessPool)


def test_a_cancel_ends_all_processes_at_once(papers):
    stop, heard, found = Flag(), [], papers("endless", "a", "b")
    pool = ProcessPool(remote, refusing_kit, 2)

    def listen() -> None:
        with pytest.raises(Cancelled):
            for one in pool.rows(found, WISHES, stop):
                heard.append(one)  # noqa: PERF402 (one by one: they are looked at meanwhile)

    thread = threading.Thread(target=listen)
    thread.start()
    late = time.monotonic() + 20
    while Begun("endless") not in heard and time.monotonic() < late:
        time.sleep(0.02)
    began = time.monotonic()
    stop.set()
    thread.join(5)
    assert not thread.is_alive()
    assert time.monotonic() - began < 2
    assert not [child for child in psutil.Process().children() if "citegrid-work" in " ".join(child.cmdline())]


def test_a_model_that_cannot_be_loaded_stops_the_batch_and_not_each_paper():
    def broken(path: Path, sha256: str) -> FakeModel:
        raise ModelError("model.gguf is damaged.")

    def open_asking(path: Path, password: str = "") -> None:
        model.count("anything")

    model = ModelWhenAsked(WISHES.model, WISHES.model_sha256, broken)
    kit = Kit(open_asking, IdleOcr(), broken, NO_ENCODER)  # type: ignore[arg-type]
    with pytest.raises(ModelError):
        row_of(FoundPaper(SAMPLE, "paper.pdf", "x"), WISHES, kit, model)


def test_the_workers_of_a_cluster_may_share_a_server():
    address, reached = "http://127.0.0.1:8080/v1#big", []
    wishes = replace(WISHES, model_sha256="", server=address)
    kit = Kit(
        refusing,
        IdleOcr(),
        lambda path, sha256: FakeModel(),
        NO_ENCODER,
        lambda one: reached.append(one) or FakeModel(),
    )
    model = dask_cluster._model(wishes, kit)
    assert not reached and model.info.identity == address
    assert model.count("two words") == 2
    assert reached == [endpoint_of(address)]
    assert len({wishes.key("x"), WISHES.key("x"), replace(wishes, server=f"{address}ger").key("x")}) == 3


@pytest.mark.slow
def test_real_engines_fill_the_row_of_a_real_paper():
    (found,) = (paper for paper in find_papers(SAMPLE.parent) if paper.path == SAMPLE)
    kit = wiring._worker_kit()
    model = ModelWhenAsked(WISHES.model, WISHES.model_sha256, lambda path, sha256: FakeModel())
    made = row_of(found, WISHES, kit, model)
    assert made.row is not None, made.reason
    title, method = made.row.cells
    assert title.status is Status.SUPPORTED and title.evidence[0].source == "paper.pdf"
    assert method.status in (Status.SUPPORTED, Status.NOT_STATED)
    assert made.title == title.text


@pytest.mark.slow
def test_a_batch_that_is_killed_goes_on_where_it_was(tmp_path):
    folder, data = tmp_path / "papers", tmp_path / "data"
    folder.mkdir()
    for i in range(6):  # papers that cannot be read are finished papers, too
        (folder / f"{i}.pdf").write_text(f"no paper {i}")
    shutil.copy(SAMPLE, folder / "z.pdf")
    (data / "models").mkdir(parents=True)
    model = tmp_path / "model.gguf"
    model.write_bytes(gguf_bytes())
    command = [sys.executable, "-m", "citegrid", "batch", folder, "--columns", "Title|Year", "--language", "en"]
    command += ["--model", model, "--out", tmp_path / "t.csv", "--resume", "--workers", "1"]
    env = dict(os.environ, PYTHONPATH=str(ROOT / "desktop"), CITEGRID_DATA=str(data), LC_ALL="C.UTF-8")
    first = subprocess.Popen(list(map(str, command)), env=env)
    late = time.monotonic() + 60
    while len(list((data / "cache").rglob("*.json"))) < 3 and time.monotonic() < late:
        time.sleep(0.02)
    first.kill()
    first.wait()
    kept = {file: file.stat().st_mtime_ns for file in (data / "cache").rglob("*.json")}
    assert len(kept) >= 3
    again = subprocess.run(list(map(str, command)), env=env, capture_output=True, encoding="utf-8", check=False)
    assert again.returncode == 0, again.stderr
    assert "Papers found: 7 (duplicates 0, excluded 0, not readable 6, read 1)" in again.stderr
    assert {file: file.stat().st_mtime_ns for file in kept} == kept
    assert "z.pdf" in (tmp_path / "t.csv").read_text("utf-8-sig")
