"""Reference lists in the shipped citation styles."""

from __future__ import annotations

from pathlib import Path

import pytest

from citegrid.core.errors import InputError
from citegrid.core.project import Project
from citegrid.core.reference import Reference, Work, WorkKind
from citegrid.core.table import Row, Table
from citegrid.pipeline.export.reference_list import ReferenceList, reference_list
from citegrid.pipeline.export.works import items_of

STYLES = Path(__file__).resolve().parents[3] / "resources" / "csl"
WORKS = (
    Work(WorkKind.PAPER, "paper", "Text with <i>Citations</i> & more", ("Tianyu Gao", "Ludwig van Beethoven"), 2023),
    Work(WorkKind.REFERENCE, "r1", "预训练语言模型综述", ("邵浩", "刘一烽", "王", "李"), 2021),
    Work(WorkKind.REFERENCE, "r2", "Many hands", ("Able, Ann", "Baker, Bob", "Carter, Cy", "Dole, Di"), 2020),
    Work(WorkKind.REFERENCE, "r3", "On nothing", (), None),
    Work(WorkKind.REFERENCE, "r4", "", (), None),
)
REFERENCES = (
    Reference("r1", "", "", 1, (), (), venue="软件学报"),
    Reference("r2", "", "", 1, (), (), venue="Proceedings of EMNLP", doi="10.1000/a_b"),
)


def printed(style: str) -> ReferenceList:
    project = Project(table=Table((), tuple(Row(w, ()) for w in WORKS)))
    return reference_list(items_of(project, REFERENCES), (STYLES / f"{style}.csl").read_bytes())


def test_gb_t_7714_numbers_the_works_and_writes_each_in_its_own_language():
    made = printed("gb-t-7714")
    assert made.numbered
    assert [e.text for e in made.entries] == [
        "GAO T, VAN BEETHOVEN L. Text with <i>Citations</i> & more[Z]. 2023.",
        "邵浩, 刘一烽, 王, 等. 预训练语言模型综述[J]. 软件学报, 2021.",
        "ABLE A, BAKER B, CARTER C, et al. Many hands[C/OL]//Proceedings of EMNLP. 2020. DOI:10.1000/a_b.",
        "On nothing[Z].",
    ]


def test_apa_sorts_by_author_and_sets_in_italics_what_it_should():
    made = printed("apa")
    assert not made.numbered
    assert [e.index for e in made.entries] == [2, 0, 3, 1]
    first = made.entries[0]
    assert first.text == (
        "Able, A., Baker, B., Carter, C., & Dole, D. (2020). Many hands. Proceedings of EMNLP. "
        "https://doi.org/10.1000/a_b"
    )
    assert [text for text, slanted in first.pieces if slanted] == ["Proceedings of EMNLP"]
    assert made.entries[2].text == "On nothing. (n.d.)."
    assert not any(slanted for _, slanted in made.entries[3].pieces)


def test_ieee_keeps_the_order_of_the_table():
    made = printed("ieee")
    assert [e.index for e in made.entries] == [0, 1, 2, 3]
    assert made.entries[2].text.startswith("A. Able, B. Baker, C. Carter, and D. Dole, “Many hands”")


@pytest.mark.parametrize(
    "style",
    [
        b"",
        b"no xml",
        b"<html/>",
        b'<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"/>',
    ],
)
def test_a_style_that_is_none_is_said_so(style: bytes):
    with pytest.raises(InputError, match=r"citation style"):
        reference_list(items_of(Project(table=Table((), (Row(WORKS[0], ()),)))), style)
