"""The sample project: its paper is sound, its citations lead to the right entries, its files are what the script makes."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pymupdf
import pytest

from citegrid.core.project import DEFAULT_QUERY

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample"


def letters(text: str) -> str:
    """Letters and digits only, so that line breaks and hyphens do not matter."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def load(name: str) -> ModuleType:
    """A module that stands beside the sample, without a place on the import path."""
    spec = importlib.util.spec_from_file_location(f"sample_{name}", SAMPLE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def paper() -> Iterator[pymupdf.Document]:
    with pymupdf.open(SAMPLE / "paper.pdf") as document:
        yield document


@pytest.fixture(scope="module")
def references() -> dict[str, Any]:
    return tomllib.loads((SAMPLE / "references.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def sample() -> dict[str, Any]:
    return tomllib.loads((SAMPLE / "sample.toml").read_text("utf-8"))


def test_files_that_belong_together_exist(sample: dict[str, Any]) -> None:
    assert (SAMPLE / sample["paper"]).is_file()
    assert set(sample["pictures"]) == set(sample["query"]) == {"zh", "en"}
    assert all((SAMPLE / name).is_file() for name in sample["pictures"].values())


def test_queries_are_the_default_queries(sample: dict[str, Any]) -> None:
    assert sample["query"] == DEFAULT_QUERY


def test_paper_has_the_size_of_a_paper(paper: pymupdf.Document, references: dict[str, Any]) -> None:
    assert 5 <= len(paper) <= 8
    assert len(references) >= 20
    for number, page in enumerate(paper, start=1):
        assert any(w[4] == str(number) and w[1] > 790 for w in page.get_text("words")), f"page {number} has no number"


def test_text_can_be_copied(paper: pymupdf.Document) -> None:
    text = "".join(page.get_text(flags=pymupdf.TEXT_PRESERVE_LIGATURES) for page in paper)
    assert unicodedata.normalize("NFKC", text) == text
    assert "�" not in text
    assert "\u00ad" not in text
    assert letters("only 51.5% of the generated sentences are fully supported by their citations") in letters(text)


def test_fonts_are_embedded(paper: pymupdf.Document) -> None:
    for page in paper:
        for xref, suffix, *_ in page.get_fonts():
            assert suffix != "n/a", f"font {xref} of page {page.number + 1} is not in the file"


def test_no_line_leaves_its_column(paper: pymupdf.Document) -> None:
    """On pages without title and table, every word of the text stands left or right of the gutter."""
    for number in (2, 3, 5, 6):
        page = paper[number - 1]
        for x0, y0, x1, y1, word, *_ in page.get_text("words"):
            if y0 < 55 or y1 > 790:
                continue  # running header and page number
            left, right = (48.9, 288.2) if x0 < 295 else (306.9, 546.4)
            assert left <= x0 and x1 <= right + 0.2, (number, word)


def test_every_entry_stands_where_its_destination_says(paper: pymupdf.Document, references: dict[str, Any]) -> None:
    names = paper.resolve_names()
    assert set(names) == {f"cite.{key}" for key in references}
    for key, entry in references.items():
        place = names[f"cite.{key}"]
        page = paper[place["page"]]
        x, y = place["to"][0], page.rect.height - place["to"][1]
        near = letters(page.get_text(clip=(x, y, x + 245, y + 62)))
        given_first = " ".join(reversed(entry["authors"][0].split(", ")))
        assert near.startswith(letters(given_first)), key
        assert letters(entry["title"])[:40] in near, key


def test_every_link_covers_the_citation_it_means(paper: pymupdf.Document, references: dict[str, Any]) -> None:
    shown: dict[str, list[str]] = defaultdict(list)
    for page in paper:
        characters = [
            ((c["bbox"][0] + c["bbox"][2]) / 2, (c["bbox"][1] + c["bbox"][3]) / 2, c["c"])
            for block in page.get_text("rawdict")["blocks"]
            for line in block["lines"]
            for span in line["spans"]
            for c in span["chars"]
        ]
        for link in page.get_links():
            key = str(link.get("nameddest") or link["name"]).removeprefix("cite.")
            x0, y0, x1, y1 = link["from"]
            inside = [c for x, y, c in characters if x0 <= x <= x1 and y0 <= y <= y1]
            shown[key].append("".join(inside))
    assert set(shown) == set(references), "an entry that the text never cites, or a link to no entry"
    for key, entry in references.items():
        families = [name.split(",")[0] for name in entry["authors"]]
        authors = " and ".join(families) if len(families) <= 2 else f"{families[0]} et al."
        label = letters(f"{authors} {entry['year']}{key[-1] if key[-1].isalpha() else ''}")
        # A citation that is cut at the end of a line has two links; together they are the whole label again.
        text = letters("".join(shown[key]))
        assert text == label * (len(text) // len(label)), (key, shown[key])


@pytest.mark.parametrize(
    "form",
    [
        r"\(Borgeaud et al\., 2022\)",  # in brackets
        r"Gao et al\. \(2023a\)",  # in the sentence, with a letter
        r"Izacard and Grave \(2021\)",  # two authors
        r"\(Bohnet et al\., 2022; Gao et al\., 2023a; Yue et al\., 2023\)",  # a group
        r"\(see also Rashkin et al\., 2023\)",  # with words before
        r"\(Liu et al\., 2023, p\. 7001\)",  # with a page
    ],
)
def test_citations_come_in_several_forms(paper: pymupdf.Document, form: str) -> None:
    text = " ".join(" ".join(page.get_text() for page in paper).split())
    assert re.search(form, text)


def test_a_citation_of_nothing_is_an_error() -> None:
    typeset = load("typeset")
    with pytest.raises(KeyError):
        list(typeset.fragments_of("as @nobody2020 says", {}))
    with pytest.raises(KeyError):
        list(typeset.fragments_of("known [see @nobody2020, p. 3]", {}))


def test_lines_of_a_paragraph_keep_all_words_and_fit() -> None:
    typeset = load("typeset")
    faces = typeset.Faces()
    text = (
        "Attribution enters before generation, during generation or after generation, through retrieval and revision."
    )
    words = typeset.words_of(iter([typeset.Fragment(text)]))
    hyphens = {"attribution": (5, 7), "generation": (5, 7), "retrieval": (3, 6)}
    lines = typeset.break_lines(words, faces, 10.0, 120.0, hyphens)
    assert len(lines) > 3
    for line in lines:
        width = sum(faces.word_width(word, 10.0) for word in line.words) + line.space * (len(line.words) - 1)
        assert width <= 120.01
    assert letters("".join(f.text for line in lines for word in line.words for f in word)) == letters(text)


@pytest.mark.slow
def test_files_are_what_the_script_makes() -> None:
    """Byte for byte, in a process of its own: nothing depends on the clock or on the order of a set."""
    done = subprocess.run(
        [sys.executable, "make_sample.py", "--check"], cwd=SAMPLE, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_picture_can_be_read(language: str) -> None:
    """The program's OCR reads every header, in order, and nothing else."""
    from citegrid.engines.ocr import RapidOcr
    from citegrid.engines.picture import load_picture

    found = RapidOcr().read(load_picture(SAMPLE / f"table-{language}.png"))
    in_order = [line.text for line in sorted(found, key=lambda line: line.corners[0][0])]
    assert [letters(text) for text in in_order] == [letters(h) for h in load("tables").HEADERS[language]]
