"""The forms in which names are printed: ``Smith, J.``, ``J. Smith``, ``Smith JA``, ``Smith J. A.``, ``Smith, Jane``, ``Jane Smith``, ``张三``; and organisations."""

from __future__ import annotations

import re
from functools import partial

from citegrid.core import lexicon
from citegrid.core.script import HAN, YEAR
from citegrid.pipeline.bibliography.patterns import HANGUL, LOW, PARTICLES, UP

_of = partial(lexicon.pattern_of, "names")

# ---- pieces of names ---------------------------------------------------------------------------------------------

_MARK = "’'`´ʹ"
_GENERATION = rf"{_of('generations')}\b"
#: A part of a name; in ``_LONG`` of two letters at least.
PART = rf"(?:(?!{_GENERATION})(?:[{UP}\ufffd][{LOW}{UP}{_MARK}\-‐–]*[{LOW}{UP}]|[{UP}](?![{LOW}.{_MARK}])))"
_LONG = rf"(?:(?!{_GENERATION})[{UP}\ufffd][{LOW}{UP}{_MARK}\-‐–]*[{LOW}{UP}])"
_SMALL = lexicon.words("names", "particles")
_PARTICLES = lexicon.alternatives(
    [
        *_SMALL,
        *map(str.capitalize, _SMALL),
        *lexicon.words("names", "particles_small"),
        *lexicon.words("names", "particles_capital"),
    ]
)
PARTICLE = rf"(?:{_PARTICLES}(?:[\s\-]+|(?<=[dDOlL])[{_MARK}]\s?))"
_FAMILY = rf"(?:{PARTICLE}{{0,3}}{PART}(?:[\s\-](?:{PARTICLE}{{0,2}}{PART})){{0,2}})"
_LONG_FAMILY = rf"(?:{PARTICLE}{{0,3}}{PART}(?:[\s\-](?:{PARTICLE}{{0,2}}{PART})){{0,4}})"
_MAIDEN = rf"(?:\s\({PART}\))?"
INITIALS = rf"(?:[{UP}][{LOW}]?\.[\s\-‐–]?(?:-?(?:{PARTICLE})?[{UP}][{LOW}]?\.[\s\-‐–]?){{0,4}})"
#: "Zundert, J. van": particles set behind the given name.
_BEHIND = rf"(?:\s*\b{PARTICLES}(?:\s+{PARTICLES})?(?=\s*[,.;:&(]|\s+and\b|$))?"
_SUFFIX = rf"(?:,?\s+(?P<suffix>{_GENERATION}\.?)(?=[\s,.;:&(]|$))?"
_SHORT = rf"(?:[{UP}][{LOW}]{{0,2}}\.)"
_CONJUNCTION = _of("conjunctions")
#: What may follow a name that is spelt out.
_AND = rf"\b{_CONJUNCTION}\b|\bu\.\s?a\."
_ROLES = rf"等?{_of('roles')}"
_DATE = rf"{YEAR}|$"

# ---- forms of names ----------------------------------------------------------------------------------------------

_FULL_GIVEN = rf"(?:{PART}|{_SHORT})(?:[\s\-]+(?:{_SHORT}|{PART}))*?(?:\s+[{UP}]\.)*"
_FULL_FAMILY = rf"{PARTICLE}{{0,3}}(?!{_SHORT}\s+{_LONG}(?:,|\s+and\b|\s*&)){_LONG}"
_INVERTED_GIVEN = rf"{PART}(?:[\s\-]+(?:{PART}|[{UP}]\.))*?(?:\s+[{UP}]\.?)*{_BEHIND}"
_INVERTED_FAMILY = rf"{PARTICLE}{{0,3}}{PART}(?:\s{PARTICLE}{{1,2}}{_LONG})?"
_BARE_INITIALS = rf"[{UP}]{{1,4}}(?:-[{UP}]|d[aeo]?[{UP}]|\s(?:da|de|do|dos)(?:\s[{UP}])?)?"

#: Forms of a name: groups ``family`` and, when printed, ``given`` and ``suffix``.
FORMS: dict[str, re.Pattern[str]] = {
    "han": re.compile(rf"(?P<family>[{HAN}·]{{2,12}}?)(?P<role>{_ROLES})?(?=[,，.．。、;；\s:：(（・]|等|$)"),
    "hangul": re.compile(rf"(?P<family>[{HANGUL}]{{2,6}})(?=\s*[,，.;:·(（“\"「『]|\s*(?:외|등)\b|$)"),
    "inverted": re.compile(
        rf"(?P<family>{_LONG_FAMILY}{_MAIDEN})(?:,?\s+(?P<inner>{_GENERATION}\.?))?,\s*"
        rf"(?P<given>{INITIALS}(?:[{UP}](?=[,;]))?{_BEHIND}){_SUFFIX}(?=[\s,.;:&(]|$)"
    ),
    "initials": re.compile(rf"(?P<given>{INITIALS})\s*(?P<family>{_FAMILY}{_MAIDEN}){_SUFFIX}(?=[\s,.;:&(“\"]|$)"),
    # "B. Ye. Title goes on": a family of two letters that looks like an initial.
    "two-letters": re.compile(
        rf"(?P<given>(?:[{UP}]\.[\s\-]?)+)(?P<family>[{UP}][{LOW}])(?=\.\s+[{UP}][\w\-]*\s+(?!{_CONJUNCTION}\b)[{LOW}])"
    ),
    "vancouver": re.compile(
        rf"(?P<family>{_FAMILY}{_MAIDEN})\s+(?P<given>{_BARE_INITIALS})(?:\s+(?P<suffix>{_GENERATION}))?"
        rf"(?=[,.;:(]|\s+(?:and|&|et)|\s+[(\[]?(?:19|20)\d\d|$)"
    ),
    "family-first": re.compile(  # "Smith B. D., Lang M., 2019": astronomers
        rf"(?P<family>{_FAMILY}{_MAIDEN})\s+(?P<given>{INITIALS}){_SUFFIX}(?=\s*(?:[,;:&(]|{_CONJUNCTION}\b|{_DATE}))"
    ),
    "inverted-full": re.compile(
        rf"(?P<family>{_INVERTED_FAMILY}),\s+(?P<given>{_INVERTED_GIVEN}){_SUFFIX}"
        rf"(?=\s*(?:[,.;:&(/]|\band\b|\bet\b)|$|(?<=\s[{UP}]\.)\s)"
    ),
    "full": re.compile(rf"(?P<given>{_FULL_GIVEN})\s+(?P<family>{_FULL_FAMILY}){_SUFFIX}(?=\s*(?:[,.;:&(/]|{_AND})|$)"),
}
#: Forms that a list may mix: "Smith, J., and A. Jones".
MIXED = {
    "inverted": ("initials",),
    "inverted-full": ("full",),
    "full": ("initials",),
    "initials": ("full",),
    "han": ("vancouver", "initials"),
    "hangul": ("han", "initials", "inverted"),
}
#: The initials of one who is spelt out nowhere.
ONLY_INITIALS = re.compile(INITIALS)
#: "Hunter J. Post-Publication Peer Review: Opening up …": a title behind a name.
TITLE_BEHIND = re.compile(rf"\S+ (?:[{UP}]\.? ?)+(?:\S{{3,}} ){{2,}}")
#: "Roe V South", where a comma was lost, but "Costa E Silva" is one name.
JOINED = re.compile(rf"([{UP}][\w’'-]+) ((?![EY]\b)[{UP}]{{1,3}}) ([{UP}][\w’'-]*[{LOW}][\w’'-]*)")
#: "Knuth D E": initials that stand apart.
SPACED_INITIALS = re.compile(rf"(.*\w\w)((?: [{UP}])+)")

# ---- what stands between and behind names ------------------------------------------------------------------------

_LAST = rf"(?:{_CONJUNCTION}(?![{LOW}])(?!\s+al\b)|{_of('conjunctions_han')}|&)"
_SEPARATORS = (
    rf"\s*[,;，；、・·]\s*(?:{_LAST}\s*,?)?\s*",
    rf"(?:\s+|(?<=\s))(?:{_CONJUNCTION}(?!\s+al\b)|{_of('conjunctions_apart')})\s+",
    rf"\s*(?:&|{_of('conjunctions_han')}|\.\s*,)\s*",
    rf"\s?/\s?(?=[{UP}])",
)
BETWEEN = re.compile(rf"(?:{'|'.join(_SEPARATORS)})(?:\.\s?\.\s?\.|…)?\s*(?:&\s*)?")
_OTHERS = (
    rf"{_of('et_al')}(?![\w-])\.?",
    r"and \d+ (?:others|colleagues)\b\.?",
    r"외\s*\d*\s*[인명]?",
    _of("et_al_joined"),
    r"他(?=[：:，,．.（(])",
)
#: What stands for the names that are left out.
ET_AL = re.compile(rf"\s*(?:\.\s?(?=,))?[,，;]?\s*(?:{'|'.join(_OTHERS)})", re.I)
_MADE = rf"{_of('editors')}\b\.?|{_of('roles')}"
EDITORS = re.compile(rf"\s*[,，]?\s*[(\[]?\s*(?:{_MADE})\s*[)\]]?", re.I)
_GROUP = rf"{_of('groups')}s?"
_FOR = lexicon.pattern_of("names", "group_links")
#: "(ATLAS Collaboration)" behind "et al.", ", for the ABC Study Group".
FOR_GROUP = re.compile(
    rf"\s*[(\[](?i:{_FOR} )?(?:the )?[\w\s.&-]{{2,60}}{_GROUP}[)\]]"
    rf"|\s*[,;]\s*(?:and )?{_FOR} (?:the )?[\w\s&’'-]{{2,90}}?{_GROUP}(?=[.,:;]|\s[(])"
)
#: "Berg D. L. van Rhyn. Title": a last author in another form than the rest.
LATE = re.compile(rf"\.\s+{FORMS['initials'].pattern}(?=\.\s+[{UP}][{LOW}]+\s)")
#: A family whose initials were lost, in a list of names with initials: "Berg-Roe, South DG", "Rhyn. Bird casualties".
_ANOTHER = rf"(?P<between>, )[{UP}][\w’'-]+ [{UP}]{{1,3}}[,.]|\.\s[{UP}]"
LONE = re.compile(rf"(?P<family>{PARTICLE}{{0,2}}[{UP}][\w’'-]*[{LOW}])(?={_ANOTHER})")
#: "Momo" in "D. Zhu, Momo, C. He": who writes under one word, between names with initials.
ONE_WORD = re.compile(
    rf"(?P<family>[{UP}][{LOW}]+)(?=(?P<between>,\s+){FORMS['initials'].pattern.replace('?P<', '?P<next_')})"
)
#: The year that ends a list of names however odd one of them is: "(2017)" or ". 2023."
LIST_DATE = re.compile(r"\s*[(\[]\s*(?:19|20)\d\d[a-z]?[^()\[\]]{0,20}[)\]]|[.,]?\s+(?:19|20)\d\d[a-z]?\.\s")
#: One name of such a list, up to what parts it from the next.
ODD_NAME = re.compile(r"[^,;&]{1,60}?(?=\s*[,;&]|\s+and\s)")
NAME_STOP = re.compile(r"(?:[^\W\d_]{4,}|\s[a-z]{2,3})\.\s")
NAME_SEPARATOR = re.compile(r"[,;&]|\band\b")
#: What follows a title rather than the last of two authors: "Imagined Things (London: Verso, 1983)", "…, Berlin 1990".
IMPRINT_BEHIND = re.compile(rf"\s*\((?!{YEAR})[{UP}]|,\s+[{UP}][\w.]+(?: [\w./]+){{0,3}} {YEAR}\b")
_ENDS = (
    r"\s*[.。:：]",
    rf"\s*[,，]?\s*[(（\[]\s*(?:\d{{4}}|{lexicon.pattern_of('bibliography', 'undated_anywhere')}|n\.\s?d)",
    r"\s*[,，.]?\s*(?:19|20)\d\d",
    r"\s*[,，]?\s*[“\"‘'«„]",
)
#: Where authors end: before a stop, a year, a colon, a quote.
AUTHORS_END = re.compile("|".join(_ENDS))
#: Where a list of names ends behind a full name amid initials.
FULL_NAME_ENDS = re.compile(rf"\s*(?:\.|:|,?\s*[“\"‘]|[(\[]\s*{YEAR}|,?\s*et al)")
#: What follows a name that is spelt out, in the middle of a list; behind "family, given" also a colon without a space.
BEHIND_FULL = re.compile(rf"\s*(?:[,;/]|:\s|\.(?:\s|$)|{_AND}|&|\()")
BEHIND_INVERTED = re.compile(rf"\s*(?:[,;:/]|\.(?:\s|$)|{_AND}|&|\()")

# ---- organisations -----------------------------------------------------------------------------------------------

_ENDINGS = _of("institution_endings")
INSTITUTION = re.compile(rf"\b(?:{_of('institutions')}|[A-Z]\w*{_ENDINGS})\b")
_WORD = rf"(?:[{UP}][\w&@’'\-/]*|(?:[{UP}]\.){{2,4}})"
_LINK = rf"{_of('organisation_links')}|\([{UP}][\w&-]*\)"
_BEHIND_ORGANISATION = (
    rf"[.,]?\s*[(\[]\s*(?:{YEAR}|n\.\s?d)",
    r"\.\s",
    rf"[.,]\s*{YEAR}",
    r",\s*[“\"„‘«]",
    r":\s|;|,\s|$",
)
ORGANISATION = re.compile(
    rf"(?P<name>(?:The\s+)?{_WORD}(?:\s+(?:{_LINK}|{_WORD})){{0,11}}?)\s*(?={'|'.join(_BEHIND_ORGANISATION)})"
)
#: "The pandas development team.": people who name themselves in small letters.
TEAM = re.compile(
    rf"(?P<name>(?![A-Z]\.\s[A-Z]\w+,)(?:[Tt]he\s+)?[\w.\-]+(?:\s+[\w.\-]+){{0,5}}?\s+{_of('teams')})(?=\s*[.,:(]|$)"
)
#: "Cancer Research UK, Statistics for …": a name that ends in capitals.
COMPANY = re.compile(rf"(?P<name>{_WORD}(?:\s+{_WORD}){{0,5}}\s+{_of('companies')})(?=[.,:]?\s|$)")
#: "中华人民共和国国家技术监督局．": an office or a society with a long Chinese name.
HAN_ORGANISATION = re.compile(rf"(?P<name>[{HAN}（）]{{6,40}}?{_of('institution_endings_han')})(?=\s*[.．。]\s*\S)")
#: "Instituto Brasileiro do Meio Ambiente (IBAMA). (2006). Title": whatever stands before an early year in brackets.
BEFORE_YEAR = re.compile(rf"(?P<name>[{UP}][^.\[\]“\"]{{4,160}}?)[.,]?\s*(?=[(\[]{YEAR}[a-z]?[)\]].{{15}})", re.S)
#: "The U.S. Equal Employment Opportunity Commission (EEOC), “Uniform guidelines": before a title in quotes.
BEFORE_QUOTE = re.compile(rf"(?P<name>[{UP}][^“\"„\[\]]{{3,100}}?),\s*(?=[“\"„])")
#: Between an organisation and what stands behind it: "Gaia Collaboration, Brown, A. G. A., et al. 2018".
BEHIND_FIRST = re.compile(r"\s*[,;]\s*(?:and\s+|&\s*)?")

# ---- names in lists that print each field on lines of its own ----------------------------------------------------

_NAME_WORD = r"[\w.’'`´\ufffd\-‐]*"
#: A name, or the dots for those who are left out.
NAME = re.compile(
    rf"(?:…\s*)?(?:{PARTICLE}){{0,3}}[{UP}]{_NAME_WORD}(?:\s(?:- )?[{UP}{LOW}]{_NAME_WORD}){{0,6}}\.?"
    rf"|…(?:\s{_FOR} [\w\s-]+)?"
)
BEFORE_FAMILY = re.compile(rf"(?![A-Z] ){PARTICLE}|- ")
