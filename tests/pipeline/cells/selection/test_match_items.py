"""Which works of a list are among items: by numbers, by title with a sign more, by the words of a first page; and never more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.papers import reference

from citegrid.core.holdings import LibraryItem
from citegrid.core.language.text import key_text
from citegrid.pipeline.cells.selection.match_items import is_item, items_of

TITLE = "Enabling large language models to generate text with citations"
CITED = reference("r1", title=TITLE, authors=("Gao, Tianyu", "Yen, Howard"), year=2023)


def item(
    title: str = TITLE, authors: tuple[str, ...] = ("Gao, Tianyu",), year: int | None = 2023, **more: object
) -> LibraryItem:
    return LibraryItem("K", title, authors, year, **more)  # type: ignore[arg-type]


def file(page: str, title: str = "", **more: object) -> LibraryItem:
    """A file whose first page prints ``page``, read as ``title``."""
    return LibraryItem("K", title, files=("x.pdf",), opening=key_text(page), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "known",
    [
        item(),
        item(TITLE.upper().replace("LARGE ", "Large-  "), ("Tianyu Gao",)),
        item(authors=(), year=2023),
        item(year=None),
        item(TITLE + ": A benchmark and its metrics"),
        item("有引用的文本生成", ("高天宇",), doi="10.1/ab"),
        item("Text with citations", doi="10.48550/arXiv.2305.14627"),
        file(f"Proceedings of X\n{TITLE}\nTianyu Gao, Howard Yen", title="Proceedings of X"),
        file(f"{TITLE}\nAbstract", title=""),
    ],
)  # fmt: skip
def test_the_same_work_is_found(known: LibraryItem) -> None:
    assert is_item(replace(CITED, doi="10.1/AB", arxiv="2305.14627"), known)


@pytest.mark.parametrize(
    "known",
    [
        item("Enabling large language models to follow instructions"),
        item(authors=("Liu, Nelson",)),
        item(year=2015),
        item(TITLE + ". II"),
        item("Disabling large language models to generate text with citations"),
        item(doi="10.1/other"),
        item(arxiv="arXiv:2305.99999"),
        LibraryItem("K", "", files=("x.pdf",)),
        file(f"Comment on {TITLE} by Gao", title=f"Comment on {TITLE}"),
        file("Another paper. " + "It is about much. " * 60 + f"Gao: {TITLE}", title="Another paper"),
        file(f"{TITLE}\nNelson Liu", title=TITLE, authors=("Nelson Liu",)),
        file("A study of geese\n10.1/ab", title="A study of geese and ganders", doi="10.1/ab"),
    ],
)  # fmt: skip
def test_another_work_is_not_taken_for_it(known: LibraryItem) -> None:
    assert not is_item(
        replace(CITED, doi="10.1/AB" if "10.1" in known.doi else "", arxiv="2305.14627" if known.arxiv else ""), known
    )


def test_two_parts_of_one_title_are_two_works() -> None:
    one = reference("r1", title="On the theory of long and winding titles, Part I", authors=("Ro, A",), year=2001)
    two = LibraryItem("K", "On the theory of long and winding titles, Part II", ("Ro, A",), 2001)
    assert not is_item(one, two)


def test_of_several_items_the_one_with_a_file_is_taken() -> None:
    items = [item(), item(files=("a.pdf",)), item(doi="10.1/x")]
    assert items_of([CITED], items) == {"r1": items[1]}
    assert items_of([replace(CITED, id="r2", title="Another")], items) == {}


def test_of_works_of_one_title_in_a_list_the_year_tells_which_is_which() -> None:
    first, second = (
        reference(f"r{y}", title="Overview of the shared task on citing", authors=("Ro, A",), year=y)
        for y in (2019, 2020)
    )
    held = item(first.title, ("Ro, A",), 2019, files=("x.pdf",))
    assert items_of([first, second], [held]) == {"r2019": held}
    assert items_of([replace(first, year=2018)], [held]) == {"r2019": held}  # a preprint and its journal


def test_a_short_title_alone_is_not_enough() -> None:
    bare = reference("r1", title="Attention")
    assert not is_item(bare, LibraryItem("K", "Attention"))
    long = reference("r1", title="Attention is all you need")
    assert is_item(replace(long, year=2017), LibraryItem("K", "Attention is all you need", year=2017))


def test_a_library_of_thousands_is_matched_in_a_moment() -> None:
    items = [item(f"Work number {n} of a very long list of works", doi=f"10.1/{n}") for n in range(3000)]
    opened = [file(f"Work number {n} of a folder " * 80) for n in range(500)]
    references = [
        reference(f"r{n}", title=f"Work number {n} of a very long list of works", authors=("Gao, T",), year=2023)
        for n in range(200)
    ]
    assert len(items_of(references, [*items, *opened])) == 200
