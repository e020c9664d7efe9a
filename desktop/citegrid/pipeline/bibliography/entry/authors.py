"""The authors at the beginning of an entry, read name by name in the form of the first."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from citegrid.pipeline.bibliography.entry.journal import is_place
from citegrid.pipeline.bibliography.entry.name_forms import (
    BEFORE_QUOTE,
    BEFORE_YEAR,
    COMPANY,
    FORMS,
    HAN_ORGANISATION,
    INITIALS,
    INSTITUTION,
    LOW,
    MIXED,
    ORGANISATION,
    PARTICLE,
    TEAM,
    UP,
)

_LAST = r"(?:and|und|et(?!\s+al)|y|ve|и|和|与|&)"
_BETWEEN = re.compile(
    rf"\s*(?:[,;，；、・·]\s*(?:(?P<a>{_LAST})\s*,?)?\s*|(?:\s+|(?<=\s))(?P<b>and|und|et(?!\s+al)|y|e|ve|и|with)\s+|\s*(?P<c>&)\s*|\s*\.\s*,\s*|\s*(?P<d>和)\s*|\s?/\s?(?=[{UP}]))(?:\.\s?\.\s?\.|…)?\s*(?:(?P<e>&)\s*)?"
)
_ET_AL = re.compile(
    r"\s*(?:\.\s?(?=,))?[,，;]?\s*(?:(?:and\s+)?et\s+al\b(?!-)\.?|and (?:\d+ )?(?:others|colleagues)\b\.?|u\.\s?a\.|и\s+(?:др|соавт)\b\.?|та\s+ін\.|et\s+coll\b\.?|y\s+cols?\b\.?|e\s+altri\b|i\s+in\.|ve\s+(?:ark|diğ)\.|vd\.|a\s+kol\.|외\s*\d*\s*[인명]?|等人?|ほか|他(?=[：:，,．.（(]))",
    re.I,
)
_EDITORS = re.compile(r"\s*[,，]?\s*[(\[]?\s*(?:(?:eds?|editors?|Hrsg|Hg|dir)\b\.?|主编|编著|编|著|译)\s*[)\]]?", re.I)
#: "Brkić D. L. van Griensven. Title": a last author in another form than the rest.
_LATE = re.compile(rf"\.\s+{FORMS['initials'].pattern}(?=\.\s+[{UP}][{LOW}]+\s)")
#: "(ATLAS Collaboration)" behind "et al.", ", for the ABC Study Group".
_FOR = re.compile(
    r"\s*[(\[](?:[Ff]or |[Oo]n behalf of )?(?:the )?[\w\s.&-]{2,60}(?:Collaborations?|Consortium|Group|Team)[)\]]"
    r"|\s*[,;]\s*(?:and )?(?:for|on behalf of) (?:the )?[\w\s&’'-]{2,90}?(?:Collaborat(?:ion|ors)|Consortium|Group|Team|Investigators|Network|Committee|Initiative|Trialists)s?(?=[.,:;]|\s[(])"
)
#: Words that begin a title or an organisation, never a family.
_NO_FAMILY = frozenset({"The"})
_NO_GIVEN = re.compile(r"(?:The|An|On|Towards?|La|Les|Une|Der|Die|Das|Eine|Zur|Zum|Über)\b")
#: The year that ends a list of names however odd one of them is: "(2017)" or ". 2023."
_DATED = re.compile(r"\s*[(\[]\s*(?:19|20)\d\d[a-z]?[^()\[\]]{0,20}[)\]]|[.,]?\s+(?:19|20)\d\d[a-z]?\.\s")
#: "Webb V Sutherland", where "Costa E Silva" is one name.
_JOINED = re.compile(rf"([{UP}][\w’'-]+) ((?![EY]\b)[{UP}]{{1,3}}) ([{UP}][\w’'-]*[{LOW}][\w’'-]*)")
#: "Patterson-Abrolat, Marneweck DG", "Rejt. Bird casualties", in a list of names with initials.
_LONE = re.compile(
    rf"(?P<family>(?:{PARTICLE}){{0,2}}[{UP}][\w’'-]*[{LOW}])(?=(?P<between>, )[{UP}][\w’'-]+ [{UP}]{{1,3}}[,.]|\.\s[{UP}])"
)


#: "Cici" in "D. Zhu, Cici, C. He": who writes under one word, between names with initials.
_ONE_WORD = re.compile(rf"(?P<family>[{UP}][{LOW}]+)(?=,\s+{FORMS['initials'].pattern.replace('?P<', '?P<next_')})")
#: What follows a title rather than the last of two authors: "Imagined Communities (London: Verso, 1983)", "…, Berlin 1990".
_PUBLISHED = re.compile(rf"\s*\((?!(?:1[5-9]|20)\d\d)[{UP}]|,\s+[{UP}][\w.]+(?: [\w./]+){{0,3}} (?:1[5-9]|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Names:
    """The authors as ``"Family, Given"``, where they end in the entry, and whether commas alone part them from the title."""

    authors: tuple[str, ...]
    end: int
    comma_style: bool = False


def read_authors(text: str, italic: str = "") -> Names:
    """The authors at the beginning of ``text``; an organisation is one author without a comma.

    ``italic`` are the first words in italics: a title or a venue, where no author stands.
    """
    names = _read_authors(text)
    at = text.find(italic) if len(italic) > 5 else -1
    if 3 < at < names.end and (before := _read_authors(text[:at])).authors:
        return replace(before, comma_style=text[before.end : before.end + 1] == ",")
    return names


def _read_authors(text: str) -> Names:
    organisation = _organisation(text)
    if organisation:
        return _with_more(organisation, text)
    best, how = Names((), 0), ""
    for form in FORMS:
        found = _read(text, 0, form)
        # "Stefan Al-Rashid, Viktor Zhang" are two who are spelt out rather than one who is inverted.
        spelt = (how, form) == ("inverted-full", "full") and found.end == best.end
        if _better(found, best, text) or (spelt and len(found.authors) > len(best.authors)):
            best, how = found, form
    if best.authors:
        return best
    for pattern in (HAN_ORGANISATION, ORGANISATION, BEFORE_YEAR, BEFORE_QUOTE):
        match = pattern.match(text)
        if match and len(match["name"]) < 110 and _may_write(pattern, match, text):
            return _named(match, text)
    return best


def _may_write(pattern: re.Pattern[str], match: re.Match[str], text: str) -> bool:
    if pattern is ORGANISATION:  # before a comma or a colon only what is an institution
        return not re.match(r"\s*(?:[,:;]\s|$)", text[match.end() :])
    return True


def _organisation(text: str) -> Names | None:
    for pattern in (TEAM, COMPANY, ORGANISATION):
        match = pattern.match(text)
        if match and (pattern is not ORGANISATION or (INSTITUTION.search(match["name"]) and "," not in match["name"])):
            return _named(match, text)
    return None


def _named(match: re.Match[str], text: str) -> Names:
    return Names((match["name"].strip(),), match.end(), text[match.end() : match.end() + 1] == ",")


def _with_more(first: Names, text: str) -> Names:
    """``first`` with what stands behind it: "Gaia Collaboration, Brown, A. G. A., et al. 2018"."""
    between = re.match(r"\s*[,;]\s*(?:and\s+|&\s*)?", text[first.end :])
    if not between:
        return first
    at = first.end + between.end()
    other = ORGANISATION.match(text, at)
    if other and ";" in between.group() and INSTITUTION.search(other["name"]):
        return _with_more(Names((*first.authors, other["name"].strip()), other.end(), first.comma_style), text)
    best = Names((), 0)
    for form in ("inverted", "initials", "vancouver", "family-first"):
        found = _read(text, at, form)
        if _better(found, best, text) and _ended(found, text):
            best = found
    return Names((*first.authors, *best.authors), best.end, best.comma_style) if best.authors else first


def _better(found: Names, best: Names, text: str) -> bool:
    if not found.authors:
        return False
    return (_ended(found, text), found.end) > (_ended(best, text), best.end) if best.authors else True


def _ended(names: Names, text: str) -> bool:
    """Whether the authors end where authors end: before a stop, a year, a colon, a quote."""
    return bool(
        re.match(
            r"\s*(?:[.。:：]|[,，]?\s*[(（\[]\s*(?:\d{4}|in press|forthcoming|n\.\s?d)|[,，.]?\s*(?:19|20)\d\d|[,，]?\s*[“\"‘'«„])",
            text[names.end :],
        )
    ) or text[: names.end].rstrip().endswith(".")


def _read(text: str, at: int, form: str) -> Names:
    authors: list[str] = []
    ends: list[int] = []
    end = at
    last = False
    while len(authors) < 1000:
        names = (form, *MIXED.get(form, ())) if authors else (form,)
        names = ("two-letters", *names) if form == "initials" else names
        chosen, match = next(((n, m) for n in names if (m := FORMS[n].match(text, at))), (form, None))
        if match is None or not _is_name(text, match, chosen, not authors):
            odd = _odd(text, at, form) if authors else None
            if odd is None:
                break
            name, end, at = odd
            authors.append(name)
            if at == end:
                break
            continue
        if chosen == "han" and authors and "译" in (match["role"] or ""):
            end = match.end()
            break
        found = _authors(match, chosen)
        if not found:
            break
        if chosen == "full" and authors and not last:
            among_initials = form == "initials" or re.fullmatch(rf"[^,]+, {INITIALS}", authors[0])
            spelt = not re.fullmatch(INITIALS, match["given"] + " ") and not re.fullmatch(INITIALS, match["given"])
            if _NO_GIVEN.match(match["given"]) or (among_initials and spelt and not _goes_on(text, match.end())):
                break
        authors += found
        end = match.end()
        ends.append(end)
        if _ET_AL.match(text, end):
            break
        between = _BETWEEN.match(text, end)
        if not between or between.end() == end:
            break
        is_last = any(between.group(g) for g in "abcde")
        if (last and not is_last) or is_place(text[between.end() :]):
            break
        last = is_last
        at = between.end()
    if form == "full" and len(ends) == 2 and not last and _PUBLISHED.match(text, end):
        authors, end = authors[:1], ends[0]
    if form == "vancouver" and authors and (late := _LATE.match(text, end)):
        authors += _authors(late, "initials")
        end = late.end()
    if authors:
        for behind in (_ET_AL, _FOR, _EDITORS):
            match = behind.match(text, end)
            end = match.end() if match else end
    return Names(tuple(authors), end, bool(authors) and text[end : end + 1] == ",")


def _authors(match: re.Match[str], form: str) -> list[str]:
    """The author that a form fits; two where the comma between them was lost: "Webb V Sutherland DR"."""
    groups = match.groupdict()
    given = " ".join((groups.get("given") or "").split())
    family = " ".join(groups["family"].split())
    before: list[str] = []
    if form == "vancouver" and (joined := _JOINED.fullmatch(family)):
        before, family = [f"{joined[1]}, {joined[2]}"], joined[3]
    if form == "vancouver" and (spaced := re.fullmatch(rf"(.*\w\w)((?: [{UP}])+)", family)):  # "Knuth D E"
        family, given = spaced.group(1), f"{spaced.group(2)} {given}".strip()
    if family in _NO_FAMILY or given in _NO_FAMILY:
        return []
    suffix = groups.get("suffix") or groups.get("inner") or ""
    suffix = suffix if suffix[:2].title() in ("Jr", "Sr") else suffix.rstrip(".")
    return [*before, ", ".join(part for part in (family, given, suffix) if part)]


def _goes_on(text: str, at: int) -> bool:
    """Whether a list of names goes on or ends behind a full name amid initials, rather than a title: ``J. Smith, Anna Jones, …``."""
    if re.match(r"\s*(?:\.|:|,?\s*[“\"‘]|[(\[]\s*(?:1[5-9]|20)\d\d|,?\s*et al)", text[at:]):
        return True
    between = _BETWEEN.match(text, at)
    if between is None or between.end() == at:
        return False
    if FORMS["initials"].match(text, between.end()):
        return True
    following = FORMS["full"].match(text, between.end())
    return following is not None and (any(between.group(g) for g in "abcde") or _goes_on(text, following.end()))


def _odd(text: str, at: int, form: str) -> tuple[str, int, int] | None:
    """A name that no form fits, its end and where the next begins, in a list that a year ends: ``Marshall``, ``chielP``."""
    if form == "vancouver":  # a family whose initials were lost, before another name or the end of the names
        lone = _LONE.match(text, at)
        return (lone["family"], lone.end(), lone.end() + len(lone["between"] or "")) if lone else None
    if form == "initials":
        one = _ONE_WORD.match(text, at)
        return (one["family"], one.end(), one.end() + 2) if one else None
    if form not in ("inverted", "full", "inverted-full"):
        return None
    dated = _DATED.search(text, at)
    if dated is None:
        return None
    piece = re.compile(r"[^,;&]{1,60}?(?=\s*[,;&]|\s+and\s)").match(text, at, dated.start())
    end = piece.end() if piece else dated.start()
    between = _BETWEEN.match(text, end) if piece else None
    rest = text[at : dated.start()]
    stops = len(re.findall(r"(?:[^\W\d_]{4,}|\s[a-z]{2,3})\.\s", rest))
    if stops > rest.count(",") // 50 or re.search(r"\d|[“”\":?!]", rest) or len(text[at:end].split()) > 6:
        return None
    longest = max(len(p.split()) for p in re.split(r"[,;&]|\band\b", rest))
    if longest > 6 or not text[at:end].strip():
        return None
    return text[at:end].strip(), end, (between.end() if between else end)


def _is_name(text: str, match: re.Match[str], chosen: str, first: bool) -> bool:
    """Whether what a form fits is a name, and not the beginning of a title or an organisation."""
    after = text[match.end() :]
    words = match.group().split()
    if chosen in ("han", "hangul"):
        return first or len(match["family"]) <= 6 or "·" in match["family"]
    if chosen == "full" and _is_acronym(match["given"], match["family"]):
        return False
    if chosen in ("full", "inverted-full") and not first:
        ends = (
            r"\s*(?:[,;/]|:\s|\.(?:\s|$)|and\b|und\b|et\b|u\.\s?a\.|&|\()"
            if chosen == "full"
            else r"\s*(?:[,;:/]|\.(?:\s|$)|and\b|und\b|et\b|&|\()"
        )
        return len(words) <= 6 and (bool(re.match(ends, after)) or match.group().endswith("."))
    if chosen == "full" and len(words) > 3:  # "Hunter J. Post-Publication Peer Review: Opening up …"
        return not re.match(rf"\S+ (?:[{UP}]\.? ?)+(?:\S{{3,}} ){{2,}}", match.group())
    return True


def _is_acronym(given: str, family: str) -> bool:
    """``LNCS Homepage`` or ``Research UK``, but ``JOHN SMITH``."""
    letters = [p for p in re.split(r"[\s.\-]+", given) if p]
    capitals = [p.isupper() and len(p) > 2 for p in letters]
    return (any(capitals) and not family.isupper()) or (family.isupper() and len(family) <= 4 and not given.isupper())
