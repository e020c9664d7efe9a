"""The sentences of a paper in their places."""

from __future__ import annotations

from dataclasses import replace

from tests.papers import document, mention, reference, span

from citegrid.core.document import BlockKind
from citegrid.core.evidence import Passage, SourceKind
from citegrid.core.statement import Line
from citegrid.pipeline.evidence.passages import citations_of
from citegrid.pipeline.evidence.statements.lines import BEFORE, BEHIND, lines_of

FIRST, SECOND, THIRD = "We ask why birds sing.", "Others have asked before.", "We answer in full."
DOC = document(
    [(BlockKind.HEADING, "1 Introduction"), f"{FIRST} {SECOND}", (BlockKind.HEADING, "2 Results"), THIRD], title="Birds"
)
LINES = lines_of(citations_of(DOC, ()))


def passage(text: str, shown: str = "") -> Passage:
    return Passage(SourceKind.DOCUMENT, DOC.name, 1, text, (span(DOC, text),), shown, "as told")


def test_a_sentence_knows_its_section_place_and_neighbours() -> None:
    first, second = (LINES.line_of(passage(text), own=True) for text in (FIRST, SECOND))
    assert (first.shown, first.section, first.place) == (FIRST, "1 Introduction", 0.0)
    assert (first.before, first.behind) == ("", SECOND)
    assert (second.before, second.behind) == (FIRST, "")
    assert 0 < second.place < 1


def test_neighbours_do_not_cross_a_heading() -> None:
    third = LINES.line_of(passage(THIRD), own=True)
    assert (third.section, third.place) == ("2 Results", 1.0)
    assert (third.before, third.behind) == ("", "")


def test_only_a_sentence_of_a_cited_work_goes_on_about_it() -> None:
    assert LINES.line_of(passage(SECOND), own=False).goes_on
    assert not LINES.line_of(passage(SECOND), own=True).goes_on
    assert not LINES.line_of(passage(SECOND, "⟦TARGET⟧ have asked before."), own=False).goes_on


def test_what_is_no_sentence_of_the_running_text_has_no_neighbours() -> None:
    loose = replace(passage(FIRST), spans=())
    assert LINES.line_of(loose, own=True) == Line(FIRST, "as told")
    inner = replace(passage("birds sing."), text="birds sing.")
    assert LINES.line_of(inner, own=False) == Line("birds sing.", "as told")


def test_the_marked_words_are_read_where_there_are_any() -> None:
    assert LINES.line_of(passage(FIRST, "⟦TARGET⟧ ask why birds sing."), own=False).shown.startswith("⟦TARGET⟧")


def test_of_a_cited_work_only_the_clauses_about_it_are_read() -> None:
    shown = "⟦OTHER⟧ tune a model, whereas ⟦TARGET⟧ prompt one."
    assert LINES.line_of(passage(FIRST, shown), own=False).shown == "⟦TARGET⟧ prompt one."
    assert LINES.line_of(passage(FIRST, shown), own=True).shown == shown


def test_a_paper_of_one_sentence_and_one_of_none_have_places() -> None:
    one = document([FIRST])
    (place,) = lines_of(citations_of(one, ())).places.values()
    assert (place.share, place.before, place.behind) == (0.0, "", "")
    assert lines_of(citations_of(document([]), ())).places == {}


def test_long_neighbours_are_cut_at_the_far_end() -> None:
    long = "It " + "is very " * 60 + "long."
    doc = document([f"{long} {SECOND} {long}"])
    at = span(doc, SECOND)
    line = lines_of(citations_of(doc, ())).line_of(replace(passage(FIRST), text=SECOND, spans=(at,)), own=True)
    assert (len(line.before), len(line.behind)) == (BEFORE, BEHIND)
    assert line.before.endswith("long.") and line.behind.startswith("It is")


def test_an_account_of_others_goes_on_until_the_paper_speaks_of_itself() -> None:
    told = [
        "Kudo (2012) counts birds.",
        "The method is fast.",
        "It is cheap.",
        "We count them by ear.",
        "This is slow.",
    ]
    doc = document([(BlockKind.HEADING, "1 Birds"), " ".join(told), (BlockKind.HEADING, "2 Ends"), "Birds sing."])
    lines = lines_of(citations_of(doc, [reference("kudo", [mention(doc, "Kudo (2012)", told[0])])]))
    said = [Passage(SourceKind.DOCUMENT, doc.name, 1, one, (span(doc, one),)) for one in [*told, "Birds sing."]]
    assert [lines.line_of(one, own=True).of_others for one in said] == [True, True, True, False, False, False]
