"""Bibliographic formats, read back by parsers that others wrote."""

from __future__ import annotations

import json
from collections.abc import Callable

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from citeproc.source.json import CiteProcJSON

from citegrid.core.project import Project
from citegrid.core.reference import Imprint, Reference, Work, WorkKind
from citegrid.core.resources import resource
from citegrid.core.table import Row, Table
from citegrid.pipeline.export.bibliography_csl import reference_list
from citegrid.pipeline.export.bibtex import write_bib
from citegrid.pipeline.export.references import items_of, write_csl
from citegrid.pipeline.export.ris import write_ris

Sample = Callable[[str], Project]

WORKS = (
    Work(
        WorkKind.PAPER, "paper", "50% of $x_1$ & {more}: a #hash ~ study", ("Gao, Tianyu", "Müller-Özdemir, Jörg"), 2023
    ),
    Work(WorkKind.REFERENCE, "r1", "预训练语言模型综述", ("邵浩", "刘一烽"), 2021),
    Work(WorkKind.REFERENCE, "r2", "On the Report", ("European Commission and Council",), None),
    Work(WorkKind.REFERENCE, "r3", "Enabling Models", ("Gao, Tianyu",), 2023),
    Work(WorkKind.REFERENCE, "r4", "Enabling Others", ("Gao, Tianyu",), 2023),
    Work(WorkKind.REFERENCE, "r5", "", (), None),
)
REFERENCES = (
    Reference("r1", "", "", 1, (), (), venue="软件学报", doi="10.13328/j.cnki.jos_006.1%5"),
    Reference("r3", "", "", 1, (), (), venue="Proceedings of EMNLP & friends", url="https://x.org/a_b?c=1&d=%20#e"),
    Reference("r4", "", "", 1, (), (), arxiv="2305.14627"),
)


@pytest.fixture
def project() -> Project:
    return Project(table=Table((), tuple(Row(w, ()) for w in WORKS)))


def test_bibtex_comes_back_whole(project: Project):
    library = bibtexparser.parse_string(
        write_bib(project, REFERENCES), append_middleware=[SeparateCoAuthors(), LatexDecodingMiddleware()]
    )
    assert not library.failed_blocks
    entries = list(library.entries)
    assert len({e.key for e in entries}) == len(WORKS)
    for entry, work in zip(entries, WORKS, strict=True):
        got = {f.key: f.value for f in entry.fields}
        assert (
            got.get("title", "").strip("{}") == work.title.replace("{", "").replace("}", "")
            or work.title == got["title"]
        )
        assert tuple(a.strip("{}") for a in got.get("author", [])) == work.authors
        assert got.get("year") == (str(work.year) if work.year else None)
    by_title = {w.id: e for w, e in zip(WORKS, entries, strict=True)}
    assert (by_title["r1"].entry_type, by_title["r1"]["journal"]) == ("article", "软件学报")
    assert by_title["r3"].entry_type == "inproceedings"
    assert (by_title["r4"]["eprint"], by_title["r4"]["archiveprefix"]) == ("2305.14627", "arXiv")


def test_bibtex_keeps_addresses_as_they_are(project: Project):
    text = write_bib(project, REFERENCES)
    assert "url = {https://x.org/a_b?c=1&d=%20#e}" in text
    assert "doi = {10.13328/j.cnki.jos_006.1%5}" in text


def test_ris_comes_back_whole(project: Project):
    entries = rispy.loads(write_ris(project, REFERENCES))
    assert len(entries) == len(WORKS)
    for entry, work in zip(entries, WORKS, strict=True):
        assert entry.get("title", "") == work.title
        assert tuple(entry.get("authors", ())) == work.authors
        assert entry.get("year") == (str(work.year) if work.year else None)
    kinds = [e["type_of_reference"] for e in entries]
    assert kinds == ["GEN", "JOUR", "GEN", "CONF", "UNPB", "GEN"]
    assert entries[3]["urls"] == [REFERENCES[1].url]
    assert entries[1]["doi"] == REFERENCES[0].doi


def test_csl_comes_back_whole(project: Project):
    items = json.loads(write_csl(project, REFERENCES))
    assert [i["title"] for i in items] == [w.title for w in WORKS]
    assert items[0]["author"] == [
        {"family": "Gao", "given": "Tianyu"},
        {"family": "Müller-Özdemir", "given": "Jörg"},
    ]
    assert items[1]["author"] == [{"literal": "邵浩"}, {"literal": "刘一烽"}]
    assert [i.get("issued", {}).get("date-parts") for i in items] == [[[w.year]] if w.year else None for w in WORKS]
    assert items[1]["DOI"] == REFERENCES[0].doi and items[3]["URL"] == REFERENCES[1].url


def test_keys_are_ascii_and_each_its_own(project: Project):
    keys = [i.key for i in items_of(project)]
    assert keys == [
        "Gao2023X",
        "work2021",
        "EuropeanCommissionandCouncilndReport",
        "Gao2023Enabling",
        "Gao2023Enablinga",
        "worknd",
    ]
    assert all(k.isascii() for k in keys)


def test_every_sample_can_be_read_back(any_project: Project):
    library = bibtexparser.parse_string(write_bib(any_project))
    assert not library.failed_blocks and len(library.entries) == len(any_project.table.rows)
    assert len(rispy.loads(write_ris(any_project))) == len(any_project.table.rows)


def test_citeproc_reads_the_csl_file(project: Project):
    source = CiteProcJSON(json.loads(write_csl(project, REFERENCES)))
    for item in items_of(project, REFERENCES):
        read = source[item.key.lower()]
        assert (str(read.title) if item.title else "") == item.title
        assert len(read.get("author", ())) == len(item.authors)
        assert str(read.get("container_title", "")) == item.venue
        assert str(read.get("DOI", "")) == item.doi


@pytest.mark.parametrize(
    ("venue", "kind"),
    [
        ("清华大学学报（自然科学版）", "article-journal"),
        ("Journal of the University of Ruhuna", "article-journal"),
        ("中国医学科学院学报", "article-journal"),
        ("清华大学出版社", "document"),
        ("学位论文，北京大学", "document"),
        ("读者杂志社出版社", "document"),
        ("Oxford University Press", "document"),
        ("https://journal.example.org", "document"),
    ],
)
def test_a_journal_of_a_university_is_a_journal(venue: str, kind: str):
    project = Project(table=Table((), (Row(Work(WorkKind.REFERENCE, "r1", "T"), ()),)))
    entry = Reference("r1", "", "", 1, (), (), title="T", venue=venue)
    assert items_of(project, [entry])[0].kind == kind


WHOLE = Reference(
    "r1", "[1]", "[1] BERG A B, DE VRIES C, et al. Ties，and more [J]. Rivers, 2019, 12(3): 45-67.", 1, (), (),
    ("BERG, A B", "DE VRIES, C"), "Ties，and more", 2019, "Rivers", imprint=Imprint("12", "3", "45-67", mark="J"),
)  # fmt: skip
BOOK = Reference(
    "r2", "", "Falk, D. Water. Cambridge: Duck Press, 2016.", 1, (), (), ("Falk, D.",), "Water", 2016,
    "Cambridge: Duck Press", imprint=Imprint(publisher="Duck Press", place="Cambridge"),
)  # fmt: skip
MIXED = Reference(
    "r3", "3.", "3. Two works in one, York.", 1, (), (), (), "Two works", None, imprint=Imprint(mixed=True)
)


@pytest.fixture
def listed() -> Project:
    works = [Work(WorkKind.REFERENCE, r.id, r.title, r.authors, r.year) for r in (WHOLE, BOOK, MIXED)]
    return Project(table=Table((), tuple(Row(work, ()) for work in works)))


def test_every_format_says_where_a_work_is_printed(listed: Project):
    entries = (WHOLE, BOOK, MIXED)
    article, book, _ = bibtexparser.parse_string(write_bib(listed, entries)).entries
    assert (article["volume"], article["number"], article["pages"]) == ("12", "3", "45--67")
    assert (book.entry_type, book["publisher"], book["address"]) == ("book", "Duck Press", "Cambridge")
    assert "and others" in article["author"]
    article, book, _ = rispy.loads(write_ris(listed, entries))
    assert (article["volume"], article["number"], article["start_page"], article["end_page"]) == ("12", "3", "45", "67")
    assert (book["type_of_reference"], book["publisher"], book.get("secondary_title")) == ("BOOK", "Duck Press", None)
    article, book, _ = json.loads(write_csl(listed, entries))
    assert (article["volume"], article["issue"], article["page"]) == ("12", "3", "45-67")
    assert article["author"][1] == {"family": "de Vries", "given": "C"}
    assert (book["type"], book["publisher-place"], book.get("container-title")) == ("book", "Cambridge", None)


def test_a_list_is_complete_and_says_in_doubt_what_the_entry_says(listed: Project):
    style = resource("csl", "gb-t-7714.csl").read_bytes()
    printed = reference_list(items_of(listed, (WHOLE, BOOK, MIXED)), style)
    assert [entry.text for entry in printed.entries] == [
        "BERG A B, DE VRIES C, et al. Ties, and more[J]. Rivers, 2019, 12(3): 45-67.",
        "FALK D. Water[M]. Cambridge: Duck Press, 2016.",
        "Two works in one, York.",
    ]


@pytest.mark.parametrize(
    ("mark", "venue", "publisher", "kind"),
    [
        ("M", "", "Duck Press", "book"),
        ("M", "Handbook of Rivers", "", "chapter"),
        ("D", "", "Duck University", "thesis"),
        ("", "Handbook of Rivers", "Duck Press", "chapter"),
        ("C", "Proceedings of Rivers", "ACM", "paper-conference"),
        ("J", "Rivers", "", "article-journal"),
        ("", "", "", "document"),
    ],
)
def test_the_kind_is_what_mark_and_publisher_say(mark: str, venue: str, publisher: str, kind: str):
    project = Project(table=Table((), (Row(Work(WorkKind.REFERENCE, "r1", "T"), ()),)))
    entry = Reference("r1", "", "", 1, (), (), title="T", venue=venue, imprint=Imprint(publisher=publisher, mark=mark))
    assert items_of(project, [entry])[0].kind == kind
