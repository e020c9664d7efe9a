"""The authors at the beginning of an entry, read name by name in the form of the first."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UP = r"A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁĻĽŃŅŇŌŐŒŔŘŚŞŠȘŢŤȚŪŮŰŲŹŻŽ"
_LOW = r"a-zß-öø-ÿāăąćčďđēėęěğģīįıķłļľńņňōőœŕřśşšșţťțūůűųźżž"
_PART = rf"(?:[{_UP}][{_LOW}{_UP}’'`´\-‐–]*[{_LOW}{_UP}]|[{_UP}](?![{_LOW}.]))"
_PARTICLE = r"(?:(?:van|von|der|den|de|di|da|dos|das|do|du|la|le|del|della|ter|ten|el|al|bin|ben|ibn|af|av|zu|zur|vom|St\.|Van|Von|De|Di|Da|La|Le|Del|Al|El|Ben|Mac|Mc|O)[\s\-’']+)"
_FAMILY = rf"(?:{_PARTICLE}{{0,3}}{_PART}(?:[\s\-]{_PART}){{0,2}})"
_INITIALS = rf"(?:[{_UP}][{_LOW}]?\.[\s\-‐]?(?:-?[{_UP}][{_LOW}]?\.[\s\-‐]?){{0,4}})"
_SUFFIX = r"(?:,?\s+(?:Jr\.?|Sr\.?|I{2,3}|IV)(?=[\s,.;:&]|$))?"
_HAN = r"\u3400-\u9fff"

#: Forms of a name: group ``family`` and, when printed, ``given``.
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("han", re.compile(rf"(?P<family>[{_HAN}·]{{2,12}})(?=[,，.．。、;；\s:：(（]|等|$)")),
    (
        "inverted",
        re.compile(rf"(?P<family>{_FAMILY}),\s*(?P<given>{_INITIALS}(?:{_PARTICLE})?){_SUFFIX}(?=[\s,.;:&(]|$)"),
    ),
    ("initials", re.compile(rf"(?P<given>{_INITIALS})\s*(?P<family>{_FAMILY}){_SUFFIX}(?=[\s,.;:&(“\"]|$)")),
    (
        "vancouver",
        re.compile(
            rf"(?P<family>{_FAMILY})\s+(?P<given>[{_UP}]{{1,4}}(?:-[{_UP}])?)(?:\s+(?:Jr|Sr|2nd|3rd|I{{2,3}}))?(?=[,.;:(]|\s+(?:and|&|et)|$)"
        ),
    ),
    (  # "Smith B. D., Lang M., 2019": astronomers
        "family-first",
        re.compile(
            rf"(?P<family>{_FAMILY})\s+(?P<given>{_INITIALS}){_SUFFIX}(?=\s*(?:[,;:&(]|and\b|et al|(?:19|20)\d\d|$))"
        ),
    ),
    (
        "inverted-full",
        re.compile(
            rf"(?P<family>{_PARTICLE}{{0,3}}{_PART}),\s+(?P<given>{_PART}(?:[\s\-]+(?:{_PART}|[{_UP}]\.))*?(?:\s+[{_UP}]\.?)*){_SUFFIX}(?=\s*(?:[,.;:&(]|\band\b)|$)"
        ),
    ),
    (
        "full",
        re.compile(
            rf"(?P<given>{_PART}\.?(?:[\s\-]+(?:[{_UP}][{_LOW}]{{0,2}}\.|{_PART}))*?(?:\s+[{_UP}]\.)*)\s+(?P<family>{_PARTICLE}{{0,3}}{_PART}){_SUFFIX}(?=\s*(?:[,.;:&(]|\band\b|\bet al)|$)"
        ),
    ),
)
_BETWEEN = re.compile(
    r"\s*(?:[,;，；、]\s*(?:(?:and|&|und|et(?!\s+al)|y|和|与)\s*,?)?\s*|\s+(?:and|und|et(?!\s+al)|y|with)\s+|\s*&\s*|\s*\.\s*,\s*|\s*和\s*)(?:\.{3}|…)?\s*(?:&\s*)?"
)
_ET_AL = re.compile(r"\s*[,，;]?\s*(?:(?:and\s+)?et\s+al\b\.?|and (?:\d+ )?(?:others|colleagues)\b\.?|等人?)", re.I)
_EDITORS = re.compile(r"\s*[,，]?\s*[(\[]?\s*(?:(?:eds?|editors?|Hrsg)\b\.?|主编|编著|编|著|译)\s*[)\]]?", re.I)
_ORGANISATION = re.compile(
    rf"(?P<name>(?:The\s+)?[{_UP}][\w&’'\-/]*(?:\s+(?:of|for|and|the|on|in|de|der|für|&|[{_UP}(][\w&’'\-/)]*)){{0,11}}?)\s*(?=[.,]?\s*[(\[]\s*(?:1[5-9]|20)\d\d|\.\s|[.,]\s*(?:1[5-9]|20)\d\d)"
)

_INSTITUTION = re.compile(
    r"\b(?:Organi[sz]ation|Institute?|University|Association|Committee|Group|Team|Society|Agency|Department|Ministry|Consortium|Foundation"
    r"|Cent(?:er|re)|Council|Commission|Inc|Union|Collaboration|Initiative|Network|Bureau|Office|Academy|Laborator(?:y|ies)|Service|Panel|International|Administration|Federation|Authority|Court|Nations)\b"
)
#: Words that begin a title or an organisation, never a family.
_NO_FAMILY = frozenset({"The"})
#: "Instituto Brasileiro do Meio Ambiente (IBAMA). (2006). Title": whatever stands before an early year in brackets.
_BEFORE_YEAR = re.compile(
    rf"(?P<name>[{_UP}][^.\[\]“\"]{{4,160}}?)[.,]?\s*(?=[(\[](?:1[5-9]|20)\d\d[a-z]?[)\]].{{15}})", re.S
)


@dataclass(frozen=True, slots=True)
class Names:
    """The authors as ``"Family, Given"``, where they end in the entry, and whether commas alone part them from the title."""

    authors: tuple[str, ...]
    end: int
    comma_style: bool = False


def read_authors(text: str) -> Names:
    """The authors at the beginning of ``text``; an organisation is one author without a comma."""
    best = Names((), 0)
    organisation = _ORGANISATION.match(text)
    if organisation and _INSTITUTION.search(organisation.group("name")) and "," not in organisation.group("name"):
        return Names((organisation.group("name").strip(),), organisation.end())
    for form, pattern in _FORMS:
        found = _read(text, form, pattern)
        if _better(found, best, text):
            best = found
    if not best.authors and organisation and len(organisation.group("name")) < 110:
        return Names((organisation.group("name").strip(),), organisation.end())
    early = _BEFORE_YEAR.match(text)
    if not best.authors and early:
        return Names((early.group("name").strip(),), early.end())
    return best


def _better(found: Names, best: Names, text: str) -> bool:
    if not found.authors:
        return False
    return (_ended(found, text), found.end) > (_ended(best, text), best.end) if best.authors else True


def _ended(names: Names, text: str) -> bool:
    """Whether the authors end where authors end: before a stop, a year, a colon, a quote."""
    return bool(
        re.match(
            r"\s*(?:[.。:：]|[,，]?\s*[(（\[]\s*\d{4}|[,，.]?\s*(?:19|20)\d\d|[,，]?\s*[“\"‘'])", text[names.end :]
        )
    ) or (names.end > 0 and text[names.end - 1] == ".")


def _read(text: str, form: str, first: re.Pattern[str]) -> Names:
    authors: list[str] = []
    at = 0
    forms = [(form, first)]
    if form == "inverted":
        forms += [f for f in _FORMS if f[0] == "initials"]  # "Smith, J., and A. Jones"
    elif form == "inverted-full":
        forms += [f for f in _FORMS if f[0] == "full"]  # "Smith, Jane, and Ann Jones"
    elif form == "full":
        forms += [f for f in _FORMS if f[0] == "initials"]
    elif form == "initials":
        forms += [f for f in _FORMS if f[0] == "full"]
    elif form == "han":
        forms += [f for f in _FORMS if f[0] in ("vancouver", "initials")]
    end = 0
    while len(authors) < 400:
        match = None
        chosen = form
        for name, pattern in forms if authors else forms[:1]:
            match = pattern.match(text, at)
            if match:
                chosen = name
                break
        if match is None or (authors and not _is_name(text, match, chosen, form)):
            break
        given = " ".join((match.groupdict().get("given") or "").split())
        family = " ".join(match.group("family").split())
        if chosen == "vancouver" and (spaced := re.fullmatch(rf"(.*\w\w)((?: [{_UP}])+)", family)):  # "Knuth D E"
            family, given = spaced.group(1), f"{spaced.group(2)} {given}".strip()
        if family in _NO_FAMILY:
            break
        authors.append(f"{family}, {given}" if given else family)
        end = match.end()
        et_al = _ET_AL.match(text, end)
        if et_al:
            end = et_al.end()
            break
        between = _BETWEEN.match(text, end)
        if not between or between.end() == end:
            break
        at = between.end()
    if authors:
        et_al = _ET_AL.match(text, end)
        end = et_al.end() if et_al else end
        editors = _EDITORS.match(text, end)
        end = editors.end() if editors else end
    comma = bool(authors) and text[end : end + 1] == ","
    return Names(tuple(authors), end, comma)


def _is_name(text: str, match: re.Match[str], chosen: str, form: str) -> bool:
    """A further match may be the beginning of the title: "Full" names must be followed by a name's end."""
    if chosen == "han":
        return len(match.group("family")) <= 6 or "·" in match.group("family")
    if chosen in ("full", "inverted-full"):
        words = match.group().split()
        after = text[match.end() :]
        if len(words) > 5:
            return False
        return bool(re.match(r"\s*(?:[,;]|\.(?:\s|$)|and\b|&|\(|et al)", after))
    return True
