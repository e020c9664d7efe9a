"""The patterns of in-text citations, made by name from the word lists of ``resources/lexicon/citations.toml``.

Pieces of patterns are plain strings without groups of their own; what is searched as it stands is compiled.
"""

from __future__ import annotations

import re
from functools import partial

from citegrid.core.language.lexicon import alternatives, pattern_of, words
from citegrid.core.language.lexicon import whole_words as _whole_words
from citegrid.core.language.script import HAN, YEAR
from citegrid.core.language.text import key_text

whole_words = partial(_whole_words, "citations")
phrases = partial(pattern_of, "citations")

# -- names ---------------------------------------------------------------------------------------------------------------

#: Characters of which names without a comma are made: Chinese, Japanese, Korean.
ASIAN = rf"{HAN}\uac00-\ud7a3\u3041-\u30ff·"
#: Accents that a file sets beside their letters: "Schr¨odinger".
ACCENTS = "¨´`ˆ˜ˇ˝¸˛˙¯"
#: A word of a name, an ideograph, or an ampersand.  Apostrophes, accents, inner hyphens and hyphens at a line's end belong to it.
NAME_WORD = re.compile(
    rf"(?:['{ACCENTS}](?=[^\W\d_]))?[^\W\d_{HAN}](?:[^\W_{HAN}]|['{ACCENTS}](?=[^\W\d_])|-\s*(?=[^\W\d_]))*|[{HAN}]|&"
)
PARTICLES = frozenset(words("citations", "name_particles"))
ET_AL = whole_words("et_al")
NAMES_GO_ON = re.compile(ET_AL, re.I)
_OF_ET_AL = {
    key_text(part) for phrase in words("citations", "et_al") for part in (phrase, *re.split(r"[^\w]+", phrase))
} - {""}
#: Words that join the names of one citation.
CONJUNCTIONS = frozenset(words("citations", "name_conjunctions")) | {"et", "al", "others"}
#: Words that stand among the names before a year without being one.
CONNECTORS = CONJUNCTIONS | _OF_ET_AL | frozenset(words("citations", "between_names"))
#: Words before which a dot does not end a sentence.
DOTTED = re.compile(rf"(?:{whole_words('dotted')}|\b[^\W\d_])$", re.I)
#: Another author, joined to the name that follows.
ANOTHER_BEFORE = re.compile(
    rf"(?:[A-ZÀ-Þ][\w'-]+(?:,?\s+{whole_words('name_conjunctions')}|\s*/)|[{ASIAN}]\s*{phrases('asian_conjunctions')})\s*$"
)
ASIAN_AND = rf"(?:,|{phrases('asian_conjunctions')})"
#: What may stand between an Asian name and the year or bracket behind it; the group is "et al.".
AFTER_ASIAN_NAMES = (
    rf"\s*({phrases('asian_et_al')})?\s*(?:\d*{phrases('people')})?\s*{phrases('asian_particles')}?[\s,.]*$"
)
#: Initials with the first author tell works of namesakes apart: "Wang Y. et al.", "Y. Wang".
INITIAL_AFTER = re.compile(r"[^\W\d_][\w'-]+,?\s+([A-Z])\.")
INITIAL_BEFORE = re.compile(r"(?<![\w.])([A-Z])\.\s?(?:-?[A-Z]\.\s?)*$")
INITIAL = re.compile(r"\b[A-Z]\.")

# -- years ---------------------------------------------------------------------------------------------------------------

DIGITS = re.compile(r"\d+")
YEARS = re.compile(rf"(?<!\d)({YEAR})(?!\d)")
LETTERED_YEAR = re.compile(rf"(?<!\d)({YEAR})\s?([a-z])(?![a-zA-Z0-9])")
UNPUBLISHED = re.compile(whole_words("unpublished"), re.I)
#: A year with its letters, "2020a,b" and "2020a-c", or what stands for one.
CITED_YEAR = re.compile(
    rf"(?<![A-Za-z0-9/-])(?<!\d\.)(?P<year>{YEAR})(?:/(?P<other>{YEAR}))?"
    rf"(?P<letters>[a-z](?![a-zA-Z])(?:\s*(?:[,;/&-]|and\b)\s*[a-z](?![a-zA-Z.]))*)?(?!\d)"
    rf"|(?P<none>(?i:{whole_words('unpublished')}))"
)
#: Between two years of the same authors.
SAME_AUTHORS = re.compile(rf"[\s,;&]*{phrases('name_conjunctions')}?\s*")

# -- brackets ------------------------------------------------------------------------------------------------------------

LEAD_IN = rf"(?:{whole_words('lead_in')}[,:]?\s+)*"
ONLY_LEAD_IN = re.compile(rf"[\s,]*{LEAD_IN}[\s,]*", re.I)
_NUMBER = r"\d{1,4}[a-z]?(?:\s*-{1,2}\s*\d{1,4}[a-z]?)?"
NUMBERS = rf"{_NUMBER}(?:\s*(?:[,;/&]|\band\b|,\s*and\b)\s*{_NUMBER})*"
#: The place in the work that is meant: "p. 12", "S. 62 ff.", "Theorem 2.1"; any word with a capital will do.
_LOCATOR = rf"(?:{whole_words('locators')}|S\.?\s*(?=\d|[ivxlc]+\b)|(?-i:[A-Z][a-zà-ÿ]{{2,}}))"
_LOCATED = rf"(?:\s*[,;:]\s*{_LOCATOR}[^\[\]()]{{0,60}}(?:\([^\[\]()]{{1,12}}\)[^\[\]()]{{0,20}})?)?"
BRACKET = re.compile(
    rf"\[\s*{LEAD_IN}({NUMBERS}){_LOCATED}(?:\s+and references therein)?\s*[,;]?\s*\]",
    re.I,
)
#: ``[15, Theorem 5.3; 16, Lemma 2]``: works with a place each.
SEVERAL = re.compile(
    rf"\[\s*(?:{LEAD_IN}{NUMBERS}{_LOCATED}\s*;\s*)+{LEAD_IN}{NUMBERS}{_LOCATED}\s*\]",
    re.I,
)
ONE_OF_SEVERAL = re.compile(rf"{LEAD_IN}({NUMBERS}){_LOCATED}\s*(?=[;\]])", re.I)
ROUND = re.compile(rf"\(\s*{LEAD_IN}({NUMBERS}){_LOCATED}\s*\)", re.I)
RAISED = re.compile(rf"[\[(]?\s*({NUMBERS})\s*[\])]?[,;]?")
ON_THE_LINE = re.compile(rf"{whole_words('reference_words')}\s+({NUMBERS})(?![\w.]\w)", re.I)
ONE_RANGE = re.compile(r"(?P<low>\d{1,4})(?P<letter>[a-z]?)(?:\s*-{1,2}\s*(?P<high>\d{1,4}))?")
KEYS = re.compile(r"\[([^\[\]]{1,300})\]")
BETWEEN_BRACKETS = re.compile(r"\s*(?:[,;-]|and|,\s*and)?\s*")

# -- numbers that cite nothing -------------------------------------------------------------------------------------------

TWO_NUMBERS = re.compile(r"\s*\d+\s*[,;]\s*\d+\s*")
INTERVAL_BEFORE = re.compile(rf"{whole_words('interval_cues')}\s*$", re.I)
#: ``[1e-5, 1]`` is an interval.
POWER_OF_TEN = re.compile(r"\de\s*-+\s*\d", re.I)
#: What follows the index of an array in a program.
CODE_AFTER = re.compile(r"\s*(?:[-+*/]?=|;\s*(?:\n|$)|\.[a-z_]|\[|->)")
#: A line of a program, and one of prose, however many signs it holds.
PROGRAM = re.compile(r"\w\(|[=!<>:+-]=|\*\*|\w_\w|\]\.\w|\b(?:for|while|if)\b.*:\s*$|\breturn\b|\bdef\b")
PROSE = re.compile(rf"(?:\b[A-Za-zÀ-ÿ]{{2,}}[,.]?\s+){{5}}|[{HAN}]{{4}}")
#: What stands before an index, "a[3]", a type such as ``12 : [8]`` or ``[4] -> [8]``, and a list of numbers.
PROGRAM_BEFORE, TYPE_AFTER = re.compile(r"(?:(?:^|[^\w.'])[a-z]|(?:\s:|::|[-=]>|[=∶])\s*)\Z"), re.compile(r"\s*[-=]>")
#: What bears a number in round brackets: "Eqs. (7) and (8)".
NUMBERED_BEFORE = re.compile(
    rf"(?:{whole_words('numbered_things')}|(?P<name>{whole_words('numbered_by_name')}))\.?\s*(?:\(\d+\w?\)\s*(?:and|or|to|,|-)\s*)*\s*$",
    re.I,
)
#: Numbers that a formula adds or multiplies, "[6] ⊕ [15]", and what follows such a number in the text.
OPERATED = re.compile(r"[⊕⊗]\s*\[(\d+)\]|\[(\d+)\](?=\s*[⊕⊗])")
OPERAND_AFTER = re.compile(rf"\s*(?:[⊕⊗]|{whole_words('operands')})", re.I)
OPERAND_BEFORE = re.compile(rf"(?:[⊕⊗]|\b{phrases('articles')})\s*$", re.I)
_BASES = alternatives(word for table in ("units", "functions", "ions") for word in words("citations", table))
#: What a raised number is attached to when it is an exponent, a charge or an isotope.
POWER_BEFORE = re.compile(rf"(?:\d|[=×·/^∑∏∫√°Åα-ωΑ-Ω-]|(?<![A-Za-z])(?:[A-Za-z]|{_BASES}))\Z")
OWN_PUBLICATIONS = re.compile(rf"^\W*(?:\d\S*\s+|附录\S*\s*)?{phrases('own_publications')}")

# -- narrative citations -------------------------------------------------------------------------------------------------

NARRATIVE_BEFORE = re.compile(rf"(?:{whole_words('narrative_cues')}|{ET_AL}\.?)\s*$", re.I)

# -- names and pages (MLA) -----------------------------------------------------------------------------------------------

_PAGE_RANGE = r"\d{1,4}(?:\s*-\s*\d{1,4})?"
#: The pages at the end of a citation; a year is none.
PAGES = re.compile(
    rf"(?:^|[\s,]){phrases('pages')}?\s*(?!{YEAR}\b){_PAGE_RANGE}(?:,\s*{_PAGE_RANGE})*\s*(?:n\d*|ff?\.?)?\s*$"
)
ARTICLE = re.compile(rf"^[\W_]*(?:{phrases('articles')}\s+)?", re.I)

# -- the work cited just before --------------------------------------------------------------------------------------------

#: "(ibid., p. 9)" in the running text; the group is the bracket.
IBID = re.compile(rf"\(\s*{LEAD_IN}{pattern_of('footnotes', 'ibid')}[^()]{{0,40}}\)", re.I)

# -- short names ---------------------------------------------------------------------------------------------------------

_NAMING = (
    rf"(?:{whole_words('short_name_cues')},?\s*{phrases('short_name_verbs')}?|{phrases('short_name_phrases')})\s*:?\s*"
)
_BARE_NAME = r"(?:Paper\s[IVX]+|[A-Z][A-Za-z0-9&+-]{0,14}[A-Z0-9])(?![A-Za-z0-9])"
#: One name, or two for as many works: "hereafter S19 and S21".
SHORT_NAMES = re.compile(
    rf"{_NAMING}(?:[“\"'‘](?P<quoted>[^“”\"'’]{{2,30}})[”\"'’]"
    rf"|(?P<bare>{_BARE_NAME})(?:,?\s+{whole_words('name_conjunctions')}\s+(?P<second>{_BARE_NAME}))?)"
)

# -- citations without an entry ------------------------------------------------------------------------------------------

_NAME = rf"(?:{phrases('name_particles')}\s+)*[A-ZÀ-Þ][\w'-]*[a-zà-ÿ][\w'-]*"
_RECENT = r"(?:19|20)\d\d"
#: Works of several authors: of one alone, "(Paris, 2019)", a place or a month cannot be told.
SEVERAL_AUTHORS = re.compile(
    rf"\b{_NAME}(?:,?\s+{ET_AL}\.?,?|,?\s+(?:and|&)\s+{_NAME},?)\s+(?:[(\[]{_RECENT}[a-z]?[)\]]|{_RECENT}[a-z]?\b)"
    rf"|[{HAN}]{{2,3}}等(?:人)?\s*[,(]\s*{_RECENT}[a-z]?"
)
