"""PDFs one process away: what is seen is what the library sees, and a child that dies costs a page at most."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pymupdf
import pytest

from citegrid.core.errors import InputError, PasswordNeeded
from citegrid.engines.pdf import open_pdf
from citegrid.engines.pdf_process import PdfProcess

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "paper.pdf"


@pytest.fixture(scope="module")
def process() -> Iterator[PdfProcess]:
    made = PdfProcess()
    made.prepare()
    yield made
    made.close()
    assert made.process_id is None


def test_it_sees_what_the_library_sees(process: PdfProcess) -> None:
    near, far = open_pdf(SAMPLE), process(SAMPLE)
    assert (far.name, far.sha256, far.page_count) == (near.name, near.sha256, near.page_count)
    assert far.metadata == near.metadata
    assert list(far.outline()) == list(near.outline())
    assert far.page(2) == near.page(2)
    assert list(far.links()) == list(near.links())
    for clip in (None, (100.0, 100.0, 300.0, 250.0)):
        assert far.render(1, 1.5, clip) == near.render(1, 1.5, clip)
    assert far.render(99, 1.0) == near.render(99, 1.0)
    far.close()
    near.close()


def test_several_papers_share_one_process(process: PdfProcess, tmp_path: Path) -> None:
    with pymupdf.open() as file:
        file.new_page().insert_text((72, 90), "Geese fly in a wedge.")
        file.save(tmp_path / "geese.pdf")
    one, two = process(SAMPLE), process(tmp_path / "geese.pdf")
    child = process.process_id
    assert two.page(1).text.split() == ["Geese", "fly", "in", "a", "wedge."]
    one.close()
    one.close()
    assert one.page(1).text == "" and set(one.render(1, 0.1).data) == {255}
    assert two.page(1).words and process.process_id == child
    two.close()


def test_errors_arrive_as_they_are(process: PdfProcess, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not a PDF"):
        (tmp_path / "a.pdf").write_text("no")
        process(tmp_path / "a.pdf")
    with pymupdf.open() as file:
        file.new_page()
        file.save(tmp_path / "b.pdf", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="open")
    with pytest.raises(PasswordNeeded):
        process(tmp_path / "b.pdf")
    assert process(tmp_path / "b.pdf", "open").page_count == 1


def test_after_a_child_that_was_killed_the_pages_are_there_again(process: PdfProcess) -> None:
    one, two = process(SAMPLE), process(SAMPLE)
    before = one.page(1)
    assert process.process_id is not None
    os.kill(process.process_id, signal.SIGKILL)
    assert one.page(1) == before
    assert two.page(1) == before
    one.close()
    two.close()


def test_other_bytes_under_its_name_are_not_shown(process: PdfProcess, tmp_path: Path) -> None:
    place = tmp_path / "paper.pdf"
    place.write_bytes(SAMPLE.read_bytes())
    source = process(place)
    with pymupdf.open() as file:
        file.new_page().insert_text((72, 90), "Geese fly in a wedge.")
        file.save(place)
    assert process.process_id is not None
    os.kill(process.process_id, signal.SIGKILL)
    assert source.page(1).text == "", "its citations are of other bytes"
    source.close()


@pytest.mark.alone
def test_a_paper_is_closed_in_the_middle_of_a_page_without_waiting(process: PdfProcess) -> None:
    source = process(SAMPLE)
    other = process(SAMPLE)
    begun = threading.Event()

    def draw() -> None:
        begun.set()
        for _ in range(40):
            source.render(1, 6.0)

    drawing = threading.Thread(target=draw)
    drawing.start()
    begun.wait()
    time.sleep(0.2)
    began = time.perf_counter()
    source.close()
    assert time.perf_counter() - began < 0.1
    drawing.join(20)
    assert not drawing.is_alive()
    assert other.page(1).words
    other.close()


def test_a_child_that_does_not_answer_is_given_up(process: PdfProcess, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    source = process(SAMPLE)
    monkeypatch.setattr("citegrid.engines.pdf_process._LONGEST", 0.2)
    assert process.process_id is not None
    os.kill(process.process_id, signal.SIGSTOP)
    began = time.perf_counter()
    assert source.page(1).text == ""
    assert time.perf_counter() - began < 10
    monkeypatch.undo()
    assert source.page(1).words
    source.close()


def test_the_end_does_not_wait_for_a_page(tmp_path: Path) -> None:
    made = PdfProcess()
    source = made(SAMPLE)
    assert made.process_id is not None
    os.kill(made.process_id, signal.SIGSTOP)
    asking = threading.Thread(target=lambda: source.page(1))
    asking.start()
    time.sleep(0.2)
    source.close()
    began = time.perf_counter()
    made.close()
    assert time.perf_counter() - began < 10
    asking.join(10)
    assert not asking.is_alive()


def test_the_child_ends_with_its_process(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import time\nfrom pathlib import Path\nfrom citegrid.engines.pdf_process import PdfProcess\n"
        "if __name__ == '__main__':\n"
        "    made = PdfProcess()\n"
        f"    made(Path({str(SAMPLE)!r}))\n"
        "    print(made.process_id, flush=True)\n    time.sleep(60)\n"
    )
    script = tmp_path / "parent.py"
    script.write_text(code)
    env = dict(os.environ, PYTHONPATH=str(SAMPLE.parents[2] / "desktop"))
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=env) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    psutil.wait_procs([child], timeout=10)
    assert not child.is_running()
