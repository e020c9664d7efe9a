"""In-text citations in every form, resolved to their entries."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.papers import document, reference

from citegrid.core.document import BlockKind, Document, Page, Word
from citegrid.core.reference import Intent, Reference
from citegrid.pipeline.citations.resolve import find_mentions
from citegrid.ports import Link

PAPERS = Path(__file__).parents[3].parent / "shared" / "corpus" / "papers"


def entry(name: str, label: str = "", year: int | None = None, *authors: str, raw: str = "") -> Reference:
    """An entry of a list; its text stands on no page of the document."""
    names = " and ".join(authors)
    return reference(
        name, label=label, raw=raw or f"{names}. {year}. A title of {name}.", year=year, authors=authors, page=99
    )


def numbered(count: int) -> list[Reference]:
    return [entry(f"r{n}", f"[{n}]", 1990 + n, f"Author{chr(96 + n)}, A.") for n in range(1, count + 1)]


def lifted(*parts: str) -> Document:
    """A page whose ``^{12}`` are superscripts."""
    plain = [re.sub(r"\^\{(.*?)\}", r"\1", part) for part in parts]
    doc = document(plain)
    page = doc.pages[0]
    places: list[tuple[int, int]] = []
    for block, part in zip(page.blocks, parts, strict=True):
        shift = 0
        for match in re.finditer(r"\^\{(.*?)\}", part):
            at = block.start + match.start() - shift
            places.append((at, at + len(match.group(1))))
            shift += 3
    return replace(doc, pages=(replace(page, words=tuple(w for word in page.words for w in _cut(word, places))),))


def _cut(word: Word, places: Sequence[tuple[int, int]]) -> list[Word]:
    cuts = sorted({word.start, word.end} | {p for a, b in places for p in (a, b) if word.start < p < word.end})
    return [
        replace(
            word, text=word.text[a - word.start : b - word.start], start=a, end=b, edges=word.edges[a - word.start : b - word.start + 1],
            raised=any(x <= a and b <= y for x, y in places),
        )
        for a, b in pairwise(cuts)
    ]  # fmt: skip


def cited(doc: Document, references: Sequence[Reference]) -> list[tuple[str, str]]:
    """``(entry, citation as printed)`` in reading order."""
    found = [(m, r.id) for r in find_mentions(doc, references, ()) for m in r.mentions]
    found.sort(key=lambda f: (f[0].spans[0].page, f[0].spans[0].start))
    return [(name, m.text) for m, name in found]


def ids(doc: Document, references: Sequence[Reference]) -> str:
    return " ".join(name for name, _ in cited(doc, references))


# -- names as files and authors write them ---------------------------------------------------------------------------------

ODD_NAMES = [
    entry("n", "", 2017, "Schoukens, M.", "Noël, J.", raw="Schoukens, M. and No¨el, J. 2017. Benchmarks."),
    entry(
        "c",
        "",
        1991,
        "Csörgő, S.",
        "Haeusler, E.",
        "Mason, D.",
        raw="Cs¨org˝o, S., Haeusler, E. and Mason, D. 1991. Sums.",
    ),
    entry("a", "", 2015, "Rizzuto, A.", "Ireland, M.", "Kraus, A.", raw="Rizzuto, A. et al. 2015a. One."),
    entry("b", "", 2015, "Rizzuto, A.", "Ireland, M.", "Kraus, A.", raw="Rizzuto, A. et al. 2015b. Two."),
    entry("p", "", None, "Piga, D.", raw="Piga, D. Integration. In press."),
    entry("g", "", 2009, "Guaita, L.", raw="Guaita, L. et al. 2009. Emitters."),
    entry("k", "", 2005, raw="Bundeskriminalamt 2005: Netzwerke."),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("as Schoukens and No¨el (2017) say", "n"),
        ("as said (Cs¨org˝o et al., 1991)", "c"),
        ("as said (Rizzuto et al., 2015b,a)", "b a"),
        ("as said (Rizzuto et al., 2015b;a)", "b a"),
        ("as Piga (In press) says", "p"),
        ("as said (Guaita et al. 2010)", "g"),
        ("as said (vgl. BKA 2005)", "k"),
        ("as said (SPD 2005)", ""),
    ],
)
def test_names_and_years_as_files_and_authors_write_them(text: str, expected: str) -> None:
    doc = document([f"It is {text}. The end."])
    assert ids(doc, ODD_NAMES) == expected


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


# -- names -------------------------------------------------------------------------------------------------------------

NAMES = [
    entry(
        "smith20a", "", 2020, "Smith, A.", "Jones, B.", "Miller, C.", raw="Smith, A., Jones, B., Miller, C. 2020a. One."
    ),
    entry(
        "smith20b", "", 2020, "Smith, A.", "Jones, B.", "Adams, C.", raw="Smith, A., Jones, B., Adams, C. 2020b. Two."
    ),
    entry("jones19", "", 2019, "Jones, B."),
    entry("smithjones18", "", 2018, "Smith, A.", "Jones, B."),
    entry("smith18", "", 2018, "Smith, A."),
    entry("berg", "", 2015, "van den Berg, P."),
    entry("garcia", "", 2014, "García Márquez, Gabriel"),
    entry("who", "", 2021, "World Health Organization"),
    entry("mueller", "", 2013, "Müller, F.", "O'Neill, J."),
    entry("openai", "", 2023, "OpenAI"),
    entry("lee", "", 2016, "Lee-Smith, K.", "Wu, L."),
    entry("nodate", "", None, "Brown, T.", raw="Brown, T. (n.d.). A page."),
    entry("zhang", "", 2020, "张三", "李四"),
    entry("wang", "", 2018, "王五"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(Smith et al., 2020a,b; Jones, 2019)", [("smith20a", "Smith et al., 2020a"), ("smith20b", "b"), ("jones19", "Jones, 2019")]),
        ("(Smith et al. 2020a, 2020b)", [("smith20a", "Smith et al. 2020a"), ("smith20b", "2020b")]),
        ("(see e.g. Jones 2019, p. 3)", [("jones19", "Jones 2019")]),
        ("(Jones, 2019)", [("jones19", "(Jones, 2019)")]),
        ("[Jones, 2019]", [("jones19", "[Jones, 2019]")]),
        ("Smith and Jones (2018)", [("smithjones18", "Smith and Jones (2018)")]),
        ("(Smith & Jones, 2018)", [("smithjones18", "(Smith & Jones, 2018)")]),
        ("Smith (2018)", [("smith18", "Smith (2018)")]),
        ("Smith's (2018) view", [("smith18", "Smith's (2018)")]),
        ("Smith et al.'s (2020b) view", [("smith20b", "Smith et al.'s (2020b)")]),
        ("Smith and colleagues (2020a)", [("smith20a", "Smith and colleagues (2020a)")]),
        ("by van den Berg (2015)", [("berg", "van den Berg (2015)")]),
        ("(Van den Berg, 2015)", [("berg", "(Van den Berg, 2015)")]),
        ("(García Márquez, 2014)", [("garcia", "(García Márquez, 2014)")]),
        ("(Garcia Marquez, 2014)", [("garcia", "(Garcia Marquez, 2014)")]),
        ("(WHO, 2021)", [("who", "(WHO, 2021)")]),
        ("(World Health Organization, 2021)", [("who", "(World Health Organization, 2021)")]),
        ("Müller and O’Neill (2013)", [("mueller", "Müller and O’Neill (2013)")]),
        ("OpenAI (2023)", [("openai", "OpenAI (2023)")]),
        ("Smith et. al. (2020a)", [("smith20a", "Smith et. al. (2020a)")]),
        ("(SMITH; JONES, 2018)", [("smithjones18", "(SMITH; JONES, 2018)")]),
        ("(World Health Organization [WHO], 2021)", [("who", "(World Health Organization [WHO], 2021)")]),
        ("(Smith et al., 2020a, a point)", [("smith20a", "Smith et al., 2020a")]),
        ("Smith und Jones (2018)", [("smithjones18", "Smith und Jones (2018)")]),
        ("(Lee-\nSmith and Wu, 2016)", [("lee", "(Lee-Smith and Wu, 2016)")]),
        ("(Brown, n.d.)", [("nodate", "(Brown, n.d.)")]),
        ("Smith et al.\n(2020a)", [("smith20a", "Smith et al. (2020a)")]),
        ("(cf. Jones, 2019; but see Smith and Jones, 2018)", [("jones19", "Jones, 2019"), ("smithjones18", "Smith and Jones, 2018")]),
        ("张三等（2020）指出", [("zhang", "张三等（2020）")]),
        ("（张三，2020）", [("zhang", "（张三，2020）")]),
        ("张三和李四(2020)", [("zhang", "张三和李四(2020)")]),
        ("（张三等，2020；王五，2018）", [("zhang", "张三等，2020"), ("wang", "王五，2018")]),
    ],
)  # fmt: skip
def test_names_and_years(text: str, expected: list[tuple[str, str]]) -> None:
    doc = document([f"The point is made {text} more than once."])
    assert cited(doc, NAMES) == expected


@pytest.mark.parametrize(
    "text",
    [
        "in 2020",
        "Smith left. 2018 was",
        "(Jones, 2011)",
        "(Taylor and Jones, 2019)",
        "Taylor (2019)",
        "[1]",
        "in Figure 2 (2019)",
        "(Smith et al., 2020c)",
    ],
)
def test_names_that_mean_no_entry(text: str) -> None:
    assert cited(document([f"The point is made {text} and so on. See Jones (2019)."]), NAMES) == [
        ("jones19", "Jones (2019)")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "(vgl. Mauer/Weiß 2010, S. 5)",
        "Mauer/Weiß (2010, S. 5 f.)",
        "[vgl. Mauer / Weiß 2010: 5]",
        "(Mauer/\nWeiß 2010)",
    ],
)
def test_names_that_a_slash_parts(text: str) -> None:
    listed = [
        entry("mw", "", 2010, "Mauer, A.", "Weiß, B."),
        entry("m", "", 2010, "Mauer, A."),
        entry("w", "", 2010, "Weiß, B."),
    ]
    assert ids(document([f"Das zeigt sich {text} sehr deutlich."]), listed) == "mw"


def test_a_year_that_is_one_off_still_means_the_only_such_entry() -> None:
    references = [entry("a", "", 2021, "Smith, A.", "Jones, B.", "Wu, C."), entry("b", "", 2015, "Wu, C.")]
    assert ids(document(["See Smith et al. (2020) and Wu (2014)."]), references) == "a"


def test_two_entries_that_fit_equally_are_not_guessed() -> None:
    references = [
        entry("a", "", 2020, "Smith, A.", raw="Smith, A. 2020. Apples."),
        entry("b", "", 2020, "Smith, A.", raw="Smith, A. 2020. Pears."),
    ]
    assert ids(document(["See Smith (2020)."]), references) == ""


def test_a_longer_family_name_is_not_a_part_of_it() -> None:
    references = [
        entry("short", "", 2019, "Nunes, A.", "Wu, B.", "Li, C."),
        entry("long", "", 2019, "Valle Nunes, A.", "Wu, B.", "Li, C."),
    ]
    assert ids(document(["See (Valle Nunes et al., 2019) and (Nunes et al., 2019)."]), references) == "long short"


def test_a_space_that_is_lost_in_print() -> None:
    references = [entry("a", "", 2022, "Torres, A.", "Wu, B.", "Li, C."), entry("b", "", 2020, "Wu, B.")]
    assert ids(document(["See (Torreset al., 2022) and (Wu, 2020)."]), references) == "a b"


def test_initials_tell_namesakes_apart() -> None:
    references = [
        entry("y", "", 2019, "Wang, Y.", "Lu, X.", "Wu, B."),
        entry("l", "", 2019, "Wang, L.-P.", "Li, B.", "Wu, C."),
        entry("z", "", 2018, "Wang, Z.", "Li, B.", "Wu, C."),
    ]
    doc = document(
        ["See (Wang Y. et al., 2019), Y. Wang et al. (2019), then (Wang et al., 2019) and (Wang X. et al., 2018)."]
    )
    assert ids(doc, references) == "y y l"


def test_co_authors_tell_entries_apart() -> None:
    references = [
        entry("two", "", 2020, "Smith, A.", "Jones, B."),
        entry("many", "", 2020, "Smith, A.", "Wu, B.", "Li, C."),
        entry("one", "", 2020, "Smith, A."),
    ]
    doc = document(["See (Smith and Jones, 2020), then Smith et al. (2020), then Smith (2020)."])
    assert ids(doc, references) == "two many one"


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
    spans = [replace(s, end=s.end) for s in (_whole(doc.page(2), 0), _whole(doc.page(2), 1))]
    references = [replace(r, spans=(s,), page=2) for r, s in zip(numbered(2), spans, strict=True)]
    assert ids(doc, references) == "r1 r2"


def _whole(page: Page, block: int):  # type: ignore[no-untyped-def]
    from citegrid.core.document import Span

    return Span(page.number, page.blocks[block].start, page.blocks[block].end)


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


# -- links -------------------------------------------------------------------------------------------------------------


def test_a_link_tells_which_of_two_like_entries_is_meant() -> None:
    references = [
        entry("a", "", 2020, "Smith, A.", raw="Smith, A. 2020. Apples."),
        entry("b", "", 2020, "Smith, A.", raw="Smith, A. 2020. Pears."),
    ]
    doc = document(["See Smith (2020)."], ["Smith, A. 2020. Apples.", "Smith, A. 2020. Pears."])
    page = doc.page(2)
    references = [
        replace(r, page=2, spans=(_whole(page, i),), boxes=(page.blocks[i].box,)) for i, r in enumerate(references)
    ]
    target = page.blocks[1].box
    place = doc.page(1).words[1].box
    link = Link(1, (place.x0, place.y0, place.x1, place.y1), 2, target.x0, target.y0 - 1, "cite.b")
    found = find_mentions(doc, references, [link])
    assert [len(r.mentions) for r in found] == [0, 1]
    assert found[1].mentions[0].text == "Smith (2020)"


def _listed(doc: Document, references: Sequence[Reference]) -> list[Reference]:
    """``references`` as the blocks of the last page."""
    page = doc.pages[-1]
    return [
        replace(r, page=page.number, spans=(_whole(page, i),), boxes=(page.blocks[i].box,))
        for i, r in enumerate(references)
    ]


def _link(doc: Document, word: str, entry: Reference) -> Link:
    """A link from the word of page 1 that begins so to an entry."""
    place = next(w.box for w in doc.page(1).words if w.text.startswith(word))
    return Link(1, (place.x0, place.y0, place.x1, place.y1), entry.page, entry.boxes[0].x0, entry.boxes[0].y0, "cite")


def test_a_link_adds_what_the_text_alone_does_not_show() -> None:
    doc = document(["Text [1] and [2]; entry 3 is set apart."], ["[1] One.", "[2] Two.", "[3] Three."])
    references = _listed(doc, numbered(3))
    assert [len(r.mentions) for r in find_mentions(doc, references, ())] == [1, 1, 0]
    found = find_mentions(doc, references, [_link(doc, "3", references[2])])
    assert [len(r.mentions) for r in found] == [1, 1, 1]
    assert found[2].mentions[0].text == "3"


def test_a_link_that_the_text_contradicts_is_not_believed() -> None:
    doc = document(["Text [1] and [2]; entry 3 is set apart."], ["[1] One.", "[2] Two.", "[3] Three."])
    references = _listed(doc, numbered(3))
    links = [_link(doc, "[1]", references[1]), _link(doc, "apart", references[2])]
    assert find_mentions(doc, references, links) == find_mentions(doc, references, ())


def test_a_link_tells_which_list_a_number_means() -> None:
    doc = document(["Text [1] here."], ["[1] One.", "[1] Other one."])
    first, second = _listed(doc, [numbered(1)[0], replace(numbered(1)[0], id="other")])
    assert [len(r.mentions) for r in find_mentions(doc, [first, second], ())] == [1, 0]
    found = find_mentions(doc, [first, second], [_link(doc, "[1]", second)])
    assert [len(r.mentions) for r in found] == [0, 1]


def test_a_link_to_nowhere_does_no_harm() -> None:
    doc = document(["Text [1] and [2]."])
    link = Link(1, (60, 40, 200, 52), 7, 0, 0, "section.1")
    assert find_mentions(doc, numbered(2), [link]) == find_mentions(doc, numbered(2), ())


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
