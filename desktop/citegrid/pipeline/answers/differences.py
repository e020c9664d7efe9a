"""In what a claim and a sentence of a source differ, in one phrase for people."""

from __future__ import annotations

from collections.abc import Iterator

from citegrid.core.messages import Message
from citegrid.pipeline.answers.compare import Comparison, numbers_turned, turned_words
from citegrid.pipeline.evidence.claim_tokens import words_missing

#: Words that a reason names.
_MOST = 3


def difference(pair: Comparison) -> Message:
    """What the source says otherwise: a number, a direction, a denial, or who stands to whom."""
    return next(_differences(pair), Message("the source says something else of the same"))


def _differences(pair: Comparison) -> Iterator[Message]:
    for here, there in (*numbers_turned(pair), *turned_words(pair)):
        yield Message("“{here}” here, “{there}” in the source", here=here, there=there)
    if pair.claim.scopes and not pair.source.scopes:
        yield Message("denied here, not in the source")
    if pair.source.scopes and not pair.claim.scopes:
        yield Message("denied in the source, not here")
    if pair.names_lost:
        yield missing(pair)


def missing(pair: Comparison) -> Message:
    """What of the claim the source does not have."""
    words = words_missing(pair.claim.text, [pair.source.text])[:_MOST]
    if words:
        return Message("not in the sentence that comes nearest: {words}", words=", ".join(words))
    return Message("the sentence that comes nearest does not say all of this")
