"""A batch on a cluster of Dask: two workers on this machine, one of which is killed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import distributed
import psutil
import pytest
from tests.batch.test_scheduler import IdleOcr
from tests.doubles.engines import FakeModel

from citegrid.batch.dask_cluster import DaskCluster
from citegrid.batch.one_paper import Kit
from citegrid.batch.wishes import FoundPaper, PaperRow, Wishes
from citegrid.core.errors import Cancelled, InputError
from citegrid.core.table import Column
from citegrid.ports import NEVER, NO_ENCODER, Flag

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]

ROOT = Path(__file__).resolve().parents[2]
WISHES = Wishes((Column("Title"),), "", "en", Path("model.gguf"), "m" * 64)


def slowly(path, password=""):  # type: ignore[no-untyped-def]
    time.sleep(0.3)
    raise InputError(f"{path.name} was opened in {os.getpid()}.")


def slow_kit() -> Kit:
    return Kit(slowly, IdleOcr(), lambda path, sha256: FakeModel(), NO_ENCODER)


@pytest.fixture(scope="module")
def address():
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        dashboard_address=None,
        env={"PYTHONPATH": os.pathsep.join([str(ROOT / "desktop"), str(ROOT), os.environ.get("PYTHONPATH", "")])},
    ) as cluster:
        yield cluster.scheduler_address


@pytest.fixture
def papers(tmp_path):
    names = [str(i) for i in range(12)]
    for name in names:
        (tmp_path / f"{name}.pdf").write_text(name)
    return tuple(FoundPaper(tmp_path / f"{name}.pdf", f"{name}.pdf", name) for name in names)


def worker_of(row: PaperRow) -> int:
    return int(str(row.reason).rsplit(" ", 1)[1].rstrip("."))


def test_a_worker_that_is_killed_loses_nothing(address, papers):
    rows: list[PaperRow] = []
    for one in DaskCluster(address, slow_kit).rows(papers, WISHES, NEVER):
        if isinstance(one, PaperRow):
            rows.append(one)
        if isinstance(one, PaperRow) and len(rows) == 3:
            psutil.Process(worker_of(one)).kill()
    assert sorted(row.sha256 for row in rows) == sorted(paper.sha256 for paper in papers)
    assert all("was opened" in row.reason and not row.again for row in rows)
    assert len({worker_of(row) for row in rows}) >= 2


def test_a_cancel_is_heard_at_once(address, papers):
    stop = Flag()
    began = 0.0
    with pytest.raises(Cancelled):
        for _ in DaskCluster(address, slow_kit).rows(papers, WISHES, stop):
            stop.set()
            began = time.monotonic()
    assert time.monotonic() - began < 2


def test_a_scheduler_that_does_not_answer_is_said(papers, monkeypatch):
    monkeypatch.setattr("citegrid.batch.dask_cluster._PATIENCE", 1)
    with pytest.raises(InputError, match="does not answer"):
        list(DaskCluster("tcp://127.0.0.1:9", slow_kit).rows(papers, WISHES, NEVER))
