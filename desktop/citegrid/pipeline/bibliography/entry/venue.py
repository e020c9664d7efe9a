"""The venue of an entry: the journal, the book a chapter stands in, or the publisher."""

from __future__ import annotations

import re

from citegrid.pipeline.bibliography.entry.identifiers import without_identifiers
from citegrid.pipeline.bibliography.entry.year import YEAR

VENUE_START = re.compile(
    r"^(?:In[:\s]|in:\s|Proceedings|Proc\.|Journal|Transactions|Trans\.|IEEE|ACM|International|Advances in|Annual|arXiv|CoRR|Nature|Science|PLoS|PLOS|Technical"
    r"|Tech\.|Ph\.?D|Master|Springer|Elsevier|Cambridge|Oxford|MIT Press|Lecture Notes|http|doi|URL|Available|见[:：]|//)",
)
EDITION = re.compile(
    r"(?:\(?(?:\d+(?:st|nd|rd|th)?\.?|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ss]ixth|[Ss]eventh|[Ee]ighth|[Nn]inth|[Tt]enth|[Rr]ev(?:ised|\.)|[Nn]ew)"
    r"\s*(?:edition|edn|ed\b|Auflage|Aufl\b|éd\b)\.?\)?|\(?[Vv]ers(?:ion|\.) ?[\w.\-]+\)?|\(?[Vv]ol(?:ume|\.) ?\d+\)?)[.,;:]?\s*"
)
#: "(Cambridge University Press, Cambridge, 2000)", ", Wiley-VCH, Weinheim": where a book's publisher begins.
PUBLISHER = re.compile(
    r"(?:,\s+|\s*\()(?=(?:[A-Z][\w&.’'\-]*\s+){0,3}(?:Press|Verlag|Publish(?:ing|ers?)|Wiley(?:-VCH)?|Springer(?:-Verlag)?|Elsevier|Academic Press|McGraw[\s-]Hill|Pearson|Routledge"
    r"|Addison[\s-]Wesley|Prentice[\s-]Hall|Birkh[äa]user|Longman|Dekker|Kluwer|Taylor (?:&|and) Francis|CRC)\b[^()]{0,50}(?:19|20)\d\d\s*[).,])"
)
_EDITORS = re.compile(
    r"^.{3,400}?(?:[(\[](?:[Ee]ds?|[Hh]rsg|[Hh]g|[Ee]ditors?|dir)\.?[)\]]|,\s*(?:editors?|eds?)\b\.?)\s*[.,:]?\s*(?=\S)"
)
#: Who translated or edited the work, before its publisher.
_HELPERS = re.compile(
    r"^(?:(?:[Tt]ranslated|[Ee]dited|[Tt]ranslated and edited|[Ee]dited and translated) by [^.,;:]{3,80}?(?:[A-Z]\.[^.,;:]{2,40})?[.,;]\s+)+(?=\S)"
    r"|^[\u3400-\u9fff·、，,]{2,30}[译编校][，,。.]\s*"
)
_WORD = r"(?:[A-ZÀ-Þ][\w&’'\-]*\.?|of|the|and|for|in|on|&)"
#: "Philos. Trans. R. Soc. B 363": words and abbreviations up to the volume or the year.
_ABBREVIATED = re.compile(
    rf"(?P<venue>[A-ZÀ-Þ][\w&’'\-]*\.?(?:,?\s+{_WORD}){{0,9}}?)(?=,?\s+(?:[Vv]ol\.?\s*)?[A-Z]?\d|,?\s*\((?:\w+\.? )?{YEAR}|\s*[;]|,\s+(?:pp?|vol)\.|\.\s+{YEAR})"
)
_END = re.compile(
    r"(.+?)(?:(?<![A-Z])(?<!\bCo)(?<!\bEd)[.。](?=\s|$)|[,，]\s*(?:[Vv]ol|pp|pages|Article|abs/|no\.|n°|edited|\d|\(|[A-Z][a-z]+\.? \d{4})|\s\d+\s*[(:,]|\s*\((?:[A-Z]\w+\.? )?\d{4}|\s*\(pp?\.|\s*\((?=[A-Z][^()]*\d{4}\))|\s\[|;|$)"
)


def venue_of(text: str, italic: str) -> str:
    """The venue at the beginning of ``text``, which follows the title; ``italic`` when that stands in it."""
    text = text.lstrip(" .,:;，。：；、/)]?!”")
    if len(italic) > 5 and italic in text:
        return _bare(italic)
    text = re.sub(r"\b(?:https?|doi|DOI|URL)\s*:?\s*$", "", without_identifiers(text)).lstrip(" .,:;，。：；、/")
    if inside := re.match(r"(?:[Ii]n:?|见[:：])\s+", text):
        text = text[inside.end() :]
        if (editors := _EDITORS.match(text)) and len(text) > editors.end() + 5:
            text = text[editors.end() :]
    text = re.split(r"[,.;]?\s*[(\[]?\b(?:[Ll]ast )?(?:[Aa]ccessed|[Rr]etrieved)\b", text, maxsplit=1)[0]
    text = _HELPERS.sub("", re.sub(r"^\[[^\]]*\]\s*[.,:]?\s*", "", text))
    while edition := EDITION.match(text):
        text = text[edition.end() :].lstrip(" .,;:")
    if named := re.match(r"[《『]([^《》『』]{2,80})[》』]", text):
        return _bare(named.group(1))
    short = _ABBREVIATED.match(text)
    if short and _is_short(short["venue"]):
        return _bare(short["venue"])
    match = _END.match(text)
    found = _bare(match.group(1)) if match else ""
    found = re.sub(rf"[,，.]?\s*\(?{YEAR}[a-z]?\)?$", "", found).strip(" ,.，(")
    return found if 1 < len(found) < 200 and re.search(r"[^\W\d_]{2}", found) else ""


def _is_short(venue: str) -> bool:
    """Whether the stops in ``venue`` are those of abbreviations, not of a publisher's sentence behind it."""
    words = venue.split()
    stops = [i for i, word in enumerate(words) if word.endswith(".")]
    inner = [i for i in stops if i < len(words) - 1]
    return bool(inner) and inner[0] <= 1 and (len(inner) >= 2 or len(words) - inner[0] <= 2)


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(' .,;:，。：；、*“”"')
