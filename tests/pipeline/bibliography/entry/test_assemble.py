"""The fields that labelled tokens make: names in any order, titles without their quotes, the year that counts."""

import pytest

from citegrid.pipeline.bibliography.entry.assemble import authors_of, runs_of, title_of, titled, venue_of, year_of
from citegrid.pipeline.bibliography.entry.label_rules import TagRun
from citegrid.pipeline.bibliography.entry.tokens import tokens_of


def _runs(text, labels):
    """The runs of ``text``, whose labels are given for its characters."""
    tokens = tokens_of(text)
    return runs_of(tokens, "".join(labels[token.start] for token in tokens))


@pytest.mark.parametrize(
    ("text", "labels", "authors"),
    [
        ("Smith, J. A., & Doe, B.", "FFFFFIOGGGGGBOBOFFFIOGG", ("Smith, J. A.", "Doe, B.")),
        ("J. A. Smith and B. Doe", "GGGGGOFFFFFOBBBOGGOFFF", ("Smith, J. A.", "Doe, B.")),
        ("van der Berg C Doe B", "FFFFFFFFFFFFOGOFFFOG", ("van der Berg, C", "Doe, B")),
        ("W. Strunk Jr., World Bank", "GGOFFFFFFOSSSBONNNNNNNNNN", ("Strunk, W., Jr.", "World Bank")),
        ("John von Neumann", "GGGGGGGGOFFFFFFF", ("von Neumann, John",)),
        ("Simon Peyton Jones", "GGGGGOFFFFFFFFFFFF", ("Peyton Jones, Simon",)),
        ("张三，李四，等", "FFBFFBB", ("张三", "李四")),
        ("———.", "BBBO", ()),
    ],
)
def test_names_are_put_together_from_their_parts(text, labels, authors):
    assert authors_of(text, _runs(text, labels), given_first=False) == authors


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("“Things of note”", "Things of note"),
        ("“Crisis” and “empire” in management", "“Crisis” and “empire” in management"),
        ("《红楼梦》研究", "《红楼梦》研究"),
        ("Does the child have a “theory of mind”?", "Does the child have a “theory of mind”?"),
        ("A title of things.", "A title of things"),
        ("Things (of note)", "Things (of note)"),
    ],
)
def test_a_title_loses_only_the_signs_around_it(text, title):
    assert title_of(text, _runs(text, "T" * len(text))) == title


@pytest.mark.parametrize(
    ("before", "run", "behind", "title"),
    [
        ("2001. “", "Crisis” and empire", ". Things", "“Crisis” and empire"),
        ("2001. “", "Crisis and empire", ",” Things", "Crisis and empire"),
        ("2001. ‘", "Young people’s accounts", "’, Things", "Young people’s accounts"),
        ('2001. "', 'GrabCut": cutting', ". Things", '"GrabCut": cutting'),
        ("2001. (", "E)-Hexenal smells", ". Things", "(E)-Hexenal smells"),
        ("2001. 《", "指南》解读", "[J]. 医学", "《指南》解读"),
    ],
)
def test_a_quote_that_opens_before_a_title_and_closes_in_it_is_its_own(before, run, behind, title):
    assert title_of(f"{before}{run}{behind}", [TagRun("T", len(before), len(before) + len(run))]) == title


def test_the_publisher_is_the_venue_of_what_stands_in_no_book():
    text = "London: Verso, 1983"
    assert venue_of(text, _runs(text, "LLLLLLOOUUUUUOOYYYY")) == "London: Verso"
    assert venue_of("Lancet. Elsevier", _runs("Lancet. Elsevier", "CCCCCCOOUUUUUUUU")) == "Lancet"


@pytest.mark.parametrize(
    ("journal", "behind", "venue"),
    [
        ("Comput. Oper. Res", ". 48", "Comput. Oper. Res."),
        ("J. Neurosci. Methods", ", 74", "J. Neurosci. Methods"),
        ("Journal of Things", ". Leeds", "Journal of Things"),
    ],
)
def test_an_abbreviated_journal_keeps_its_last_stop(journal, behind, venue):
    assert venue_of(f"{journal}{behind}", [TagRun("C", 0, len(journal))]) == venue


def test_a_chinese_journal_is_no_scrap_beside_its_english_name():
    text = "教师教育研究. (Teacher Education Research)"
    assert venue_of(text, _runs(text, "C" * 6 + "OOO" + "C" * 26 + "O")) == "教师教育研究"


@pytest.mark.parametrize(
    ("text", "labels", "year"),
    [
        ("1999, 2010", "TTTTOOYYYY", 2010),
        ("[2010-05-01]", "AAAAAAAAAAAA", 2010),
        ("(accessed 13 March 2003)", "OAAAAAAAAAAAAAAAAAAAAAAO", None),
        ("2009 [2010-05-01]", "YYYYOAAAAAAAAAAAA", 2009),
        ("in press", "OOOOOOOO", None),
    ],
)
def test_the_day_of_a_visit_is_a_year_only_where_nothing_else_is(text, labels, year):
    assert year_of(text, _runs(text, labels)) == year


def test_a_name_in_one_piece_is_parted_as_its_list_prints_names():
    text = "Kelvin Guu"
    assert authors_of(text, _runs(text, "F" * 10), given_first=True) == ("Guu, Kelvin",)
    assert authors_of(text, _runs(text, "F" * 10), given_first=False) == ("Kelvin Guu",)
    assert authors_of(text, _runs(text, "N" * 10), given_first=True) == (
        "Kelvin Guu",
    )  # who writes first may be a firm


def test_a_name_without_a_comma_is_parted_as_its_list_prints_names():
    text = "Danqi Chen"
    assert authors_of(text, _runs(text, "FFFFFOGGGG"), given_first=True) == ("Chen, Danqi",)
    assert authors_of(text, _runs(text, "FFFFFOGGGG"), given_first=False) == ("Danqi, Chen",)
    assert authors_of("Chen, Danqi", _runs("Chen, Danqi", "FFFFIOGGGGG"), given_first=True) == ("Chen, Danqi",)
    assert authors_of("von Neumann", _runs("von Neumann", "FFFFFFFFFFF"), given_first=True) == ("von Neumann",)
    assert authors_of("Smith JA", _runs("Smith JA", "FFFFFOGG"), given_first=True) == ("Smith, JA",)


@pytest.mark.parametrize(
    ("text", "labels", "title"),
    [
        ("Classics, Wiley", "CCCCCCCCOOUUUUU", "Classics"),
        ("in Classics, Wiley", "OOOCCCCCCCCOOUUUUU", ""),
        ("in Classics, Wiley", "TTTTTTTTTTTOOUUUUU", ""),
        ("Nature 12", "CCCCCCOVV", ""),
        ("Home page", "NNNNNNNNN", "Home page"),
    ],
)
def test_a_book_is_the_title_of_an_entry_that_prints_no_other(text, labels, title):
    assert title_of(text, titled(text, _runs(text, labels))) == title
