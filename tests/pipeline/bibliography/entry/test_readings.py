"""Readings of an entry compete: each says for itself what it has, and the weights choose."""

import pytest

from citegrid.pipeline.bibliography.entry import authors, title
from citegrid.pipeline.bibliography.entry.identifiers import identifiers
from citegrid.pipeline.bibliography.entry.name_run import AuthorList
from citegrid.pipeline.bibliography.entry.year import YearReading, candidates, year_of_entry


def _ways(text):
    behind = title.BehindAuthors(text, AuthorList(("Doe, B.",), 0), "", False, False)
    return {reading.way: reading for reading in title.candidates(behind)}


def test_a_title_is_told_in_several_ways_and_the_surest_wins():
    found = _ways("“A title of things,” in Proc. Things, 2020.")
    assert {"quotes", "stop"} <= set(found)
    assert max(found.values(), key=title.TitleReading.score).way == "quotes"


def test_a_quotation_that_a_title_begins_with_falls_behind_its_stop():
    found = _ways("“Crisis” and “empire” in management. Things, 6.")
    assert "goes_on" in found["quotes"].features
    assert found["quotes"].score() < found["stop"].score()


def test_an_imprint_behind_the_first_sentence_ends_no_title():
    found = _ways("A title of things. Another sentence (London: Verso, 1983).")
    assert found["imprint"].score() < found["stop"].score()


def test_the_stop_is_always_a_reading():
    assert set(_ways("")) == {"stop"}


def test_what_speaks_against_a_reading_outweighs_any_way():
    ways = [weight for weight in title.WEIGHTS.values() if weight >= 0]
    against = [weight for weight in title.WEIGHTS.values() if weight < 0]
    assert max(against) + max(ways) < 0


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Smith, J., & Roe, B. (2020). A title.", "inverted"),
        ("Stefan Rash, Viktor Zhang. A title of things. 2020.", "full"),
        ("Smith JA, Roe B. A title of things.", "vancouver"),
        ("World Health Organization. Global report.", "institution"),
        ("The pandas development team. pandas.", "team"),
        ("Projeto de vida em áreas do sul (PVS). (2006). Politics of wild animals.", "before a year"),
    ],
)
def test_the_reading_of_the_authors_that_says_most_wins(text, way):
    assert max(authors.candidates(text), key=authors.AuthorReading.score).way == way


def test_of_two_readings_the_one_that_ends_where_authors_end_wins():
    readings = list(authors.candidates("Smith, J., Roe, B. (2020). A title of things."))
    best = max(readings, key=authors.AuthorReading.score)
    assert best.features["ended"]
    assert all(best.read.end >= other.read.end for other in readings if other.features.get("ended"))


def test_an_address_goes_on_behind_a_blank_line():
    printed = "Doe, B. A title of things. 2020. https://example.org/a-\n\nb-c/d.html"
    assert identifiers(printed)[2] == "https://example.org/a-b-c/d.html"
    assert identifiers("Doe, B. 2020. doi:10.1000/\n\n0012.34 Lancet")[0] == "10.1000/0012.34"


@pytest.mark.parametrize(
    ("rest", "title", "expected"),
    [
        ("A title of 1999 things. Things 12 (2010) 3.", "A title of 1999 things", 2010),
        ("A title of 1999 things. Things.", "A title of 1999 things", 1999),
        ("A title. Things, 2011: 27[2013-10-14].", "A title", 2011),
        ("A title. [2013-10-14]. http://a.org", "A title", 2013),
        ("A title. arXiv:2303.08774.", "A title", 2023),
        ("A title. arXiv:2303.08774, 2024.", "A title", 2024),
        ("A title (in press). Things.", "A title", None),
    ],
)
def test_the_year_at_the_surest_place_wins(rest, title, expected):
    assert year_of_entry(rest, title) == expected
    best = max(candidates(rest, title), key=YearReading.score, default=None)
    assert (best and best.year) == expected
