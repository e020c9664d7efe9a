"""Gives the program files of others, whole and damaged, and looks how each ends.

    PYTHONPATH=desktop:. python tests/benchmarks/hostile.py [FOLDER …] [--pdf 200] [--picture 60] [--docx 60] [--gguf 60] [--project 60]
                                                            [--stops 40] [--seed 0] [--keep FOLDER] [--workers 1]

Of each kind so many files are taken from the folders, by the seed, and every third is damaged; where they hold too few, and for models and
projects, files are made here.  Each is given to a command in a process of its own, as from a terminal.  It must end with a
result (0), a finding (1) or one sentence that names a file (3, 4), within 60 s of the processor and 1.5 GB, and leave no
process behind; ``--stops`` of them are then stopped by Ctrl-C at a moment by the seed, which may take a second.  Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice
from pathlib import Path

from PIL import Image
from tests.benchmarks.kills import project_of, still_there
from tests.planted import planted_paper
from tests.store.conftest import gguf_bytes
from tests.store.test_project_fuzz import WRONG, changed, places
from tests.test_stress import HOSTILE

from citegrid.pipeline.export.formats import export
from citegrid.store import project_folder

ROOT = Path(__file__).resolve().parents[2]
MOST_PROCESSOR, MOST_MEMORY, MOST_SECONDS, SOON = 60.0, 1.5 * 2**30, 240.0, 1.0
KINDS = {"pdf": (".pdf",), "picture": (".png", ".jpg", ".gif", ".bmp", ".webp", ".tif"), "docx": (".docx",), "gguf": (), "project": ()}  # fmt: skip
#: Prints how a command ended: a process of its own, since a child's peak begins with that of the process that started it.
WATCH = """
import json, os, resource, signal, subprocess, sys, time
most, stop, place = float(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
signal.signal(signal.SIGINT, signal.default_int_handler)
began, asked, status = time.monotonic(), 0.0, 0
child = subprocess.Popen(sys.argv[4:], stdin=subprocess.DEVNULL)
done = 0
while not done:
    time.sleep(0.01)
    now = time.monotonic()
    if stop and not asked and now - began > stop:
        asked = now
        child.send_signal(signal.SIGINT)
    if now - began > most:
        child.kill()
    done, status, used = os.wait4(child.pid, os.WNOHANG)
ended = time.monotonic()
with open(place, "w", encoding="utf-8") as file:
    json.dump({"code": os.waitstatus_to_exitcode(status), "seconds": ended - began, "memory": used.ru_maxrss * 1024,
               "processor": used.ru_utime + used.ru_stime, "stopping": ended - asked if asked else 0.0}, file)
"""


@dataclass(frozen=True)
class Outcome:
    """How the program ended over one file: times in seconds, ``memory`` in bytes, ``left`` the processes still there."""

    path: Path
    code: int
    seconds: float
    processor: float
    memory: float
    stopping: float
    said: str
    left: int

    @property
    def faults(self) -> Iterator[str]:
        """What must not be."""
        lines = [line for line in self.said.splitlines() if line.startswith("citegrid: ")]
        # Python ends by the signal, a shell's 130 too, where the interrupt passed through code made from text, as of a dataclass
        by_signal = self.stopping > 0 and self.code == -signal.SIGINT
        if self.code not in (0, 1, 3, 4, 130) and not by_signal:
            yield f"ended with {self.code}"
        if self.code in (3, 4) and len(lines) != 1:
            yield f"{len(lines)} sentences"
        if "Traceback" in self.said or "itself failed" in self.said:
            yield "a failure of the program's own"
        if self.processor > MOST_PROCESSOR:
            yield f"{self.processor:.0f} s of the processor"
        if self.memory > MOST_MEMORY:
            yield f"{self.memory / 2**20:.0f} MB"
        if self.stopping > SOON:
            yield f"{self.stopping:.1f} s from Ctrl-C to the end"
        if self.left:
            yield f"{self.left} processes left"


def end_of(command: Sequence[str], path: Path, stop: float = 0.0) -> Outcome:
    """How ``command`` ends over ``path``, stopped by Ctrl-C after ``stop`` seconds where they are not 0."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as made:
        folder = Path(made)
        telling, told = folder / "ending.json", folder / "said.txt"
        given = [arg.replace("{folder}", made) for arg in command]
        with told.open("wb") as said:
            subprocess.run(
                [sys.executable, "-c", WATCH, str(MOST_SECONDS), str(stop), str(telling), sys.executable, "-m", "citegrid", *given],
                stdout=subprocess.DEVNULL, stderr=said, check=True,
                env=dict(os.environ, PYTHONPATH=str(ROOT / "desktop"), CITEGRID_DATA=str(folder / "data"), LC_ALL="C.UTF-8"),
            )  # fmt: skip
        return Outcome(
            path, **json.loads(telling.read_text()), said=told.read_text("utf-8", "replace"), left=still_there(made)
        )


# -- the files -------------------------------------------------------------------------------------------------------------


def damaged(data: bytes, dice: random.Random) -> bytes:
    """``data`` cut off, with bytes turned over, a part left out, doubled or filled with noise."""
    at, length = sorted(dice.randrange(len(data) + 1) for _ in range(2))
    some = bytearray(data)
    for _ in range(dice.randint(1, 40)):
        some[dice.randrange(len(some))] = dice.randrange(256)
    part = data[at:length][:4096]
    return dice.choice(
        (data[:length], bytes(some), data[:at] + data[length:], data[:at] + part * 50 + data[at:],
         data[:at] + dice.randbytes(len(part)) + data[at + len(part):])
    )  # fmt: skip


def with_part(data: bytes, part: str, content: bytes) -> bytes:
    """A .docx with another ``part``."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return out.getvalue()


def hostile_docx() -> Iterator[bytes]:
    """Word files that unfold, loop or nest."""
    whole, main = export(project_of(), ".docx"), "word/document.xml"
    word = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">%s</w:document>'
    entities = b"".join(b'<!ENTITY e%d "%s">' % (i, b"&e%d;" % (i - 1) * 10 if i else b"ha" * 100) for i in range(12))
    yield with_part(
        whole, main, b"<!DOCTYPE w [%s]>" % entities + word % b"<w:body><w:p><w:r><w:t>&e11;</w:t></w:r></w:p></w:body>"
    )
    yield with_part(
        whole,
        main,
        b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        + word % b"<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body>",
    )
    yield with_part(whole, main, word % (b"<w:body>" + b"<w:p/>" * 4_000_000 + b"</w:body>"))
    yield with_part(whole, main, word % (b"<w:body>" + b"<w:tbl>" * 200_000 + b"</w:tbl>" * 200_000 + b"</w:body>"))
    yield with_part(
        whole, main, word % (b"<w:body><w:p><w:r><w:t>" + b"a" * 600_000_000 + b"</w:t></w:r></w:p></w:body>")
    )
    yield with_part(whole, "word/styles.xml", b" " * 900_000_000)
    yield with_part(whole, main, b"")
    yield with_part(whole, "[Content_Types].xml", b"<Types/>")
    yield with_part(whole, "_rels/.rels", b'<Relationships><Relationship Id="x" Target="../../../etc/passwd"/></Relationships>')  # fmt: skip
    yield whole


def hostile_pictures() -> Iterator[bytes]:
    """Pictures that unfold, lie about their size, or are no pictures."""
    plain = BytesIO()
    Image.new("RGB", (400, 200), "white").save(plain, "PNG")
    for side in (60_000, 20_000):
        packed = BytesIO()
        Image.new("1", (side, side)).save(packed, "PNG")
        yield packed.getvalue()
    yield plain.getvalue()[:16] + struct.pack(">II", 2**31 - 1, 2**31 - 1) + plain.getvalue()[24:]
    yield b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 99 99\n{} loop\n%%EOF\n"
    yield b'<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"><image href="file:///etc/passwd"/></svg>'
    for size in ((1, 1), (30_000, 2), (2, 30_000)):
        thin = BytesIO()
        Image.new("L", size).save(thin, "PNG")
        yield thin.getvalue()
    frames = BytesIO()
    Image.new("P", (900, 900)).save(frames, "GIF", save_all=True, append_images=[Image.new("P", (900, 900), i % 256) for i in range(400)])  # fmt: skip
    yield frames.getvalue()
    yield plain.getvalue()


def hostile_gguf() -> Iterator[bytes]:
    """Models whose templates loop, grow or reach out, and whose headers lie."""
    for template in (
        "{% for i in range(10**9) %}x{% endfor %}", "{{ 'x' * 10**10 }}", "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{% include '/etc/passwd' %}", "{{ messages", "{{ 9**9**9 }}",
        "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}{% endfor %}{% endfor %}{% endfor %}",
        "{% set x = namespace(s='ab') %}{% for i in range(99) %}{% set x.s = x.s + x.s %}{% endfor %}", "{{ messages }}",
    ):  # fmt: skip
        yield gguf_bytes(template=template)
    whole = gguf_bytes()
    for at in (8, 16, 24):  # numbers of tensors and of pairs, the length of the first key
        for value in (2**63, 2**40, 2**20):
            yield whole[:at] + struct.pack("<Q", value) + whole[at + 8 :]
    yield gguf_bytes(extra=[("x", 9, struct.pack("<IQ", 9, 1) * 5000 + struct.pack("<IQ", 8, 0))])
    yield gguf_bytes(tensors=50_000)


MADE: dict[str, Callable[[], Iterator[bytes]]] = {
    "pdf": lambda: (make() for make in HOSTILE.values()), "docx": hostile_docx, "picture": hostile_pictures, "gguf": hostile_gguf,
}  # fmt: skip


def files_of(kind: str, count: int, folders: Sequence[Path], into: Path, dice: random.Random) -> Iterator[Path]:
    """``count`` files of a kind: those made here first where they are few, then files of others, every third damaged."""
    found = sorted(
        p for folder in folders for p in folder.rglob("*") if p.suffix.lower() in KINDS[kind] and p.stat().st_size
    )
    dice.shuffle(found)
    made = [*islice(MADE[kind](), count)] if not found or kind != "pdf" else []
    for n in range(count):
        others = found[(n - len(made)) % len(found)].read_bytes() if found and n >= len(made) else None
        data = made[n % len(made)] if others is None else others
        if n >= len(made) and (n % 3 == 2 or others is None):
            data = damaged(data, dice)
        suffix = (
            found[(n - len(made)) % len(found)].suffix.lower() if others is not None else (*KINDS[kind], ".gguf")[0]
        )
        path = into / f"{kind}{n:03d}{suffix}"
        path.write_bytes(data)
        yield path


def projects(count: int, into: Path, dice: random.Random) -> Iterator[Path]:
    """Folders of projects: values changed for others, files cut and spoilt."""
    whole = into / "whole"
    project_folder.create(whole)
    project_folder.save(whole, replace(project_of(4), query="What?"))
    raw = (whole / project_folder.FILE).read_bytes()
    data = json.loads(raw)
    ways = [*places(data)]
    for n in range(count):
        folder = into / f"project{n:03d}"
        folder.mkdir()
        spoilt = changed(data, dice.choice(ways), dice.choice(WRONG[:5] + WRONG[6:]), gone=n % 4 == 3)
        text = damaged(raw, dice) if n % 3 == 2 else json.dumps(spoilt).encode("utf-8", "surrogatepass")
        text = b"[" * 200_000 if n == 0 else text
        (folder / project_folder.FILE).write_bytes(text)
        yield folder


def commands(kind: str, path: Path, n: int, here: Path) -> list[str]:
    """What is asked of the program with such a file."""
    given = str(path)
    return {
        "pdf": ["read", given, "--json"],
        "picture": ["columns", given, "--json"],
        "docx": ["check-text", str(here / "paper.pdf"), given] if n % 2 else ["import", "--project", str(here / "project"), given],
        "gguf": ["models", "add", given],
        "project": ["import", "--project", given, str(here / "report.docx")],
    }[kind]  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    for kind, count in {
        "pdf": 200,
        "picture": 60,
        "docx": 60,
        "gguf": 60,
        "project": 60,
        "stops": 40,
        "seed": 0,
        "workers": 1,
    }.items():
        parser.add_argument(f"--{kind}", type=int, default=count)
    parser.add_argument("--keep", type=Path, help="where files that end badly are kept")
    given = parser.parse_args()
    dice = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as made, ThreadPoolExecutor(given.workers) as pool:
        here = Path(made)
        planted_paper(here / "paper.pdf", "en", ())
        project_folder.create(here / "project")
        project_folder.save(here / "project", project_of())
        (here / "report.docx").write_bytes(export(project_of(), ".docx"))
        work: list[tuple[str, list[str], Path]] = []
        for kind in KINDS:
            count = getattr(given, kind)
            paths = (
                projects(count, here, dice) if kind == "project" else files_of(kind, count, given.folders, here, dice)
            )
            work += [(kind, commands(kind, path, n, here), path) for n, path in enumerate(paths)]
        kinds, ended = [kind for kind, _, _ in work], list[Outcome]()
        try:
            _counted(pool.map(lambda one: end_of(one[1], one[2]), work), len(work), ended)
            again = dice.sample(range(len(work)), min(given.stops, len(work)))
            moments = [max(0.05, dice.uniform(0.0, ended[i].seconds)) for i in again]
            kinds += ["stops"] * len(again)
            stopped = pool.map(lambda one: end_of(*work[one[0]][1:], one[1]), zip(again, moments, strict=True))
            _counted(stopped, len(again), ended)
        except KeyboardInterrupt:  # what was found so far is told
            pool.shutdown(cancel_futures=True)
        return _tell(kinds[: len(ended)], ended, given.keep)


def _counted(outcomes: Iterable[Outcome], count: int, ended: list[Outcome]) -> None:
    """Take them one by one, with a word on the way."""
    for n, outcome in enumerate(outcomes, 1):
        ended.append(outcome)
        print(f"\r{n} of {count}", *outcome.faults, end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def _tell(kinds: Sequence[str], ended: Sequence[Outcome], keep: Path | None) -> int:
    """Print what came of each kind, and what must not be; 1 where there is anything."""
    bad = 0
    for kind in dict.fromkeys(kinds):
        of_kind = [outcome for k, outcome in zip(kinds, ended, strict=True) if k == kind]
        codes = Counter(outcome.code for outcome in of_kind)
        print(
            f"{kind}: {len(of_kind)}, exit codes {dict(sorted(codes.items()))}, at most {max(o.processor for o in of_kind):.0f} s of the processor,"
            f" {max(o.memory for o in of_kind) / 2**20:.0f} MB, {max(o.stopping for o in of_kind):.2f} s from Ctrl-C"
        )
        for outcome in of_kind:
            for fault in outcome.faults:
                bad += 1
                print(f"  {outcome.path.name}: {fault}: {outcome.said.strip()[-300:]}")
            if keep and any(outcome.faults) and outcome.path.is_file():
                (keep / outcome.path.name).write_bytes(outcome.path.read_bytes())
    print(f"{len(ended)} files, {bad} faults")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
