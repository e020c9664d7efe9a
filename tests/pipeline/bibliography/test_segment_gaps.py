"""Entries whose number was lost in the margin are found by the gap in the numbers."""

import re
from dataclasses import dataclass

from citegrid.pipeline.bibliography.segment_gaps import with_lost

YEAR = re.compile(r"(?:19|20)\d\d")
ENDS = re.compile(r"[.\d]\s*$")


@dataclass
class Line:
    text: str
    page: int = 1
    column: int = 0


def _fill(texts, starts, begins):
    return with_lost([Line(t) for t in texts], starts, begins, YEAR, ENDS)


def test_a_gap_of_one_number_is_filled_where_an_entry_begins():
    texts = [
        "4. Doe, B. A thing. 2008.",
        "Roe, C. Another",
        "thing. 2012.",
        "6. Poe, E. A third. 2013.",
        "7. Fox, M. More. 2014.",
    ]
    found = _fill(texts, {0: "4.", 3: "6.", 4: "7."}, [False, True, False, False, False])
    assert found == {0: "4.", 1: "5.", 3: "6.", 4: "7."}


def test_numbers_without_a_gap_split_nothing():
    texts = [
        "4. Doe, B. A thing. 2008.",
        "Roe, C. Another thing. 2012.",
        "5. Poe, E. A third. 2013.",
        "6. Fox, M. More. 2014.",
    ]
    starts = {0: "4.", 2: "5.", 3: "6."}
    assert _fill(texts, starts, [False, True, False, False]) == starts


def test_the_first_entry_without_its_number_is_kept():
    texts = ["Doe, B. A thing. 2008.", "2. Poe, E. A third. 2013.", "3. Fox, M. More. 2014.", "4. Fox, M. More. 2015."]
    assert _fill(texts, {1: "2.", 2: "3.", 3: "4."}, [True, False, False, False])[0] == "1."


def test_a_gap_is_left_where_no_second_year_stands():
    texts = ["4. Doe, B. A thing. 2008.", "Roe, C. Press.", "6. Poe, E. A third. 2013.", "7. Fox, M. More. 2014."]
    starts = {0: "4.", 2: "6.", 3: "7."}
    assert _fill(texts, starts, [False, True, False, False]) == starts
