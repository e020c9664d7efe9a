"""Why a text cites a work, read from the words around the citation, in English and Chinese.

A cue counts when it says what *this* paper does with the work.  Where the
cited authors are the ones who act ("Smith et al. use …"), the text reports
their work: background, unless this paper speaks of itself in the same clause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from citegrid.core.language.lexicon import whole_words
from citegrid.core.reference import Intent

#: Characters before and behind a citation whose cues speak of it.
_BEFORE, _BEHIND = 200, 140


def _cues(table: str) -> re.Pattern[str]:
    return re.compile(whole_words("citations", table), re.I)


_THIS_PAPER, _HABIT, _OBJECT, _BREAK = map(_cues, ("this_paper", "habits", "object_cues", "clause_breaks"))
_SEMICOLONS = ";；"


@dataclass(frozen=True, slots=True)
class IntentCue:
    """Words that speak for an intent; ``ours`` where they do only when this paper speaks of itself, ``unusual`` where they
    do not when they tell what others often do."""

    intent: Intent
    words: re.Pattern[str]
    ours: bool = False
    unusual: bool = False

    def speaks(self, clause: str, ours: bool) -> bool:
        """Whether it stands in ``clause``; ``ours`` says whether this paper speaks of itself there."""
        if (self.ours and not ours) or not self.words.search(clause):
            return False
        return not (self.unusual and _HABIT.search(clause))


CUES = (
    IntentCue(Intent.CONTRASTS, _cues("contrasts")),
    IntentCue(Intent.EXTENDS, _cues("extends")),
    IntentCue(Intent.EXTENDS, _cues("extends_ours"), ours=True),
    IntentCue(Intent.COMPARES, _cues("compares")),
    IntentCue(Intent.COMPARES, _cues("compares_ours"), ours=True),
    IntentCue(Intent.USES, _cues("uses")),
    IntentCue(Intent.USES, _cues("uses_ours"), ours=True),
    IntentCue(
        Intent.USES,
        re.compile(rf"\b(?:was|were)\s+(?:\w+\s+)?{whole_words('citations', 'method_verbs')}", re.I),
        unusual=True,
    ),
    IntentCue(Intent.USES, re.compile(rf"^{whole_words('citations', 'method_openings')}", re.I), unusual=True),
)
#: Of several intents that cues speak for, the weightiest is meant.
WEIGHTS = {
    Intent.CONTRASTS: 4,
    Intent.EXTENDS: 3,
    Intent.COMPARES: 2,
    Intent.USES: 1,
    Intent.BACKGROUND: 0,
}


def intent_of(sentence: str, at: int, narrative: bool = False) -> Intent:
    """The intent of the citation that stands at character ``at`` of ``sentence``."""
    clause = _clause(sentence, at)
    ours = bool(_THIS_PAPER.search(clause))
    if narrative and not ours and _authors_act(sentence[:at]):
        return Intent.BACKGROUND
    spoken = (cue.intent for cue in CUES if cue.speaks(clause, ours))
    return max(spoken, key=WEIGHTS.__getitem__, default=Intent.BACKGROUND)


def _clause(sentence: str, at: int) -> str:
    """What stands around the citation at ``at`` between semicolons."""
    low = max(sentence.rfind(c, 0, at) for c in _SEMICOLONS) + 1
    high = min((i for c in _SEMICOLONS if (i := sentence.find(c, at)) >= 0), default=len(sentence))
    return sentence[max(low, at - _BEFORE) : min(high, at + _BEHIND)].strip()


def _authors_act(before: str) -> bool:
    """Whether the clause that ends with ``before`` begins with the cited authors themselves."""
    last = max((m.end() for m in _BREAK.finditer(before)), default=0)
    return not _OBJECT.search(before[last:])
