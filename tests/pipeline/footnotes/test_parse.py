"""Papers that cite in footnotes: what each note cites, and which works each mark of the text means."""

from __future__ import annotations

from collections import Counter

import pymupdf
import pytest
from tests.pipeline.set_notes import NOTES, set_notes

from citegrid.core.language.text import key_text
from citegrid.engines.pdf import open_pdf
from citegrid.pipeline.footnotes.known_works import KnownWork
from citegrid.pipeline.footnotes.parse import NoteReader
from citegrid.pipeline.run import read_paper


@pytest.mark.parametrize("name", NOTES)
def test_every_work_and_every_mark_of_a_paper_with_footnotes_is_read(tmp_path, name):
    works, gold = set_notes(tmp_path / "paper.pdf", NOTES[name], 1)
    paper = read_paper(open_pdf(tmp_path / "paper.pdf"), None)
    assert [key_text(r.title) for r in paper.references] == [key_text(w.title) for w in works]
    assert [r.year for r in paper.references] == [w.year for w in works]
    assert [key_text(r.authors[0].split(",")[0]) for r in paper.references] == [key_text(w.families[0]) for w in works]
    words = {word for _, word in gold}
    found = Counter(
        (number, next((word for word in words if word in mention.sentence), mention.sentence))
        for number, reference in enumerate(paper.references, 1)
        for mention in reference.mentions
    )
    assert found == gold
    assert paper.document.warnings == ()


_FIRST = "Anna Smith, The History of Rivers (Cambridge: Things Press, 1999), 12."
_OTHER = "Anna Smith, The Law of Seas (Cambridge: Things Press, 2004), 34."


def _read(*notes: str) -> tuple[list[list[int]], list[int]]:
    reader = NoteReader([], closed=False)
    italic = ("The History of Rivers", "The Law of Seas")
    return [[p.work for p in reader.read(n, note, italic)] for n, note in enumerate(notes, 1)], reader.unsure


def test_a_short_form_means_the_work_whose_title_it_begins():
    works, unsure = _read(_FIRST, _OTHER, "Smith, History of Rivers, 14.", "Smith, Law of Seas, 15.")
    assert (works, unsure) == ([[0], [1], [0], [1]], [])


@pytest.mark.parametrize(
    "note", ["Smith, 14.", "Smith, op. cit., p. 14.", "Smith, Other Words, p. 15.", "Jones, p. 3."]
)
def test_a_short_form_that_may_mean_two_works_or_none_means_none_and_is_told(note):
    works, unsure = _read(_FIRST, _OTHER, note + " See p. 3.")
    assert (works[2], unsure) == ([], [3])


def test_ibid_behind_two_works_means_neither():
    works, _ = _read(f"{_FIRST[:-1]}; {_OTHER}", "Ibid., 15.")
    assert works == [[0, 1], []]


def test_ibid_behind_a_remark_means_nothing():
    works, _ = _read(_FIRST, "I owe this thought to a friend.", "Ibid., 15.")
    assert works == [[0], [], []]


def test_ibid_and_supra_behind_a_work_that_was_not_told_mean_nothing():
    """Of two works in a note one is read and one is not: what points back may mean the other."""
    works, unsure = _read(
        f"{_FIRST[:-1]}; Jones, p. 3.", "Ibid., 15.", "Supra note 1, at 5.", "Smith, supra note 1, at 5."
    )
    assert works == [[0], [], [], [0]]
    assert unsure == [1, 2, 3]


def test_supra_means_the_work_of_the_note_it_names():
    works, _ = _read(
        f"{_FIRST[:-1]}; Bo Li, The Law of Seas (Cambridge: Things Press, 2004), 3.", "Li, supra note 1, at 5."
    )
    assert works == [[0, 1], [1]]


def test_ibid_behind_a_note_that_was_not_found_means_nothing():
    reader = NoteReader([], closed=False)
    reader.read(1, _FIRST, ("The History of Rivers",))
    assert reader.read(3, "Ibid., 15.", ()) == []
    assert reader.unsure == [3]


def test_idem_means_another_work_of_the_author_above():
    works, unsure = _read(_FIRST, _OTHER, "Idem, History of Rivers, 15.", "Idem, Other Words, 3.")
    assert (works, unsure) == ([[0], [1], [0], []], [4])


def test_op_cit_means_the_only_work_of_its_author_cited_before():
    reader = NoteReader(
        [KnownWork.of(("Smith, Anna",), t, y) for t, y in (("The History of Rivers", 1999), ("The Law of Seas", 2004))],
        closed=True,
    )
    notes = ["Smith, op. cit.", _FIRST, "Smith, op. cit., p. 5.", _OTHER, "Smith, op. cit., p. 6."]
    italic = ("The History of Rivers", "The Law of Seas")
    found = [[p.work for p in reader.read(n, note, italic)] for n, note in enumerate(notes, 1)]
    assert (found, reader.unsure) == ([[], [0], [0], [1], []], [1, 5])


@pytest.mark.parametrize(
    ("note", "authors", "title"),
    [
        ("Vgl. Hans Bloss, Changes in the process, in: ders. (Hrsg.), The new role, Boulder–Oxford 1995, S. 3-34.", ["Bloss, Hans"], "Changes in the process"),
        ("Karin Kurz/Katrin Golsch, Case Study Germany: Uncertainty, in: Erik Kli (Hrsg.), Youth, London 2005, S. 51.", ["Kurz, Karin", "Golsch, Katrin"], "Case Study Germany: Uncertainty"),
        ("Dirk J. Van de Kaa, Second Transition, in: Population Bulletin, 42 (1987), S. 1.", None, "Second Transition"),
        ("Für einen Überblick vgl. Ulrich Beck, Risikogesellschaft, Frankfurt/M. 1986, S. 25.", ["Beck, Ulrich"], "Risikogesellschaft"),
        ("Ernst Berg, Recht, Staat, Freiheit. Studien zum Recht, Frankfurt am Main 1991, S. 92 ff.", ["Berg, Ernst"], "Recht, Staat, Freiheit. Studien zum Recht"),
        ("Berg, Hans: Die Geschichte der Dinge, München 1998, S. 12–15.", ["Berg, Hans"], "Die Geschichte der Dinge"),
        ("Michael Kloss, Umweltrecht der Länder, 4. Aufl. 2016, § 3 Rn. 12.", ["Kloss, Michael"], "Umweltrecht der Länder"),
        ("H.-U. Wehn, Deutsche Geschichte der Dinge, Bd. 3, München 1995, S. 1250.", ["Wehn, H.-U."], "Deutsche Geschichte der Dinge"),
        ("Niklas Lohm: Soziale Dinge. Grundriß einer Theorie. Frankfurt a. M. 1984, S. 242.", ["Lohm, Niklas"], "Soziale Dinge. Grundriß einer Theorie"),
        ("John Smith, A History of Rivers (Oxford: Oxford University Press, 1999), 45.", ["Smith, John"], "A History of Rivers"),
        ("Voir Michel Dumont, Les lieux et les noms. Naissance du lieu, Paris, A. Colin, 1975, p. 30-31.", ["Dumont, Michel"], "Les lieux et les noms. Naissance du lieu"),
        ("Jean Dupont, L’histoire des fleuves, Paris, Gallimard, 1995, p. 34.", ["Dupont, Jean"], "L’histoire des fleuves"),
        ("Angelika Tölke/Martin Diewald, Berufsbiographische Unsicherheiten, in: W. Bien (Anm. 10), S. 349.", ["Tölke, Angelika", "Diewald, Martin"], "Berufsbiographische Unsicherheiten"),
    ],
)  # fmt: skip
def test_commas_set_off_a_title(note, authors, title):
    ((citation,),) = [NoteReader([], closed=False).read(1, note, ())]
    assert citation.fields.title == title
    assert authors is None or list(citation.fields.authors) == authors


@pytest.mark.parametrize(
    "note",
    [
        "Im Osten lag die Geburtenrate deutlich höher, brach aber 1989 ein, in den Jahren danach stieg sie.",
        "Weitere Angaben: Das Buch erschien zuerst im Jahre 1995, dann in Berlin und in London.",
        "So auch der Vortrag von Hans Berg im Jahr 1995, der in Berlin, Hamburg und Köln gehalten wurde.",
        "Eigene Auswertung auf Basis des European Community Household Panel 1994 bis 2001.",
    ],
)
def test_a_sentence_with_commas_and_a_year_is_no_work(note):
    assert NoteReader([], closed=False).read(1, note, ()) == []


def _paper(path, notes: list[list[str]], top: float) -> None:
    """A paper of one page for each list of notes; its marks are raised numbers that go on from page to page."""
    number = 0
    with pymupdf.open() as pdf:
        for of_page in notes:
            page = pdf.new_page(width=595, height=842)
            text = ""
            for _ in of_page:
                number += 1
                text += f"The river of sentence {number} bends.<sup>{number}</sup> "
            page.insert_htmlbox(
                (60, 70, 535, 400),
                f'<p style="font: 11px serif">{text}</p>' + "<p>All is well here and there.</p>" * 9,
            )
            small = "".join(f"<p>{number - len(of_page) + i} {note}</p>" for i, note in enumerate(of_page, 1))
            page.insert_htmlbox((60, top, 535, 815), small, css="p {font: 8px serif; margin: 0 0 2px 0}")
        pdf.save(path)


def test_a_note_that_stands_alike_at_the_foot_of_many_pages_is_no_running_footer(tmp_path):
    first = "Anna Smith, <i>The History of Rivers</i> (Cambridge: Things Press, 1999), 12."
    more = "Bo Li, <i>The Law of Seas</i> (Cambridge: Things Press, 2004), 3."
    third = "Eva Roth, <i>The Ways of Ice</i> (Cambridge: Things Press, 2001), 3."
    _paper(
        tmp_path / "paper.pdf",
        [[first, more, third], *([["Li, <i>Law of Seas</i>, 4.", "Smith, <i>History of Rivers</i>, 45."]] * 3)],
        752,
    )
    paper = read_paper(open_pdf(tmp_path / "paper.pdf"), None)
    assert [len(r.mentions) for r in paper.references] == [4, 4, 1]


def test_a_paper_whose_notes_only_remark_has_no_works(tmp_path):
    _paper(tmp_path / "paper.pdf", [[f"I owe thought {n} to a friend of mine." for n in range(6)]] * 2, 640)
    paper = read_paper(open_pdf(tmp_path / "paper.pdf"), None)
    assert paper.references == ()
    assert "the text has 12 footnotes; what they cite could not be told." in paper.document.warnings


def test_what_a_remark_says_is_no_work():
    works, _ = _read(
        "In 1999 John Smith of Cambridge said “this is so”, and in 2004 he took it back (personal letter, 2004)."
    )
    assert works == [[]]


def test_a_work_in_full_means_the_entry_of_the_bibliography():
    reader = NoteReader([KnownWork.of(("Smith, Anna",), "The History of Rivers", 1999)], closed=True)
    assert [p.work for p in reader.read(1, _FIRST, ("The History of Rivers",))] == [0]
    assert [p.work for p in reader.read(2, _FIRST.replace("Rivers", "Riwers"), ("The History of Riwers",))] == [0]
    assert [p.work for p in reader.read(3, _OTHER, ("The Law of Seas",))] == [1]  # the list lacks it
