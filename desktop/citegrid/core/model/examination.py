"""What a short examination found of a language model: what it is trusted with."""

from __future__ import annotations

from dataclasses import dataclass

#: What a model that was not examined is held to, measured with the default one: share of Yes from which a statement counts as carried.
CARRIED = 0.70
#: No share reaches this: a model with it carries nothing by its word.
NEVER_CARRIES = 1.01


@dataclass(frozen=True, slots=True)
class Examination:
    """``carried`` is the share of Yes from which a statement counts as carried, ``judged`` the share of labelled ones that are
    judged rightly so; ``to_chinese`` and ``to_english`` whether its translations hold, ``form`` whether it answers in the form
    that is asked for, ``writes`` whether whole paragraphs; ``seconds`` is what it took."""

    carried: float = CARRIED
    judged: float = 0.0
    to_chinese: bool = True
    to_english: bool = True
    form: bool = True
    writes: bool = False
    seconds: float = 0.0

    @property
    def judges(self) -> bool:
        """Whether its word can carry a statement at all."""
        return self.carried < NEVER_CARRIES
