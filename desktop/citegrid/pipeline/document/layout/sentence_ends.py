"""Whether a sentence that a block, a column or a page leaves goes on in another."""

from __future__ import annotations

from citegrid.core.language.script import has_han
from citegrid.pipeline.document.layout.patterns import (
    BRACKETS,
    GOES_ON_AFTER,
    GOES_ON_WITH,
    OPEN_ABBREVIATIONS,
    RAISED_BEHIND_STOP,
    STOPS,
)

#: A bracket that is still open after so many characters was never closed.
_LONGEST_BRACKET = 200


def tail_of(text: str) -> str:
    """``text`` to its end, without the raised numbers of works behind its last stop."""
    return RAISED_BEHIND_STOP.sub(r"\1", text.rstrip())


def is_open(tail: str) -> bool:
    """Whether no sentence ends at the end of ``tail``."""
    return bool(tail) and (not tail.endswith(STOPS) or tail.endswith(OPEN_ABBREVIATIONS))


def goes_on(tail: str, head: str) -> bool:
    """Whether ``head`` can be the rest of the sentence that ``tail`` leaves open."""
    return bool(head) and (_is_bracket_open(tail) or tail.endswith(GOES_ON_AFTER) or _is_no_opening(head))


def ends_amid(tail: str) -> bool:
    """Whether ``tail`` ends as no heading and no label does: in a word, a comma or an abbreviation."""
    return tail[-1].isalnum() or tail[-1] in ",;&-" or tail.endswith(OPEN_ABBREVIATIONS)


def _is_no_opening(head: str) -> bool:
    return head[0].islower() or head[0].isdecimal() or head.startswith(GOES_ON_WITH) or has_han(head[0])


def _is_bracket_open(tail: str) -> bool:
    since = max(0, len(tail) - _LONGEST_BRACKET)
    return any(tail.rfind(pair[0], since) > tail.rfind(pair[1]) for pair in BRACKETS)
