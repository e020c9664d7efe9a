"""Entries whose number was lost in the margin are found by the gap in the numbers."""

from citegrid.core.document import BlockKind
from citegrid.pipeline.bibliography.lines import PrintedLine
from citegrid.pipeline.bibliography.segment_gaps import with_lost


def _fill(texts, starts):
    lines = [
        PrintedLine(1, 0, len(text), text, 60, 300, 100 + 12 * i, 110 + 12 * i, 10, False, BlockKind.BODY, 0, 0, 800)
        for i, text in enumerate(texts)
    ]
    return with_lost(lines, starts)


def test_a_gap_of_one_number_is_filled_where_an_entry_begins():
    texts = [
        "4. Doe, B. A thing. 2008.",
        "Roe, C. Another",
        "thing. 2012.",
        "6. Poe, E. A third. 2013.",
        "7. Fox, M. More. 2014.",
    ]
    found = _fill(texts, {0: "4.", 3: "6.", 4: "7."})
    assert found == {0: "4.", 1: "5.", 3: "6.", 4: "7."}


def test_numbers_without_a_gap_split_nothing():
    texts = [
        "4. Doe, B. A thing. 2008.",
        "Roe, C. Another thing. 2012.",
        "5. Poe, E. A third. 2013.",
        "6. Fox, M. More. 2014.",
    ]
    starts = {0: "4.", 2: "5.", 3: "6."}
    assert _fill(texts, starts) == starts


def test_the_first_entry_without_its_number_is_kept():
    texts = ["Doe, B. A thing. 2008.", "2. Poe, E. A third. 2013.", "3. Fox, M. More. 2014.", "4. Fox, M. More. 2015."]
    assert _fill(texts, {1: "2.", 2: "3.", 3: "4."})[0] == "1."


def test_a_gap_is_left_where_no_second_year_stands():
    texts = ["4. Doe, B. A thing. 2008.", "Roe, C. Press.", "6. Poe, E. A third. 2013.", "7. Fox, M. More. 2014."]
    starts = {0: "4.", 2: "6.", 3: "7."}
    assert _fill(texts, starts) == starts
