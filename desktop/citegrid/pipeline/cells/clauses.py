"""A sentence that answers several columns, by its clauses: each column gets those that say what it asks for.

"Jiang 等人利用生成式模型识别政策文件，构建了一个指数，证明了该方法的优势。" is a method up to its second comma and a finding from there on.
Only clauses of Chinese are told apart, which stand without their subject; an English one would not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from citegrid.core.language.lexicon import words
from citegrid.core.language.script import has_han

#: How a clause ends, the narrow signs before an ideograph only.
_WIDE, _ENDS, _COLON = "，；", "，；,;", "："
#: A part says something that has so many characters; what announces the next clause ("研究表明，") has at most so many.
LEAST, ANNOUNCING = 8, 8
#: How a clause opens that takes something back; alone it stands without.
_TURNS = words("cells", "turns")
#: How the first item of a list begins.
_FIRST = tuple(words("cells", "first_items"))
#: The place of words that stand in no clause: before all others.
NOWHERE = -1


def by_clauses(text: str, said: Sequence[re.Pattern[str]], brief: Sequence[bool]) -> list[str]:
    """For each of ``said`` (how what a column asks for is named) its part of ``text``: from the clause that holds it up to the one that
    holds another; the first takes along what stands before, and so does one whose words stand nowhere.  A ``brief`` one has no more
    than its clause, and ends no other."""
    clauses = _clauses(text, said)
    places = [_place(clauses, asked) for asked in said]
    begins = sorted({place for place, short in zip(places, brief, strict=True) if not short})
    first = min(begins, default=len(clauses))
    ends = dict(zip(begins, [*begins[1:], len(clauses)], strict=False))
    parts = [
        clauses[place * (place > first) : place + 1 if short else ends.get(place)]
        for place, short in zip(places, brief, strict=True)
    ]
    return [_closed("".join(part), text) for part in parts]


def without_cut_list(text: str) -> str:
    """``text`` without the one item of a list that it holds and the clause that announces the list ("…，并作了如下处理：第一，剔除…；"), where
    something stands before."""
    announced, _, item = text.replace(":", _COLON).rpartition(_COLON)
    kept = announced.rpartition(_WIDE[0])[0]
    is_cut = text.endswith(_WIDE[1]) and item.lstrip().startswith(_FIRST) and len(kept) >= LEAST
    return f"{kept}。" if is_cut else text


def _clauses(text: str, said: Sequence[re.Pattern[str]]) -> list[str]:
    """The clauses of ``text``; one that ends by announcing what comes ("研究表明，") is one with the next."""
    ends = [i for i, sign in enumerate(text) if sign in _WIDE or (sign in _ENDS and has_han(text[i + 1 : i + 2]))]
    cuts = [end + 1 for end in ends if end not in _announced(text, said)]
    return [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]


def _announced(text: str, said: Sequence[re.Pattern[str]]) -> set[int]:
    """Where the words end that announce what comes."""
    found = (one for asked in said for one in asked.finditer(text))
    return {one.end() for one in found if len(one.group()) <= ANNOUNCING}


def _place(clauses: Sequence[str], asked: re.Pattern[str]) -> int:
    """The number of the first clause with such words."""
    return next((i for i, clause in enumerate(clauses) if asked.search(clause)), NOWHERE)


def _closed(part: str, text: str) -> str:
    """A part with the stop of its sentence and without the conjunction before it; all of it where the part says too little."""
    turn = max(filter(part.startswith, _TURNS), key=len, default="")
    return part.removeprefix(turn).rstrip(_ENDS + text[-1:]) + text[-1:] if len(part) >= LEAST else text
