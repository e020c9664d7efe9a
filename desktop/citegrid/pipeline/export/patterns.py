"""The patterns of the exports, built from ``resources/lexicon/export.toml``."""

from __future__ import annotations

import re

from citegrid.core.language.lexicon import pattern_of, words


def _listed(table: str) -> tuple[str, str]:
    """The Latin and the Chinese phrases of a table as pieces of a pattern."""
    return pattern_of("export", table, "en"), pattern_of("export", table, "zh")


_conference, _conference_zh = _listed("conferences")
_preprint, _preprint_zh = _listed("preprints")
_no_journal, _no_journal_zh = _listed("no_journals")
_journal, _journal_zh = _listed("journals")

CONFERENCE = re.compile(rf"\b{_conference}|{_conference_zh}", re.I)
PREPRINT = re.compile(rf"\b{_preprint}\b|{_preprint_zh}", re.I)
NO_JOURNAL = re.compile(rf"\b{_no_journal}\b|{_no_journal_zh}", re.I)
#: 学报社 and 杂志社 are publishers.
JOURNAL = re.compile(rf"\b{_journal}\b|{_journal_zh}(?!社)", re.I)

NAME_PARTICLES = frozenset(words("export", "name_particles"))
ORGANISATION_STARTS = frozenset(words("export", "organisation_starts"))
KEY_STOP_WORDS = frozenset(words("export", "key_stop_words"))
