"""The patterns of addresses, and of entries that print each field on lines of its own; the words come from the lexicon."""

from __future__ import annotations

import re
from functools import partial

from citegrid.core.language import lexicon
from citegrid.core.language.script import YEAR
from citegrid.pipeline.bibliography.patterns import LOW, UP

_of = partial(lexicon.pattern_of, "bibliography")
_names = partial(lexicon.pattern_of, "names")
_MONTHS = _of("months")

# ---- identifiers -------------------------------------------------------------------------------------------------

DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>，。；]+", re.I)
#: What stands before an arXiv id.
_ARXIV_SIGNS = (
    r"arxiv(?:\.org/(?:abs|pdf|html)/|\.|\s*(?:e-?prints?|preprints?)?,?\s*(?:arxiv)?\s*[:\s]\s*(?:abs/)?)",
    r"\babs/",
    r"\bCoRR,?\s+",
)
_ARXIV_ID = r"\d{4}\.\s?\d{4,5}|[a-z\-]+(?:\.[A-Z]{2})?/\d{7}"
ARXIV = re.compile(rf"(?:{'|'.join(_ARXIV_SIGNS)})\s*({_ARXIV_ID})(?!\d)(?:v\d+)?", re.I)
#: A new arXiv id, which begins with its year and month.
NEW_ARXIV = re.compile(rf"(?:{'|'.join(_ARXIV_SIGNS)})\s*(?P<year>\d\d)(?:0[1-9]|1[0-2])\.\s?\d{{4,5}}(?!\d)", re.I)
URL = re.compile(r"(?:https?://|www\.)[^\s\"<>，。；]+", re.I)
SCHEME = re.compile(r"\b(https?)\s?:\s?/\s?/\s*", re.I)
_NO_PARTS = (
    r"[\[(（{·|©]",
    r"https?:|www\.|pp?\.",
    rf"{_of('identifiers')}(?![a-z])",
    rf"{_of('behind_an_address')}\b",
    rf"{_MONTHS}[a-z]*\b",
    rf"{YEAR}\b(?!\.\d)",
)
#: What may stand after an address without being part of it.
NO_PART = re.compile("|".join(_NO_PARTS), re.I)
#: A DOI that a space cut before or behind its slash.
CUT_DOI = re.compile(r"\b(10\.\d{4,9})(?:\s+/\s*|/\s+)")
#: What of a piece may belong to an address: all of it, up to a quote or a Chinese stop.
URL_PIECE = re.compile(r"[^\"<>，。；]+")
FILE_PIECE = re.compile(r"[a-z\d]\S*[/_=]")
#: A piece that no word looks like.
MIXED_PIECE = re.compile(r"(?=[\w.\-])\S*?(?:[/_=&?%]|[a-z]\d|\d[a-z]|\w\.\w)")
#: What may follow the open end of an address on its line, and on the next.
MARKED_PIECE = re.compile(r"[^,;(][^,;(]*[/_=&?%.\d][^,;(]*")
PLAIN_PIECE = re.compile(rf"[\w.\-]*|{MARKED_PIECE.pattern}")
DOI_PIECE = re.compile(r"(?=[^:;]*\d[^:;]*$)(?:[.\-/_]|\w*\d[\w.\-()/]{4,}$)")
#: What may follow the open end of a DOI, and one that ends as a sentence does.
DOI_PART = re.compile(r"(?=.*\d)[\w(][^:;]*")
LONG_DOI_PART = re.compile(r"(?=.*\d)[\w(][^:;]{4,}")

# ---- fields on lines of their own --------------------------------------------------------------------------------

#: "PLOS Biology (2015-07-07) https://doi.org/bdzf", alone on its line.
DATED_LINE = re.compile(
    rf"(?P<venue>[^()]{{0,120}}(?:\([^()]*\)[^()]*)?)\((?P<year>{YEAR})(?P<day>(?:-\d\d){{0,2}})\)\s*(?:https?://\S*)?\s*$"
)
#: "Authorea https://doi.org/gf3c59", "DOI: 10.1371/…": the first line behind the authors of an entry without a date.
ADDRESS_LINE = re.compile(r"(?P<venue>.{0,120}?)\s*(?:https?://|\b(?:DOI|ISBN|ISSN|PMID|PMCID):)")

# ---- names on lines of their own ---------------------------------------------------------------------------------

_SMALL = lexicon.words("names", "particles")
_PARTICLES = lexicon.alternatives(
    [
        *_SMALL,
        *map(str.capitalize, _SMALL),
        *lexicon.words("names", "particles_small"),
        *lexicon.words("names", "particles_capital"),
    ]
)
_PARTICLE = rf"(?:{_PARTICLES}(?:[\s\-]+|(?<=[dDOlL])[’'`´ʹ]\s?))"
_NAME_WORD = r"[\w.’'`´\ufffd\-‐]*"
#: A name, or the dots for those who are left out.
NAME = re.compile(
    rf"(?:…\s*)?(?:{_PARTICLE}){{0,3}}[{UP}]{_NAME_WORD}(?:\s(?:- )?[{UP}{LOW}]{_NAME_WORD}){{0,6}}\.?"
    rf"|…(?:\s{_names('group_links')} [\w\s-]+)?"
)
BEFORE_FAMILY = re.compile(rf"(?![A-Z] ){_PARTICLE}|- ")
INSTITUTION = re.compile(rf"\b(?:{_names('institutions')}|[A-Z]\w*{_names('institution_endings')})\b")
