"""The forms in which names are printed: ``Smith, J.``, ``J. Smith``, ``Smith JA``, ``Smith J. A.``, ``Smith, Jane``, ``Jane Smith``, ``张三``; and organisations."""

from __future__ import annotations

import re
from itertools import groupby


def _ranges(codes: list[int]) -> str:
    """The characters of ``codes``, as ranges of a character class."""
    runs = [[code for _, code in run] for _, run in groupby(enumerate(codes), lambda pair: pair[1] - pair[0])]
    return "".join(f"\\u{run[0]:04x}-\\u{run[-1]:04x}" for run in runs)


_LETTERS = [*range(0x41, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x1F00)]
UP = _ranges([c for c in _LETTERS if chr(c).isupper()])
#: Small letters, the mark for a letter that the file does not name, and letters that a font keeps for itself.
LOW = _ranges([c for c in _LETTERS if chr(c).islower()]) + "\ufffd\ue000-\uf8ff"
HAN = r"\u3400-\u9fff"
HANGUL = r"\uac00-\ud7a3"

_MARK = "’'`´ʹ"
_GENERATION = r"(?:[Jj]r|[Ss]r|I{2,3}|IV|2nd|3rd|4th)\b"
PART = rf"(?:(?!{_GENERATION})(?:[{UP}\ufffd][{LOW}{UP}{_MARK}\-‐–]*[{LOW}{UP}]|[{UP}](?![{LOW}.{_MARK}])))"
_LONG = rf"(?:(?!{_GENERATION})[{UP}\ufffd][{LOW}{UP}{_MARK}\-‐–]*[{LOW}{UP}])"
PARTICLE = rf"(?:(?:van|von|vom|der|den|de|di|da|dal|dalla|dos|das|do|du|des|la|las|le|los|del|della|ter|ten|te|el|al|bin|bint|ben|ibn|af|av|zu|zur|zum|y|e|St\.|Saint|Van|Von|Der|Den|De|Di|Da|Dos|Das|Do|Du|La|Las|Le|Los|Dal|Dalla|Del|Della|Ter|Ten|Al|El|Ben|Bin|Mac|Mc|Ó|Ní|O|d|D)(?:[\s\-]+|(?<=[dDOlL])[{_MARK}]\s?))"
_FAMILY = rf"(?:{PARTICLE}{{0,3}}{PART}(?:[\s\-](?:{PARTICLE}{{0,2}}{PART})){{0,2}})"
_LONG_FAMILY = rf"(?:{PARTICLE}{{0,3}}{PART}(?:[\s\-](?:{PARTICLE}{{0,2}}{PART})){{0,4}})"
_MAIDEN = rf"(?:\s\({PART}\))?"
INITIALS = rf"(?:[{UP}][{LOW}]?\.[\s\-‐–]?(?:-?(?:{PARTICLE})?[{UP}][{LOW}]?\.[\s\-‐–]?){{0,4}})"
#: "Zundert, J. van": particles set behind the given name.
_BEHIND = r"(?:\s*\b(?:van|von|de|da|dos|du|la|le|del|di|der|den|ter|ten)(?:\s+(?:der|den|la|las|los))?(?=\s*[,.;:&(]|\s+and\b|$))?"
_SUFFIX = rf"(?:,?\s+(?P<suffix>{_GENERATION}\.?)(?=[\s,.;:&(]|$))?"
_SHORT = rf"(?:[{UP}][{LOW}]{{0,2}}\.)"

#: Forms of a name: groups ``family`` and, when printed, ``given`` and ``suffix``.
FORMS: dict[str, re.Pattern[str]] = {
    "han": re.compile(
        rf"(?P<family>[{HAN}·]{{2,12}}?)(?P<role>等?(?:编著|主编|合著|选编|编译|译注|编|著|译|校))?(?=[,，.．。、;；\s:：(（・]|等|$)"
    ),
    "hangul": re.compile(rf"(?P<family>[{HANGUL}]{{2,6}})(?=\s*[,，.;:·(（“\"「『]|\s*(?:외|등)\b|$)"),
    "inverted": re.compile(
        rf"(?P<family>{_LONG_FAMILY}{_MAIDEN})(?:,?\s+(?P<inner>{_GENERATION}\.?))?,\s*"
        rf"(?P<given>{INITIALS}(?:[{UP}](?=[,;]))?{_BEHIND}){_SUFFIX}(?=[\s,.;:&(]|$)"
    ),
    "initials": re.compile(rf"(?P<given>{INITIALS})\s*(?P<family>{_FAMILY}{_MAIDEN}){_SUFFIX}(?=[\s,.;:&(“\"]|$)"),
    # "B. Ye. Title goes on": a family of two letters that looks like an initial.
    "two-letters": re.compile(
        rf"(?P<given>(?:[{UP}]\.[\s\-]?)+)(?P<family>[{UP}][{LOW}])(?=\.\s+[{UP}][\w\-]*\s+(?!(?:and|und|et|y|e|и|ve)\b)[{LOW}])"
    ),
    "vancouver": re.compile(
        rf"(?P<family>{_FAMILY}{_MAIDEN})\s+(?P<given>[{UP}]{{1,4}}(?:-[{UP}]|d[aeo]?[{UP}]|\s(?:da|de|do|dos)(?:\s[{UP}])?)?)(?:\s+(?P<suffix>{_GENERATION}))?(?=[,.;:(]|\s+(?:and|&|et)|\s+[(\[]?(?:19|20)\d\d|$)"
    ),
    "family-first": re.compile(  # "Smith B. D., Lang M., 2019": astronomers
        rf"(?P<family>{_FAMILY}{_MAIDEN})\s+(?P<given>{INITIALS}){_SUFFIX}(?=\s*(?:[,;:&(]|(?:and|et|und|y|e|ve|и)\b|(?:19|20)\d\d|$))"
    ),
    "inverted-full": re.compile(
        rf"(?P<family>{PARTICLE}{{0,3}}{PART}(?:\s{PARTICLE}{{1,2}}{_LONG})?),\s+"
        rf"(?P<given>{PART}(?:[\s\-]+(?:{PART}|[{UP}]\.))*?(?:\s+[{UP}]\.?)*{_BEHIND}){_SUFFIX}(?=\s*(?:[,.;:&(/]|\band\b|\bet\b)|$|(?<=\s[{UP}]\.)\s)"
    ),
    "full": re.compile(
        rf"(?P<given>(?:{PART}|{_SHORT})(?:[\s\-]+(?:{_SHORT}|{PART}))*?(?:\s+[{UP}]\.)*)\s+"
        rf"(?P<family>{PARTICLE}{{0,3}}(?!{_SHORT}\s+{_LONG}(?:,|\s+and\b|\s*&)){_LONG})"
        rf"{_SUFFIX}(?=\s*(?:[,.;:&(/]|\band\b|\bund\b|\bet\b|\bu\.\s?a\.)|$)"
    ),
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

INSTITUTION = re.compile(
    r"\b(?:Organi[sz]ation|Institute?s?|Universit(?:y|ies|ät|é)|Association|Committee|Group|Team|Society|Agency|Department|Ministry|Consortium|Foundation|Alliance|Board"
    r"|Cent(?:er|re)|Council|Commission|Corporation|Inc|Ltd|GmbH|Union|Collaboration|Initiative|Network|Bureau|Office|Academ(?:y|ies)|Laborator(?:y|ies)|Service|Panel"
    r"|International|Administration|Federation|Authority|Court|Nations|Parliament|Programme|Trust|Bank|Museum|Developers|Contributors|Party|Survey"
    r"|[A-Z]\w*(?:amt|ministerium|institut|gesellschaft|verband|kommission|verein|stiftung))\b"
)
_WORD = rf"(?:[{UP}][\w&@’'\-/]*|(?:[{UP}]\.){{2,4}})"
ORGANISATION = re.compile(
    rf"(?P<name>(?:The\s+)?{_WORD}(?:\s+(?:of|for|and|the|on|in|de|der|des|du|für|&|\([{UP}][\w&-]*\)|{_WORD})){{0,11}}?)\s*"
    r"(?=[.,]?\s*[(\[]\s*(?:(?:1[5-9]|20)\d\d|n\.\s?d)|\.\s|[.,]\s*(?:1[5-9]|20)\d\d|,\s*[“\"„‘«]|:\s|;|,\s|$)"
)
#: "The pandas development team.": people who name themselves in small letters.
TEAM = re.compile(
    r"(?P<name>(?![A-Z]\.\s[A-Z]\w+,)(?:The\s+|the\s+)?[\w.\-]+(?:\s+[\w.\-]+){0,5}?\s+(?:[Tt]eam|[Dd]evelopers|[Cc]ontributors|[Cc]ollaboration|[Cc]onsortium))(?=\s*[.,:(]|$)"
)
#: "Cancer Research UK, Statistics for …": a name that ends in capitals.
COMPANY = re.compile(rf"(?P<name>{_WORD}(?:\s+{_WORD}){{0,5}}\s+(?:UK|USA|LLC|Inc|Ltd|GmbH))(?=[.,:]?\s|$)")
#: "中华人民共和国国家技术监督局．": an office or a society with a long Chinese name.
HAN_ORGANISATION = re.compile(
    rf"(?P<name>[{HAN}（）]{{6,40}}?(?:局|部|院|会|中心|公司|大学|学院|组|组织|研究所|厅|署|办公室|社|馆|集团|联盟|政府|实验室))(?=\s*[.．。]\s*\S)"
)
#: "Instituto Brasileiro do Meio Ambiente (IBAMA). (2006). Title": whatever stands before an early year in brackets.
BEFORE_YEAR = re.compile(
    rf"(?P<name>[{UP}][^.\[\]“\"]{{4,160}}?)[.,]?\s*(?=[(\[](?:1[5-9]|20)\d\d[a-z]?[)\]].{{15}})", re.S
)
#: "The U.S. Equal Employment Opportunity Commission (EEOC), “Uniform guidelines": before a title in quotes.
BEFORE_QUOTE = re.compile(rf"(?P<name>[{UP}][^“\"„\[\]]{{3,100}}?),\s*(?=[“\"„])")
