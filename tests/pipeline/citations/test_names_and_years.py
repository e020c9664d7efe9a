"""Citations by name and year, as files and authors write them, resolved to their entries."""

from __future__ import annotations

import pytest
from tests.papers import document
from tests.pipeline.citations.lifted import NAMES, cited, entry, ids

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


# -- names -------------------------------------------------------------------------------------------------------------


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
