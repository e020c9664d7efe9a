import pytest

from citegrid.core.review import Unit
from citegrid.pipeline.cells.selection.query import read_request


@pytest.mark.parametrize(
    ("query", "target", "unit"),
    [
        ("整理文献，输出1000字左右的综述", 1000, Unit.CHARACTERS),
        ("写一篇800-1200字的综述", 1000, Unit.CHARACTERS),
        ("一千五百字", 1500, Unit.CHARACTERS),
        ("Write a review of about 500 words.", 500, Unit.WORDS),
        ("a 1,200-word review", 1200, Unit.WORDS),
        ("between 300 and 400 words", 400, Unit.WORDS),
        ("整理文献", 1000, Unit.CHARACTERS),
        ("Collect the literature", 500, Unit.WORDS),
    ],
)
def test_length_is_read_from_the_query(query, target, unit):
    request = read_request(query)
    assert (request.target, request.unit) == (target, unit)


def test_a_length_is_counted_as_the_review_s_language_counts():
    asked = [read_request("Write a review of about 500 words.", language=code) for code in ("zh", "en")]
    assert [(one.target, one.unit) for one in asked] == [(500, Unit.CHARACTERS), (500, Unit.WORDS)]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("最多8篇，1000字", 8),
        ("选取十二篇文献", 12),
        ("at most 6 works, 400 words", 6),
        ("the 5 most important papers", 5),
        ("整理文献", 10),
    ],
)
def test_number_of_works_is_read_from_the_query(query, rows):
    assert read_request(query).max_rows == rows


@pytest.mark.parametrize(
    ("query", "bounds"),
    [
        ("只要2021年以后的文献", (2022, None)),
        ("2021年以来", (2021, None)),
        ("only works after 2021", (2022, None)),
        ("since 2019", (2019, None)),
        ("before 2015", (None, 2014)),
        ("2018-2022年的文献", (2018, 2022)),
        ("1000字左右", (None, None)),
    ],
)
def test_years_are_read_from_the_query(query, bounds):
    request = read_request(query)
    assert (request.since, request.until) == bounds


def test_language_of_the_query_unless_it_names_another():
    assert read_request("整理文献").language == "zh"
    assert read_request("Collect the literature").language == "en"
    assert read_request("整理文献，用英文输出300词").language == "en"
    assert read_request("Write it in Chinese, 800 characters").language == "zh"
    assert read_request("整理文献", language="en").language == "en"


def test_arguments_win_over_the_query():
    request = read_request("最多8篇，1000字", max_rows=3, target=200)
    assert (request.max_rows, request.target) == (3, 200)
