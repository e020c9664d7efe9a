"""In-text citations in every form, resolved to their entries."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.papers import document
from tests.pipeline.citations.lifted import NAMES, cited, entry, ids, lifted, numbered, whole

from citegrid.core.document import BlockKind
from citegrid.core.reference import Intent
from citegrid.pipeline.citations.resolve import find_mentions

PAPERS = Path(__file__).parents[3].parent / "shared" / "corpus" / "papers"


# -- numbers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("as shown [3].", "r3"),
        ("as shown [3, 5–8].", "r3 r5 r6 r7 r8"),
        ("as shown [3,5-7,9].", "r3 r5 r6 r7 r9"),
        ("as shown [3]–[5].", "r3 r4 r5"),
        ("as shown [3], [4] and [6].", "r3 r4 r6"),
        ("as shown [see 3, p. 12].", "r3"),
        ("as shown [3, Theorem 2].", "r3"),
        ("as shown [2; 4].", "r2 r4"),
        ("as shown [2--4].", "r2 r3 r4"),
        ("as shown [3, 5, and 7].", "r3 r5 r7"),
        ("as shown [\n3,\n5].", "r3 r5"),
        ("As Authorb et al. [2] say.", "r2"),
        ("张三等[3]指出。", "r3"),
        ("方法［3］和【5】。", "r3 r5"),
        ("方法［3，5－7］。", "r3 r5 r6 r7"),
    ],
)
def test_numbers_in_brackets(text: str, expected: str) -> None:
    doc = document([f"First [1] and [2]. Next {text}"])
    assert ids(doc, numbered(9)) == f"r1 r2 {expected}"


@pytest.mark.parametrize(
    "text",
    [
        "values in the interval [1, 5]",
        "x ∈ [2, 4]",
        "a[3] is set",
        "weights in [0, 1]",
        "a rate of [1e-5, 1]",
        "the page [77]",
        "the vector [1.5, 2]",
        "the matrix [1 2 3]",
        "count[3] = tid[4].x",
        "12 : [4] and [5] -> [6]",
        "\nFigure 1: Trend [3] ......... 5\n",
    ],
)
def test_brackets_that_are_no_citation(text: str) -> None:
    doc = document([f"First [7] and [8]. Here {text} is meant."])
    assert ids(doc, numbered(9)) == "r7 r8"


def test_round_brackets_but_not_equations() -> None:
    doc = document(["First (1, 2) and then (3–5). From Eq. (6) and Eqs. (7) and (8) follows f(9).", "x = y\n(4)"])
    assert ids(doc, numbered(9)) == "r1 r2 r3 r4 r5"


def test_superscripts_but_not_exponents() -> None:
    doc = lifted("We know^{1,2} that this holds.^{3,5–7} An area of 10 m^{2} or 10^{4} cells^{8} and R^{2} too.")
    assert ids(doc, numbered(9)) == "r1 r2 r3 r5 r6 r7 r8"


@pytest.mark.parametrize(
    "text",
    [
        "a rate of 10^{-3} and 10^{3}, an area of 5 km^{2}, 3 mm^{2} or 7 Å^{3}",
        "a flux of 4 erg s^{-1} cm^{-2}, a dose of 2 ha^{-1} or 3 pc^{3}",
        "with R^{2} = 0.9, χ^{2} = 3, adjusted r^{2} and η^{2}",
        "a power of s-^{1} or 10-^{3} whose sign was set on the line",
        "the nuclei ^{14}C, ^{3}He and (^{2}H) and the ions Fe^{3+} and Cu^{2+}",
    ],
)
def test_raised_numbers_that_are_no_citation(text: str) -> None:
    doc = lifted(f"We know^{{4,5}} that {text} matter^{{6}} here.")
    assert ids(doc, numbered(20)) == "r4 r5 r6"


def test_marks_behind_the_papers_own_authors_cite_nothing() -> None:
    doc = lifted("Anna Roth^{1}, Ben Stark^{1,2}", "We know^{3} that Miller^{2} is right.")
    doc = replace(doc, authors=("Roth, Anna", "Ben Stark"))
    assert ids(doc, numbered(3)) == "r3 r2"


def test_a_reference_on_the_line_beside_superscripts() -> None:
    doc = lifted("We know^{1,2} this from ref. 4 and refs 6-7, not from reference 3.5 or Fig. 8.")
    assert ids(doc, numbered(9)) == "r1 r2 r4 r6 r7"


def test_footnote_marks_do_not_cite_entries_without_numbers() -> None:
    doc = lifted("We know^{1} this^{2} well^{3} and so on^{4}. See Authora (1991).")
    assert ids(doc, [replace(r, label="") for r in numbered(4)]) == "r1"


def test_a_superscript_after_the_stop_belongs_to_the_sentence_before_it() -> None:
    doc = lifted("One holds.^{1} Two holds too.^{2,3} Three holds.")
    found = {r.id: r.mentions[0].sentence for r in find_mentions(doc, numbered(3), ())}
    assert found == {"r1": "One holds.1", "r2": "Two holds too.2,3", "r3": "Two holds too.2,3"}


def test_a_bracket_after_the_stop_belongs_to_the_sentence_before_it() -> None:
    doc = document(["One holds. [1] Two holds too.[2] Three holds."])
    found = [r.mentions[0].sentence for r in find_mentions(doc, numbered(2), ())]
    assert found == ["One holds. [1]", "Two holds too.[2]"]


def test_position_counts_where_the_list_has_no_labels() -> None:
    references = [replace(r, label="") for r in numbered(4)]
    assert ids(document(["One [2], two [4], three [1, 3]."]), references) == "r2 r4 r1 r3"


def test_a_number_of_two_lists_means_the_next_list() -> None:
    first, second = [replace(r, page=2) for r in numbered(2)], [replace(r, page=4) for r in numbered(2)]
    second = [replace(r, id=f"s{r.id}") for r in second]
    doc = document(["One [1]."], ["Text [2]."], ["Two [1]."], ["Text [2]."])
    assert ids(doc, [*first, *second]) == "r1 r2 sr1 sr2"


def test_keys() -> None:
    references = [
        entry("smi", "[Smi+20]", 2020, "Smith, A."),
        entry("knu", "[Knu84a]", 1984, "Knuth, D."),
        entry("abc", "[ABC99]", 1999, "A, B."),
        entry("obr", "[O’B11]", 2011, "O’Brien, C."),
    ]
    doc = document(["As [Smi+20] says, [Knu84a,\nABC99] and [XYZ] differ; see [Knu84a, p. 3] and [O’B11]."])
    assert cited(doc, references) == [
        ("smi", "[Smi+20]"),
        ("knu", "Knu84a"),
        ("abc", "ABC99"),
        ("knu", "[Knu84a, p. 3]"),
        ("obr", "[O’B11]"),
    ]


# -- places, sentences, sections ---------------------------------------------------------------------------------------


def test_a_part_of_a_bracket_has_a_box_of_its_own() -> None:
    doc = document(["Shown before (Smith and Jones, 2018; Jones, 2019)."])
    boxes = {r.id: r.mentions[0].boxes for r in find_mentions(doc, NAMES, ()) if r.mentions}
    left, right = boxes["smithjones18"][0], boxes["jones19"][0]
    assert left.x1 < right.x0
    assert left.x0 == 60 + 5 * len("Shown before (")
    assert right.x1 == 60 + 5 * len("Shown before (Smith and Jones, 2018; Jones, 2019")


def test_a_citation_across_a_page_end_has_a_place_on_both_pages() -> None:
    doc = document(["It was shown by (Smith and"], ["Jones, 2018) that all is well. Next."])
    mention = next(r for r in find_mentions(doc, NAMES, ()) if r.id == "smithjones18").mentions[0]
    assert mention.page == 1
    assert [s.page for s in mention.spans] == [1, 2]
    assert [b.page for b in mention.boxes] == [1, 2]
    assert mention.text == "(Smith and Jones, 2018)"
    assert mention.sentence == "It was shown by (Smith and Jones, 2018) that all is well."


def test_sentence_section_and_company() -> None:
    doc = document([(BlockKind.HEADING, "2 Method"), "Before. We extend the\nmethod of [1, 2] here. After [3]."])
    one, _, three = find_mentions(doc, numbered(3), ())
    assert one.mentions[0].sentence == "We extend the method of [1, 2] here."
    assert one.mentions[0].section == "2 Method"
    assert one.mentions[0].beside == 1
    assert three.mentions[0].beside == 0
    assert (
        doc.page(1)
        .text[slice(one.mentions[0].sentence_spans[0].start, one.mentions[0].sentence_spans[0].end)]
        .startswith("We extend")
    )


@pytest.mark.parametrize("kind", [BlockKind.CAPTION, BlockKind.FOOTNOTE, BlockKind.TABLE, BlockKind.HEADING])
def test_captions_footnotes_tables_and_headings_cite_too(kind: BlockKind) -> None:
    doc = document(["Text [1].", (kind, "Taken from [2]")])
    assert ids(doc, numbered(2)) == "r1 r2"


@pytest.mark.parametrize("kind", [BlockKind.HEADER, BlockKind.FOOTER, BlockKind.LINE_NUMBER])
def test_headers_and_footers_do_not_cite(kind: BlockKind) -> None:
    doc = document(["Text [1].", (kind, "[2]")])
    assert ids(doc, numbered(2)) == "r1"


def test_the_list_itself_does_not_cite() -> None:
    doc = document(["Text [1] and [2]."], ["[1] Smith. See also [2].", "[2] Jones."])
    spans = [replace(s, end=s.end) for s in (whole(doc.page(2), 0), whole(doc.page(2), 1))]
    references = [replace(r, spans=(s,), page=2) for r, s in zip(numbered(2), spans, strict=True)]
    assert ids(doc, references) == "r1 r2"


@pytest.mark.parametrize(
    ("text", "narrative"),
    [
        ("Smith and Jones (2018) show it.", True),
        ("It is shown (Smith and Jones, 2018).", False),
    ],
)
def test_narrative_names(text: str, narrative: bool) -> None:
    mention = next(r for r in find_mentions(document([text]), NAMES, ()) if r.mentions).mentions[0]
    assert mention.narrative is narrative


@pytest.mark.parametrize(
    ("text", "narrative"),
    [
        ("As in [1], all is well.", True),
        ("Authora et al. [1] show it.", True),
        ("Ann Authora and colleagues [1] show it.", True),
        ("Authora y otros [1] lo muestran.", True),
        ("文献[1]提出了方法。", True),
        ("All is well [1].", False),
    ],
)
def test_narrative_numbers(text: str, narrative: bool) -> None:
    assert find_mentions(document([text]), numbered(1), ())[0].mentions[0].narrative is narrative


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("We use the parser of [1].", Intent.USES),
        ("Features were computed using ABC [1].", Intent.USES),
        ("Our method extends the work of [1].", Intent.EXTENDS),
        ("We compare it with the baseline [1].", Intent.COMPARES),
        ("Unlike [1], no labels are needed.", Intent.CONTRASTS),
        ("Language is complex [1].", Intent.BACKGROUND),
        ("Authora et al. [1] used a parser and compared it with a baseline.", Intent.BACKGROUND),
        ("Parsers have been widely used with care [1].", Intent.BACKGROUND),
        ("However, this does not matter [1].", Intent.BACKGROUND),
        ("As in [1], we use a parser.", Intent.USES),
        ("张三等[1]采用了树模型。", Intent.BACKGROUND),
        ("本文采用文献[1]的方法。", Intent.USES),
        ("在文献[1]的基础上进行了改进。", Intent.EXTENDS),
        ("与文献[1]相比，效果更好。", Intent.COMPARES),
        ("不同于文献[1]，无需标注。", Intent.CONTRASTS),
        ("语言是复杂的[1]。", Intent.BACKGROUND),
    ],
)
def test_intent(text: str, intent: Intent) -> None:
    assert find_mentions(document([text]), numbered(1), ())[0].mentions[0].intent is intent


# -- the rest ----------------------------------------------------------------------------------------------------------


def test_no_references_no_mentions() -> None:
    assert find_mentions(document(["Text [1]."]), (), ()) == ()


def test_a_paper_three_times_as_long_takes_no_more_than_its_share() -> None:
    page = ["As Smith and Jones (2018) say (Smith et al., 2020a,b; Jones, 2019), all is well in 2017. " * 40] * 2
    seconds = []
    for pages in (10, 30):
        doc = document(*[page] * pages)
        began = time.process_time()
        found = find_mentions(doc, NAMES, ())
        seconds.append(time.process_time() - began)
        assert sum(len(r.mentions) for r in found) == 4 * 40 * 2 * pages
    assert seconds[1] < 9 * seconds[0]  # 3 where it grows with the length, 9 where with its square


@pytest.mark.parametrize(
    "text",
    ["[" + "1," * 4000, "[" + "1 - " * 4000, "(" * 4000, "[1]" * 3000, "see " * 4000 + "[1]", "(" + "Smith et al., 2020; " * 2000, "Smith, " * 4000 + "2020"],
)  # fmt: skip
def test_hostile_text_is_read_in_bounded_time(text: str) -> None:
    began = time.process_time()
    find_mentions(document([text]), [*NAMES, *numbered(9)], ())
    assert time.process_time() - began < 30  # an explosion takes minutes


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from([*"[](),;-–.&\n 12370", "2020", "a", "Smith", "Jones", " et al.", "张三", "等", "［", "）"]),
        max_size=40,
    )
)
def test_no_text_crashes_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    for references in (NAMES, numbered(9), [replace(r, label="") for r in numbered(3)]):
        for found in find_mentions(document([text]), references, ()):
            assert all(m.spans and m.text for m in found.mentions)


# -- numbers that are something else -------------------------------------------------------------------------------------


def test_numbers_with_which_a_paper_calculates_cite_nothing() -> None:
    doc = document(
        [
            "First [1] and [2] and Physics [6].",
            "[3] ⊗ [8] = [6] ⊕ [5]",
            "Only the [6] are attractive, not a state in the flavor [5] representation.",
        ]
    )
    assert ids(doc, numbered(9)) == "r1 r2 r6"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("an algorithm (3)", "r3"), ("those problems (3, 4)", "r3 r4"), ("Algorithm (3)", ""), ("equation (3)", "")],
)
def test_a_word_bears_a_number_in_round_brackets_only_as_a_name(text: str, expected: str) -> None:
    doc = document([f"First (1) and then (2) and others (5). We use {text} here."])
    assert ids(doc, [replace(r, label=r.id[1:] + ".") for r in numbered(6)]) == f"r1 r2 r5 {expected}".strip()


@pytest.mark.parametrize("formula", ["n px^{1} q = 2 z^{3} q", "is given by λ^{3} as before it was said"])
def test_raised_numbers_in_formulas_cite_nothing(formula: str) -> None:
    doc = lifted("This was shown in words^{1} and in others^{2}.", formula)
    assert ids(doc, numbered(4)) == "r1 r2"
