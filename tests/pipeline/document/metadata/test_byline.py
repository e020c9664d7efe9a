"""Bylines as they are seen: marks, rows and gaps part names; what stands below them does not count."""

from __future__ import annotations

import pymupdf
import pytest

from citegrid.engines.pdf import open_pdf
from citegrid.pipeline.document.metadata.byline_rows import joined
from citegrid.pipeline.document.metadata.names import names_of, organisation
from citegrid.pipeline.document.read import read_document

TITLE = "A study of the measurement of many things"


def authors(path, *pieces):
    """The authors of a paper whose byline is set in ``pieces`` of ``(x, y, size, text)``."""
    pdf = pymupdf.open()
    page = pdf.new_page(width=595, height=842)
    page.insert_text((60, 90), TITLE, fontsize=18)
    for x, y, size, text in pieces:
        page.insert_text((x, y), text, fontsize=size)
    page.insert_text((60, 240), "Abstract", fontsize=11)
    for i in range(20):
        page.insert_text(
            (60, 260 + 14 * i), "Here the text of the paper says what was measured and how well.", fontsize=10
        )
    pdf.save(path)
    pdf.close()
    return read_document(open_pdf(path), None).authors


def test_raised_letters_part_names_and_belong_to_none(tmp_path):
    found = authors(
        tmp_path / "a.pdf",
        (60, 130, 12, "Anna Roth,"), (122, 125, 7, "a"), (130, 130, 12, "Ben Stark,"), (192, 125, 7, "ab"), (204, 130, 12, "Carla Maria"),
        (60, 146, 12, "Weiss,"), (98, 141, 7, "b"), (106, 146, 12, "and Dora Lang"), (186, 141, 7, "a"),
        (60, 166, 9, "a Department of Things, University of Paris"),
    )  # fmt: skip
    assert found == ("Anna Roth", "Ben Stark", "Carla Maria Weiss", "Dora Lang")


def test_names_side_by_side_are_parted_by_the_gap_between_them(tmp_path):
    found = authors(
        tmp_path / "a.pdf",
        (60, 130, 12, "Anna Roth"), (240, 130, 12, "Ben Stark"), (420, 130, 12, "Carla Weiss"),
        (60, 146, 12, "Paris University"), (240, 146, 12, "Rome University"), (420, 146, 12, "Bern University"),
    )  # fmt: skip
    assert found == ("Anna Roth", "Ben Stark", "Carla Weiss")


def test_raised_letters_that_the_file_glues_to_names_belong_to_none(tmp_path):
    found = authors(
        tmp_path / "a.pdf",
        (60, 130, 12, "Anna Roth"), (113, 125, 7, "a,"), (122, 130, 12, "Ben Stark"), (174, 125, 7, "b"),
        (60, 160, 9, "a Department of Things, University of Paris"),
    )  # fmt: skip
    assert found == ("Anna Roth", "Ben Stark")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Anna Roth1,2, Ben Stark∗ and\nCarla de la Cruz3", ("Anna Roth", "Ben Stark", "Carla de la Cruz")),
        ("Anna Roth\nBen Stark", ("Anna Roth",)),
        ("Anna Roth / Ben Stark", ("Anna Roth", "Ben Stark")),
        ("李雷1，韩梅梅2", ("李雷", "韩梅梅")),
        ("Department of Things", ()),
        ("We describe what Anna Roth found", ()),
    ],
)
def test_names_that_a_block_begins_with(text, names):
    assert names_of(text) == names


def test_the_rest_of_a_name_in_the_next_row():
    assert joined(["Ann Roth ; , Mohammad Hosein", "Farzaei ; , Roja Rahimi ;"]).count("Mohammad Hosein Farzaei") == 1
    assert joined(["Ann Roth", "Ben Stark"]) == "Ann Roth ; Ben Stark"


@pytest.mark.parametrize(
    ("text", "following", "name"),
    [
        ("DeepSeek-AI", "research@deepseek.com", "DeepSeek-AI"),
        ("Gemma Team", "Abstract", "Gemma Team"),
        ("The ATLAS Collaboration", "", "The ATLAS Collaboration"),
        ("A Technical Report", "ann@paris.edu", ""),
        ("Preprint", "Abstract", ""),
        ("We describe what our mail server does at the university", "x@university.edu", ""),
        ("ann@team.org", "ann@team.org", ""),
    ],
)
def test_organisations_that_sign_alone(text, following, name):
    assert organisation(text, following) == name
