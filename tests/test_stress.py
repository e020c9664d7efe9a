"""Broken, locked and hostile files: each ends in a result or in one clear sentence, in bounded time and memory.

The files stand beside the repository or are made here; each is read by a
process of its own, as from a terminal, whose memory is measured when it ends.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymupdf
import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "wait4"), reason="peak memory of a child is measured with wait4")

ROOT = Path(__file__).resolve().parents[1]
STRESS = ROOT.parent / "shared" / "corpus" / "stress"
FILES = sorted(path.name for path in STRESS.glob("*.pdf"))
#: Of a busy machine with two cores; the slowest file takes 10 s on an idle one.
MOST_SECONDS = 120
#: The 1.5 GB that a book of 500 pages may take.
MOST_MEMORY = 1.5 * 2**30


@dataclass(frozen=True)
class Ending:
    """How ``citegrid read FILE --json`` ended; ``memory`` in bytes."""

    name: str
    code: int
    out: str
    err: str
    seconds: float
    memory: int


#: Runs ``sys.argv[2:]``, kills it after ``sys.argv[1]`` seconds, and prints how it ended and its peak memory.  A process of
#: its own, since a child's peak begins with that of the process that started it (Linux: ``signal->maxrss`` at exec), and
#: a test run that has loaded a language model holds more than any child here.
WATCH = """
import json, os, subprocess, sys, time
most, began = float(sys.argv[1]), time.monotonic()
child = subprocess.Popen(sys.argv[3:], stdin=subprocess.DEVNULL)
done = 0
while not done:
    time.sleep(0.05)
    if time.monotonic() - began > most:
        child.kill()
    done, status, used = os.wait4(child.pid, os.WNOHANG)
ending = {"code": os.waitstatus_to_exitcode(status), "seconds": time.monotonic() - began, "memory": used.ru_maxrss}
with open(sys.argv[2], "w", encoding="utf-8") as file:
    json.dump(ending, file)
"""


def read(path: Path, folder: Path, *more: str) -> Ending:
    """Read ``path`` in a process of its own, which is killed at MOST_SECONDS."""
    command = [sys.executable, "-m", "citegrid", "read", str(path), "--json", *more]
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        subprocess.run(
            [sys.executable, "-c", WATCH, str(MOST_SECONDS), str(folder / "ending.json"), *command],
            stdout=out,
            stderr=err,
            env=dict(os.environ, PYTHONPATH=str(ROOT / "desktop"), CITEGRID_DATA=str(folder / "data")),
            check=True,
        )
    ending = json.loads((folder / "ending.json").read_text("utf-8"))
    return Ending(
        path.name,
        ending["code"],
        (folder / "out").read_text("utf-8"),
        (folder / "err").read_text("utf-8"),
        ending["seconds"],
        ending["memory"] * (1 if sys.platform == "darwin" else 1024),
    )


def check(ending: Ending) -> dict[str, Any] | None:
    """The result, or None after one sentence; everything else is a failure."""
    said = f"{ending.name} ended with {ending.code} after {ending.seconds:.0f} s and {ending.memory >> 20} MB: {ending.err}"
    assert ending.seconds < MOST_SECONDS, said
    assert ending.memory < MOST_MEMORY, said
    assert "Traceback" not in ending.err, said
    assert "mupdf" not in ending.err.lower(), said
    lines = ending.err.splitlines()
    progress = [line for line in lines if line.startswith(("Reading pages", "Finding references"))]
    if ending.code == 0:
        assert lines == progress, said
        result: dict[str, Any] = json.loads(ending.out)
        assert result["document"]["pages"] == len(result["pages"]) > 0
        return result
    assert ending.code == 3, said
    assert ending.out == "", said
    assert len(lines) == len(progress) + 1, said
    sentence, _, hint = lines[-1].removeprefix("citegrid: ").partition(f"{ending.name} ")[2].partition(". ")
    assert sentence and hint.endswith("."), said
    return None


@pytest.mark.skipif(not FILES, reason="the files of ../shared/corpus/stress are not here")
@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_every_file_ends_in_a_result_or_in_one_sentence(name, tmp_path):
    result = check(read(STRESS / name, tmp_path))
    if result is None:
        return
    with pymupdf.open(STRESS / name) as document:
        assert len(result["pages"]) == document.page_count


@pytest.mark.skipif(not FILES, reason="the files of ../shared/corpus/stress are not here")
@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("enc-") and "user" in name])
def test_a_locked_file_asks_for_its_password_and_says_when_it_is_wrong(name, tmp_path):
    asked = read(STRESS / name, tmp_path)
    assert check(asked) is None
    assert "--password" in asked.err
    wrong = read(STRESS / name, tmp_path, "--password", "certainly wrong")
    assert check(wrong) is None
    assert "not its password" in wrong.err


# -- hostile files, made here ------------------------------------------------------------------------------------------

TEXT = b"BT /F 10 Tf 50 700 Td (Hello there, this is a page of text that says something.) Tj ET\n"
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"


def stream(data: bytes, facts: bytes = b"", packed: int = 1) -> bytes:
    """A stream object, deflated ``packed`` times."""
    for _ in range(packed):
        data = zlib.compress(data, 9)
    filters = b"/Filter[" + b"/FlateDecode" * packed + b"]" if packed else b""
    return b"<<%s%s/Length %d>>\nstream\n%s\nendstream" % (facts, filters, len(data), data)


def pdf(objects: Sequence[bytes]) -> bytes:
    """A PDF of such objects; the first is the catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return b"%sxref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        bytes(out),
        len(objects) + 1,
        table,
        len(objects) + 1,
        len(out),
    )


def one_page(
    contents: bytes, more: Sequence[bytes] = (), media: bytes = b"0 0 612 792", page: bytes = b"", catalog: bytes = b""
) -> bytes:
    """A page (object 3) with ``contents`` (5); ``more`` are the objects from 6 on, 6 being its XObject X."""
    resources = b"/Font<</F 4 0 R>>" + (b"/XObject<</X 6 0 R>>" if more else b"")
    return pdf(
        [
            CATALOG.replace(b">>", catalog + b">>"),
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Resources<<%s>>/Contents 5 0 R%s>>" % (media, resources, page),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            contents,
            *more,
        ]
    )


def pages(count: int, told: int = 0, kids: bytes = b"") -> bytes:
    """Pages that share one stream of text; the file says that it has ``told``."""
    listed = kids or b" ".join(b"%d 0 R" % (5 + i) for i in range(count))
    each = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 3 0 R>>>>/Contents 4 0 R>>"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (listed, told or count)
    return pdf([CATALOG, tree, font, stream(TEXT), *[each] * count])


def nested_forms(depth: int) -> bytes:
    """Each form draws the next one ten times."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<<%s>>"
    inner = [stream(b"/X Do " * 10, form % (b"/XObject<</X %d 0 R>>" % (7 + i))) for i in range(depth - 1)]
    return one_page(stream(b"/X Do " * 10), [*inner, stream(TEXT, form % b"/Font<</F 4 0 R>>")])


def one_picture(side: int) -> bytes:
    facts = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceGray" % (side, side)
    return one_page(stream(b"612 0 0 792 0 0 cm /X Do"), [stream(b"\x55" * side * side, facts)])


def outline_loop() -> bytes:
    entry = b"<</Title(a)/Parent 6 0 R/Next 7 0 R/First 7 0 R/Dest[3 0 R/XYZ 0 0 0]>>"
    return one_page(stream(TEXT), [b"<</First 7 0 R/Last 7 0 R/Count 1>>", entry], catalog=b"/Outlines 6 0 R")


HOSTILE: dict[str, Callable[[], bytes]] = {
    "unfolds-to-blanks": lambda: one_page(stream(TEXT + b" " * 300_000_000)),
    "unfolds-twice": lambda: one_page(stream(TEXT + b" " * 300_000_000, packed=2)),
    "one-word-of-millions": lambda: one_page(stream((b"BT /F 1 Tf 50 700 Td (" + b"a" * 1000 + b") Tj ET\n") * 10_000)),
    "millions-of-lines": lambda: one_page(stream(b"0 0 m 600 700 l 300 20 l 4 800 l S\n" * 2_000_000)),
    "forms-draw-forms": lambda: nested_forms(9),
    "big-picture": lambda: one_picture(12_000),
    "big-page": lambda: one_page(stream(TEXT), media=b"0 0 1000000000 1000000000"),
    "page-without-a-size": lambda: one_page(stream(TEXT), media=b"0 0 0 0"),
    "page-of-infinity": lambda: one_page(stream(TEXT), media=b"0 0 1e40 1e40"),
    "thin-page": lambda: one_page(stream(TEXT), media=b"0 0 100000 1"),
    "letters-without-end": lambda: one_page(stream(TEXT.replace(b"/F 10", b"/F 1e30"))),
    "opens-a-million-times": lambda: one_page(stream(b"q [" * 1_000_000 + TEXT)),
    "thousand-pages": lambda: pages(1500),
    "too-many-pages": lambda: pages(5001),
    "lies-about-its-pages": lambda: pages(3, told=2_000_000_000),
    "pages-in-a-ring": lambda: pages(1, kids=b"2 0 R 5 0 R"),
    "outline-in-a-ring": outline_loop,
    "names-in-a-ring": lambda: one_page(stream(TEXT), [b"<</Kids[6 0 R]>>"], catalog=b"/Names<</Dests 6 0 R>>"),
    "labels-in-a-ring": lambda: one_page(stream(TEXT), [b"<</Kids[6 0 R]>>"], catalog=b"/PageLabels 6 0 R"),
    "label-of-billions": lambda: one_page(stream(TEXT), catalog=b"/PageLabels<</Nums[0<</S/a/St 2000000000>>]>>"),
    "thousands-of-links": lambda: one_page(
        stream(TEXT), page=b"/Annots[" + b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Dest(x)>>" * 20_000 + b"]"
    ),
    "half-a-file": lambda: pages(40)[:3000],
    "only-a-header": lambda: b"%PDF-1.7\n",
    "no-pdf": lambda: b"MZ" + bytes(range(256)) * 40,
    "nothing": lambda: b"",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_in_a_result_or_in_one_sentence(name, tmp_path):
    path = tmp_path / f"{name}.pdf"
    path.write_bytes(HOSTILE[name]())
    check(read(path, tmp_path))


def test_the_memory_is_that_of_the_reader_alone(tmp_path):
    ballast = bytearray(b"x") * int(MOST_MEMORY)  # as much as a language model in this very process
    path = tmp_path / "small.pdf"
    path.write_bytes(pages(1))
    assert read(path, tmp_path).memory < MOST_MEMORY / 2 < len(ballast)


def test_the_check_fails_on_what_must_not_be():
    good = '{"document": {"pages": 1}, "pages": [{}]}'
    assert check(Ending("a.pdf", 0, good, "Finding references\n", 1.0, 10**8))
    assert check(Ending("a.pdf", 3, "", "citegrid: a.pdf is empty. Copy it again.\n", 1.0, 10**8)) is None
    for wrong in (
        Ending("a.pdf", 0, good, "MuPDF error: syntax error\n", 1.0, 10**8),
        Ending("a.pdf", 0, good, "", MOST_SECONDS + 1.0, 10**8),
        Ending("a.pdf", 0, good, "", 1.0, int(MOST_MEMORY) + 1),
        Ending("a.pdf", 0, "{", "", 1.0, 10**8),
        Ending("a.pdf", 70, "", "citegrid: a.pdf is odd. Try again.\n", 1.0, 10**8),
        Ending("a.pdf", 3, "", "citegrid: the file is empty. Copy it again.\n", 1.0, 10**8),
        Ending("a.pdf", 3, "", "citegrid: a.pdf is empty.\n", 1.0, 10**8),
        Ending("a.pdf", -9, "", "", 1.0, 10**8),
    ):
        with pytest.raises((AssertionError, ValueError)):
            check(wrong)
