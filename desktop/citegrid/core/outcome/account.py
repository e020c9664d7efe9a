"""What became of each paper that a batch found, as systematic reviews account for them (PRISMA): found, duplicates, excluded with
the reason, failed with the reason, read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from citegrid.core.messages import Message


class Fate(Enum):
    """WAITING and AT_WORK are under way; each of the others is an end, READ that of a paper with a row in the table."""

    WAITING = "waiting"
    AT_WORK = "at work"
    READ = "read"
    DUPLICATE = "duplicate"
    EXCLUDED = "excluded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PaperFate:
    """A paper by its name within the batch, the SHA-256 of its file (empty where that could not be read), what became of it and
    why: for every end but READ the reason is one sentence, or what a person wrote."""

    name: str
    sha256: str
    fate: Fate
    reason: str = ""


Account = tuple[PaperFate, ...]


def summary(account: Sequence[PaperFate]) -> Message:
    """How many papers were found, and how many came to each end; those not begun are named where there are any."""
    by: Counter[Fate] = Counter(one.fate for one in account)
    left = by[Fate.WAITING] + by[Fate.AT_WORK]
    done = Message(
        "Papers found: {found} (duplicates {duplicates}, excluded {excluded}, not readable {failed}, read {read})",
        found=len(account),
        duplicates=by[Fate.DUPLICATE],
        excluded=by[Fate.EXCLUDED],
        failed=by[Fate.FAILED],
        read=by[Fate.READ],
    )
    return Message("{done}, not begun: {left}", done=done, left=left) if left else done


def is_settled(account: Sequence[PaperFate]) -> bool:
    """Whether every paper came to an end, with a reason where that is not a row."""
    ended = (one.fate not in (Fate.WAITING, Fate.AT_WORK) for one in account)
    told = (bool(one.reason) for one in account if one.fate is not Fate.READ)
    return all(ended) and all(told)
