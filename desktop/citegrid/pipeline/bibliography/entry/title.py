"""The title of an entry: in its quotes, before its [J], up to its stop, or up to the comma before the venue."""

from __future__ import annotations

import re

from citegrid.pipeline.bibliography.entry.authors import Names
from citegrid.pipeline.bibliography.entry.journal import is_place, place
from citegrid.pipeline.bibliography.entry.venue import EDITION, PUBLISHER, VENUE_START, venue_of
from citegrid.pipeline.bibliography.entry.year import LEADING, YEAR

_QUOTED = re.compile(
    r"(?:“|”)(?P<curly>.{3,400}?)[,.?!，。]?”[,.]?\s*"
    r"|[“\"„«‘'`]{1,2}(.{3,400}?)[,.?!，。]?(?:”|\"|“(?=[\s,.])|»|''|’’|’(?=[\s,.]))[,.]?\s*"
)
#: A quoted title after names that could not all be read.
_LATER = re.compile(r"(?<=[,.)])\s*“(.{6,400}?)[,.?!，。]?”[,.]?\s*")
#: "《流域降水变化》,", "「流域降水」": the quotes of Chinese and Japanese titles, whole.
_ASIAN = re.compile(
    r"(?:《([^《》]{2,120}(?:《[^《》]*》[^《》]*)?)》|「([^「」]{2,120})」|『([^『』]{2,120})』)(?=\s*(?:[,，、.．。:：;；(（第『《]|$))"
)
#: The title of a Japanese entry behind "山田太郎：", up to its comma.
_BEHIND_COLON = re.compile(r"([\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3][^，,．。]{3,120})[，,．。]")
#: Marks of software, theses and of the medium that follow a title.
_MEDIUM = re.compile(
    r"[.,:]?\s*(?:[\[(](?:Internet|Online|Preprint|Web|Computer software|Software|Data ?set|Doctoral|Master|Ph\.? ?D|Unpublished|Bachelor|Conference|Film|Video|Blog|Map|Poster)\b.*"
    r"|R package version\b.*)$",
    re.I,
)
_BEHIND = re.compile(
    r"\s*\((?:\d+(?:st|nd|rd|th)\.? ed(?:ition|\.)?|[Vv]ers?(?:ion|\.) ?[^()]{1,20}|[Rr]ev\. ed\.|[Vv]ol\. [^()]{1,12}|[Rr]eport [^()]{1,30})(?:, [^()]{1,30})?\)$"
)
_GBT = re.compile(
    r"[\[［【]\s*(?:[JMDCNPSRGZA]|DB|CP|EB|OL|J/OL|EB/OL|M/OL|C/OL|N/OL|D/OL|DB/OL|R/OL|S/OL|P/OL|CP/OL)\s*(?:/\s*OL)?\s*[\]］】]"
)
#: Stops that do not end a title.
_NO_END = re.compile(
    r"(?:\b(?:vs|spp|sp|subsp|var|Dr|St|Mr|Mrs|No|Vol|vol|etc|al|ed|eds|Fig|cf|U\.S|U\.K|e\.g|i\.e|approx|Proc|Int|Conf|Trans|J|Am|Assoc|Natl|Acad|Sci|Rev|Lett|Phys|Ann|Comput|Ling)|(?<![A-Za-z])[A-Z])$"
)
#: A word in small letters after a stop, which no venue begins with.
_GOES_ON = re.compile(
    r"\s+(?!(?:in|doi|url|https?|pp?|vol|edited|eds?|available|accessed|cited|arxiv|biorxiv|medrxiv)\b)[a-z]+(?=[\s,.:;)-])"
)
#: "Qwen2. 5 technical report": a number that a space cut in two.
_CUT_NUMBER = re.compile(r"\s\d{1,2}(?::\s|\s+[a-z]{2,}\b)")
#: "… cations. II. Conducting species": the part that a title names.
_PART = re.compile(r"\s+(?:[Pp]art\s+)?(?:[IVX]{1,4}|\d{1,2})[.:]\s+(?=[A-Z])")
#: ", Wiley Online Library" at the end of what looks like a title, before the year.
_PUBLISHED = re.compile(
    r"(?<=\w{4}),\s+(?:[A-Z][\w&.’'\-]*\s+){0,3}(?:Press|Verlag|Publish(?:ing|ers?)|Wiley|Springer|Elsevier|Routledge|Pearson)(?:\s+[A-Z][\w&.’'\-]*){0,3}$"
)
#: " (London: Verso, 1983), 6": place, publisher and year behind a title, as notes print them, and who made the edition.
_IMPRINT = re.compile(
    r"(?:,\s+(?:trans|ed|eds)\b\.?\s[^()]{3,80})?,?\s*\((?=[A-ZÀ-Þ][^():]{1,50}:\s[^()]{2,70},\s*(?:1[5-9]|20)\d\d\))"
)
_STANDARD = re.compile(r"(?:ISO|IEC|IEEE|DIN|EN|ANSI|ASTM|ITU)\b[\w/ .\-]*\d[\d:.\-]*$")
_EDGE = " .,:;，。：；、"


def title_and_venue(text: str, names: Names, italic: str) -> tuple[str, str]:
    """The title and the venue of an entry; the title is empty where the entry prints none."""
    rest = text[names.end :].lstrip(_EDGE)
    leading = LEADING.match(rest)
    if leading:
        rest = rest[leading.end() :]
    rest = rest.lstrip(_EDGE)
    at = rest.find(italic) if len(italic) > 5 else -1
    if at < 4 and (journal := place(rest, bool(leading))):
        return "", journal
    if names.authors and (inside := re.match(r"[Ii]n:?\s+(?=[A-Z“])", rest)):
        return "", venue_of(rest[inside.start() :], italic)
    mark = _GBT.search(rest)
    asian = None if mark else _ASIAN.match(rest)
    if asian is None and mark is None and re.search(r"[:：]\s*$", text[: len(text) - len(rest)]):
        asian = _BEHIND_COLON.match(rest)
    if asian:
        return clean(next(g for g in asian.groups() if g)), venue_of(rest[asian.end() :], "")
    quoted = _QUOTED.match(rest) or (_QUOTED.search(rest[:60]) if not names.authors else None)
    if quoted and quoted.start() == 0 and re.match(r"(?:and|or|of|as|from)\b", rest[quoted.end() :]):
        quoted = None  # the title only begins with a quotation
    quoted = quoted or _LATER.search(rest[:500])
    if quoted and quoted.start() < 250:
        index = next(i for i in range(1, (quoted.re.groups or 0) + 1) if quoted.group(i) is not None)
        asked = rest[quoted.end(index) : quoted.end(index) + 1] in tuple("?!")
        found = rest[quoted.start(index) : quoted.end(index) + asked]
        return clean(found), venue_of(rest[quoted.end() :], italic)
    if mark:
        return clean(rest[: mark.start()]), venue_of(rest[mark.end() :], "")
    end = _stop(rest)
    if (imprint := _IMPRINT.search(rest, 3)) and imprint.start() <= end:
        return clean(rest[: imprint.start()]), venue_of(rest[imprint.end() :], "")
    if at >= 12 and at <= end + 3 and re.search(r"(?:[.,:;?!”\")]|\b[Ii]n:?)\s*$", rest[:at]):
        return clean(re.sub(r"[.,]?\s*\b(?:[Ii]n:?)\s*$", "", rest[:at])), venue_of(rest[at:], italic)
    behind = rest[at + len(italic) :]
    whole = re.match(r"\s*(?:[.,;?!”]|\[|\((?:\d|[A-Z]|[Vv]ol)|$)", behind) or italic[-1:] in (".", ",", "?", "!")
    if 0 <= at < 4 and whole and len(italic) >= 10 and len(italic) <= end + 3 and not _PART.match(behind.lstrip(".")):
        return clean(italic), venue_of(behind, "")
    end = _comma_end(rest, end, names) or end
    if (published := _PUBLISHED.search(rest[:end])) and re.match(rf"\.?\s*\(?{YEAR}", rest[end:]):
        end = published.start()
    return clean(rest[:end]), venue_of(rest[end:], "" if 0 <= at < end else italic)


def _stop(text: str) -> int:
    """Where the first sentence of ``text`` ends: before its stop, or after its question mark."""
    goes_on_to = 0
    for match in re.finditer(
        r"\.(?=\s|$|//)|。|．(?=[\u3041-\u30ff\u3400-\u9fff])|[?!？！](?=\s)|//|[,:]?\s*(?=\bhttps?:|\bwww\.)", text
    ):
        head, after = text[: match.start()], text[match.end() :]
        if match.start() < goes_on_to or len(head.strip()) < 4:
            continue
        if match.group() in "?!？！":
            return _subtitle(text, match.end())
        if match.group() == ".":
            if (part := _PART.match(after)) and not EDITION.match(after.lstrip()):
                goes_on_to = match.end() + part.end()
                continue
            cut = re.search(r"[A-Za-z]-?\d$", head) and _CUT_NUMBER.match(after)
            if cut or _STANDARD.match(head) or _GOES_ON.match(after):
                continue  # small letters go on with the sentence
            if _NO_END.search(head) and not (VENUE_START.match(after.lstrip()) or is_place(after.lstrip())):
                continue
        return match.start()
    return len(text)


def _subtitle(text: str, at: int) -> int:
    """A question's title goes on when a sentence in small letters follows, and something follows that."""
    match = re.match(r"\s+([A-Z][^.?!]{15,200})[.](?=\s+\S)", text[at:])
    if not match or VENUE_START.match(match.group(1)) or re.search(r"\d", match.group(1)):
        return at
    small = re.findall(r"(?<![\w-])[a-z]{4,}", match.group(1))
    return at + match.end(1) if len(small) >= 2 else at


def _comma_end(text: str, end: int, names: Names) -> int:
    """Where a title ends at a comma because a venue follows it (``J. Smith, Title, Journal 12 (2020) 3–4``); 0 if nowhere."""
    if names.comma_style and (published := PUBLISHER.search(text[: end + 200])) and published.start() >= 8:
        end = min(end, published.start())
    for match in re.finditer(r",\s+", text[: end + 1]):
        after = text[match.end() :]
        if match.start() < 8:
            continue
        if VENUE_START.match(after) and (match.start() >= 15 or names.comma_style):
            return match.start()
        journal = place(after)
        if journal and (names.comma_style or end >= match.end() + len(journal)):
            return match.start()
        if names.comma_style and (
            re.match(rf"{YEAR}[,.]", after) or EDITION.match(after) or PUBLISHER.match(text[match.start() :])
        ):
            return match.start()
        if names.comma_style and re.match(
            r"(?:[A-Z][\w.&\-]*\s+|of |and |for |in |on |the |de |& )+(?:vol\.\s*)?\d+\s*(?:\(|,|:)", after
        ):
            return match.start()
    return end if end < len(text) else 0


def clean(text: str) -> str:
    """A title or venue without the marks around it."""
    text = _MEDIUM.sub("", text) if _MEDIUM.search(text, 8) else text
    text = _BEHIND.sub("", " ".join(text.split()).strip(" .,;:，。：；、*"))
    return text.strip(" .,;:，。：；、*")
