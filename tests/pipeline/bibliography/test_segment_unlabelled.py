"""A list without labels is cut by each shape that lists have; the cut whose entries look most like works wins."""

from citegrid.core.document import BlockKind
from citegrid.pipeline.bibliography.lines import PrintedLine
from citegrid.pipeline.bibliography.segment_unlabelled import WEIGHTS, ListCutFeatures, starts_by_shape

ENTRY = ["Smith, J., and Roe, B. (2010). A title of things that", "goes on here. Journal of Things 12, 34–56."]


def _lines(indents):
    return [
        PrintedLine(
            1, 0, 0, ENTRY[i % 2], 60 + dx, 300, 100 + 12 * i, 110 + 12 * i, 10, False, BlockKind.BODY, 0, 0, 800
        )
        for i, dx in enumerate(indents)
    ]


def test_a_hanging_indent_begins_entries_at_the_margin():
    assert starts_by_shape(_lines([0, 18] * 4)) == [0, 2, 4, 6]


def test_an_indented_first_line_begins_entries_where_it_stands_in():
    assert starts_by_shape(_lines([18, 0] * 4)) == [0, 2, 4, 6]


def test_without_an_indent_authors_behind_an_end_begin_entries():
    assert starts_by_shape(_lines([0] * 8)) == [0, 2, 4, 6]


def test_a_cut_that_hides_beginnings_is_worth_less():
    clean = ListCutFeatures(1, 1, 1, 0, 0, 0.5, False)
    hiding = ListCutFeatures(1, 1, 1, 0.5, 0.5, 0.5, False)
    assert hiding.score() < clean.score()
    assert set(WEIGHTS) == set(ListCutFeatures.__dataclass_fields__)


def test_no_lines_no_entries():
    assert starts_by_shape([]) == []
