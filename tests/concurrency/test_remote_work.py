"""Work in a process of its own: its parts, its faults, its cancel, and that nothing of it stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pymupdf
import pytest

from citegrid import wiring
from citegrid.concurrency.remote_work import RemoteFault, RemoteWork
from citegrid.core.errors import Cancelled, InputError, InternalError, PasswordNeeded
from citegrid.pipeline.run import read_paper
from citegrid.ports import NEVER, SILENT, Flag

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample" / "paper.pdf"


#: What ``counting`` yields.
PAIR = (tuple[int, int],)


# -- work; it runs in the child ----------------------------------------------------------------------------------------


def nothing() -> None:
    """What there is to load."""


def loading_for_long() -> None:
    time.sleep(30)


def counting(most, *, progress, cancel):  # type: ignore[no-untyped-def]
    for n in range(most):
        progress.report("Counting", n, most, "here")
        yield n, os.getpid()


def refusing(name, *, progress, cancel):  # type: ignore[no-untyped-def]
    yield 1
    raise PasswordNeeded(f"{name} is encrypted.", "Give its password.")


def dividing(*, progress, cancel):  # type: ignore[no-untyped-def]
    yield 1 / 0


def full_disk(*, progress, cancel):  # type: ignore[no-untyped-def]
    yield 1
    raise OSError(28, "No space left on device")


def sleeping(*, progress, cancel):  # type: ignore[no-untyped-def]
    progress.report("Sleeping", 0, os.getpid())
    time.sleep(60)
    yield 1


def dying(*, progress, cancel):  # type: ignore[no-untyped-def]
    yield 1
    time.sleep(0.2)
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def remote() -> Iterator[RemoteWork]:
    made = RemoteWork(nothing)
    yield made
    made.close()


class Heard:
    def __init__(self) -> None:
        self.steps: list[tuple[str, int, int, str]] = []

    def report(self, phase: str, done: int, total: int, detail: str = "") -> None:
        self.steps.append((phase, done, total, detail))


def test_parts_and_steps_come_from_another_process(remote: RemoteWork) -> None:
    heard = Heard()
    parts = list(remote.run(counting, 3, parts=PAIR, progress=heard))
    assert [n for n, _ in parts] == [0, 1, 2]  # type: ignore[attr-defined]
    (child,) = {pid for _, pid in parts}  # type: ignore[attr-defined]
    assert child != os.getpid() and not psutil.pid_exists(child)
    assert heard.steps == [("Counting", n, 3, "here") for n in range(3)]


def test_one_is_kept_ready(remote: RemoteWork) -> None:
    remote.prepare()
    remote.prepare()
    assert remote._spare is not None
    ready = remote._spare.process.pid
    assert {pid for _, pid in remote.run(counting, 2, parts=PAIR)} == {ready}  # type: ignore[attr-defined]
    assert {pid for _, pid in remote.run(counting, 2, parts=PAIR)} != {ready}  # type: ignore[attr-defined]


def test_errors_of_ours_arrive_as_they_are(remote: RemoteWork) -> None:
    parts = remote.run(refusing, "a.pdf", parts=(int,))
    assert next(parts) == 1
    with pytest.raises(PasswordNeeded) as told:
        next(parts)
    assert (told.value.sentence, told.value.hint) == ("a.pdf is encrypted.", "Give its password.")


def test_a_fault_brings_its_places(remote: RemoteWork) -> None:
    with pytest.raises(InternalError, match="ZeroDivisionError") as told:
        list(remote.run(dividing, parts=()))
    assert isinstance(told.value.__cause__, RemoteFault)
    assert "in dividing" in str(told.value.__cause__)


def test_what_the_disk_said_arrives_too(remote: RemoteWork) -> None:
    with pytest.raises(InternalError, match="No space left on device"):
        list(remote.run(full_disk, parts=(int,)))


def test_a_cancel_ends_the_process_at_once(remote: RemoteWork) -> None:
    flag, heard = Flag(), Heard()
    threading.Timer(1.5, flag.set).start()
    began = time.perf_counter()
    with pytest.raises(Cancelled):
        list(remote.run(sleeping, parts=(), progress=heard, cancel=flag))
    assert time.perf_counter() - began < 10
    (pid,) = {total for _, _, total, _ in heard.steps} or {0}
    assert not pid or not psutil.pid_exists(pid)


def test_a_cancel_need_not_wait_until_what_reads_is_loaded() -> None:
    flag = Flag()
    flag.set()
    remote, began = RemoteWork(loading_for_long), time.perf_counter()
    with pytest.raises(Cancelled):  # a book of 8 MB, more than the pipe holds
        list(remote.run(refusing, "x" * (8 << 20), parts=(int,), cancel=flag))
    assert time.perf_counter() - began < 20
    remote.close()


def test_a_process_that_dies_is_one_sentence(remote: RemoteWork) -> None:
    parts = remote.run(dying, parts=(int,))
    assert next(parts) == 1
    with pytest.raises(InternalError, match="ended unexpectedly"):
        next(parts)
    assert [n for n, _ in remote.run(counting, 1, parts=PAIR)] == [0]  # type: ignore[attr-defined]


def test_a_program_ends_although_one_is_ready(tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(
        "from citegrid.concurrency.remote_work import RemoteWork\ndef load():\n    pass\n"
        "if __name__ == '__main__':\n    made = RemoteWork(load)\n    made.prepare()\n    print('end')\n"
    )
    env = dict(os.environ, PYTHONPATH=str(ROOT / "desktop"))
    done = subprocess.run([sys.executable, str(script)], env=env, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("end\n", "", 0)


@pytest.fixture(scope="module")
def engines() -> Iterator[object]:
    made = wiring.caged_engines()
    yield made
    made.close()


def test_a_paper_read_remotely_is_the_same_paper(engines) -> None:  # type: ignore[no-untyped-def]
    source = engines.open_document(SAMPLE)
    heard = Heard()
    remote = engines.read(SAMPLE, "", source.sha256, progress=heard, cancel=NEVER)
    here = read_paper(wiring.engines().open_document(SAMPLE), None)
    assert remote.document == here.document
    assert remote.references == here.references
    assert heard.steps[0][0] == "Reading pages"
    source.close()


@pytest.mark.slow
def test_a_scan_is_read_there_too_and_a_cancel_leaves_no_process(engines, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path))
    scan = tmp_path / "scan.pdf"
    with pymupdf.open(SAMPLE) as paper, pymupdf.open() as file:
        for page in paper:
            picture = page.get_pixmap(dpi=150)
            file.new_page(width=page.rect.width, height=page.rect.height).insert_image(page.rect, pixmap=picture)
        file.save(scan)
    source = engines.open_document(scan)
    flag, kept = Flag(), set(psutil.Process().children(recursive=True))

    class Cancelling(Heard):
        def report(self, phase: str, done: int, total: int, detail: str = "") -> None:
            super().report(phase, done, total, detail)
            if detail == "by OCR" and done:
                flag.set()

    heard = Cancelling()
    with pytest.raises(Cancelled):
        engines.read(scan, "", source.sha256, progress=heard, cancel=flag)
    assert [detail for *_, detail in heard.steps][-1] == "by OCR"
    left = [p for p in psutil.Process().children(recursive=True) if p not in kept]
    psutil.wait_procs(left, timeout=20)  # those that recognise text end with the page they are at
    source.close()
    assert not [p for p in left if p.is_running()]


def test_a_paper_that_changed_meanwhile_is_refused(engines, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match=r"paper\.pdf was changed"):
        engines.read(SAMPLE, "", "0" * 64, progress=SILENT, cancel=NEVER)
