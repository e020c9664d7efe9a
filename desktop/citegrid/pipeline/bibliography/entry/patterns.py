"""The patterns by which the fields of an entry are known, but for its names; the words come from the lexicon."""

from __future__ import annotations

import re
from functools import partial

from citegrid.core import lexicon
from citegrid.core.script import HAN, YEAR
from citegrid.pipeline.bibliography.patterns import HANGUL, KANA, LOW, UP

_of = partial(lexicon.pattern_of, "bibliography")
_CAPITALISED = rf"[{UP}][\w&’'\-]*\.?"
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
DOI_PIECE = re.compile(r"[.\-/_]|\w*\d[\w.\-()/]{4,}$")
#: "Words: https://…": a link, alone or with what it is called; its last line may stand apart.
LINK = re.compile(r"(?:([^:：.\n]{2,80}[^:：.\s])\s*[:：]\s*)?(?=https?\s?:|www\.)(?=\S+(?:\s\S+)?\s*$)", re.I)
#: "DOI:" before an address that is gone.
BEFORE_ADDRESS = re.compile(r"\b(?:https?|doi|DOI|URL)\s*:?\s*$")

# ---- a place without a title -------------------------------------------------------------------------------------

_JOURNAL_WORD = rf"(?>[{UP}][\w&’'\-–]*\.?(?:[A-Z]\.)*|{_of('journal_links')}(?!\w)|\([A-Z][a-z]+\))"
_JOURNAL = rf"(?P<venue>(?>[{UP}][\w&’'\-–]*\.?(?:[A-Z]\.)*)(?:(?:\s+|[–\-]|(?<=\.),\s+|(?<=\.)(?=[A-Z])){_JOURNAL_WORD}){{0,9}}?)"
_ADDRESSES = r"(?:doi|DOI)\b:?\s*\S+|https?://\S+|www\.\S+|arXiv:\s*\S+|10\.\d{4,}/\S+"
_NUMBER_SIGNS = (
    r"[,;:.()\[\]\s/–−\-]",
    r"(?<![^\W\d_])[A-Z]{0,3}\d[\w.]*",
    _of("number_words"),
    _ADDRESSES,
    r"hep-\w+/\d+",
    r"\[[\w.\-]+\]",
)
#: Year, volume, number, pages and ids; nothing else may follow.  Possessive: an entry is long, and time must not grow with its powers.
_NUMBERS = rf"(?P<tail>(?>{'|'.join(_NUMBER_SIGNS)})*+)$"
PLACE = re.compile(rf"{_JOURNAL}\s*[,.]?\s*(?=[\d(,;]|[A-Z]?\d|vol|no\.){_NUMBERS}")
PLACE_ADDRESSES = re.compile(_ADDRESSES)
PLACE_NUMBER = re.compile(r"(?<![\w.])[A-Z]{0,3}\d+(?:[–−\-]\w?\d+)?")
BARE_YEAR = re.compile(rf"(?<!\d)({YEAR})(?!\d)")
#: Words and abbreviations up to the volume or the year: "Philos. Trans. R. Soc. B 363".
_VENUE_WORD = rf"(?:{_CAPITALISED}|{_of('journal_links', 'en')}(?!\w))"
_BEFORE_NUMBERS = (
    r",?\s+(?:[Vv]ol\.?\s*)?[A-Z]?\d",
    rf",?\s*\((?:\w+\.? )?{YEAR}",
    r"\s*[;]",
    r",\s+(?:pp?|vol)\.",
    rf"\.\s+{YEAR}",
)
ABBREVIATED = re.compile(rf"(?P<venue>{_CAPITALISED}(?:,?\s+{_VENUE_WORD}){{0,9}}?)(?={'|'.join(_BEFORE_NUMBERS)})")

# ---- years -------------------------------------------------------------------------------------------------------

_DATE = r"(?:\d{1,2}\.?\s+)?[A-Z][a-z]+\.?\s+(?:\d{1,2}\s*,?\s+)?"
_ORIGINAL = rf"(?:c(?:a\.)?\s?)?(?:{YEAR}/|\[{YEAR}\]\s*)?"
_BEHIND_YEAR = rf"[–\-]?[a-z]?(?![\w])(?:\s*\[{YEAR}\])?"
#: The year right after the authors, with a date and with the year of the first edition: "(2019a, May 12).", "1962/2012."
LEADING_YEAR = re.compile(
    rf"^\W{{0,3}}?(?P<open>[(（\[])?\s*{_ORIGINAL}(?P<year>{YEAR}|{_of('undated')}){_BEHIND_YEAR}"
    r"(?(open)(?:\s*[,，]\s*[^()\[\]]{0,30})?\s*[)）\]])\s*[.,:，。]?\s*",
    re.I,
)
_NO_PAGE = r"(?<!\bp\. )(?<!\bpp\. )(?<!\bvol\. )(?<!\bno\. )(?<!\bS\. )"
_NO_NUMBER = r"(?<![\d./\-–:])"
_BEHIND_MONTH = r"(?:\s+[A-Z][a-z]{2,8}(?:[\s-]+\w{1,8}){0,2})?"
_NO_SERIES = rf"(?:(?<=[.,] )|(?!{YEAR}\s*;\s*{YEAR}\.?\s*$))"
#: Where the year of a work may stand: by the name of the place.
YEAR_PLACES = {
    "brackets": re.compile(rf"[(（\[]\s*(?:{_DATE})?({YEAR})[a-z]?(?:\s*[,，/–-][^()\[\]（）]{{0,25}})?\s*[)）\]]"),
    # "2018; 7: 1656", in medical papers; but "Policies 2015; 2019." names a series before its year
    "before a volume": re.compile(rf"{_NO_NUMBER}{_NO_SERIES}({YEAR}){_BEHIND_MONTH}\s*;\s*\d"),
    "behind a publisher": re.compile(rf"[(（][^()]{{3,80}},\s*({YEAR})\s*[)）]"),  # "(Knopf, 1993)"
    "plain": re.compile(rf"{_NO_NUMBER}{_NO_PAGE}c?({YEAR})[a-z]?(?![\d/\-–]|\.\d|:\d)"),
    "day": re.compile(rf"{_NO_NUMBER}({YEAR})[-/]\d\d(?:[-/]\d\d)?(?![\d\-/])"),
    "anywhere": BARE_YEAR,
}
#: The day somebody looked at a web page.
LOOKED_AT = re.compile(
    rf"(?:\b{_of('accessed')}\b|{_of('accessed_han')})[^()\[\]]{{0,30}}?(?:{YEAR}(?:[-/]\d\d){{0,2}}|\d\d/\d\d/\d{{4}})",
    re.I,
)
#: "2011: 27[2013-10-14]": the day of citing in GB/T 7714, the year only where no other is printed.
DAY_OF_CITING = re.compile(rf"[\[［]\s*{YEAR}-\d\d?-\d\d?\s*[\]］]")
#: What follows the last entry on its page: the licence of the paper itself.
LICENCE = re.compile(r"(?:©|\(c\))\s*(?:19|20)\d\d\b.{0,80}\b(?:by the|licen|rights|open access).*$", re.I | re.S)

# ---- venues ------------------------------------------------------------------------------------------------------

VENUE_START = re.compile(rf"In[:\s]|in:\s|{_of('venue_starts')}|见[:：]|//")
#: "In:", "见：" before the book that a chapter stands in.
INSIDE = re.compile(r"(?:[Ii]n:?|见[:：])\s+(?=\S)")
_ORDINALS = rf"(?:\d+(?:st|nd|rd|th)?\.?|(?i:{_of('ordinals')}))"
_EDITION_FORMS = (
    rf"\(?{_ORDINALS}\s*{_of('editions')}\b\.?\)?",
    r"\(?[Vv]ers(?:ion|\.) ?[\w.\-]+\)?",
    r"\(?[Vv]ol(?:ume|\.) ?\d+\)?",
)
EDITION = re.compile(rf"(?:{'|'.join(_EDITION_FORMS)})[.,;:]?\s*")
_PUBLISHER = rf"(?:[A-Z][\w&.’'\-]*\s+){{0,3}}{_of('publisher_words')}"
#: "(Cambridge University Press, Cambridge, 2000)", ", Wiley-VCH, Weinheim, 1999": where a book's publisher begins.
PUBLISHER = re.compile(rf"(?:,\s+|\s*\()(?={_PUBLISHER}\b[^()]{{0,50}}(?:19|20)\d\d\s*[).,])")
#: ", Wiley Online Library" at the end of what looks like a title, before the year.
PUBLISHED = re.compile(rf"(?<=\w{{4}}),\s+{_PUBLISHER}(?:\s+[A-Z][\w&.’'\-]*){{0,3}}$")
_EDITOR = rf"(?i:{lexicon.pattern_of('names', 'editors')})"
#: The editors of a book, before its title.
EDITORS = re.compile(rf".{{3,400}}?(?:[(\[]{_EDITOR}\.?[)\]]|,\s*(?i:editors?|eds?)\b\.?)\s*[.,:]?\s*(?=\S)")
_TRANSLATORS = lexicon.pattern_of("names", "roles", "zh")
#: Who translated or edited the work, before its publisher.
HELPERS = re.compile(
    rf"(?:(?i:{_of('edited')}) by [^.,;:]{{3,80}}?(?:[A-Z]\.[^.,;:]{{2,40}})?[.,;]\s+)+(?=\S)"
    rf"|[{HAN}·、，,]{{2,30}}{_TRANSLATORS}[，,。.]\s*"
)
#: Another mark in brackets before a venue.
BRACKETS = re.compile(r"\[[^\]]*\]\s*[.,:]?\s*")
RETRIEVED = re.compile(rf"[,.;]?\s*[(\[]?\b(?i:{_of('retrieved')})\b")
#: A venue in the quotes of Chinese and Japanese.
QUOTED_VENUE = re.compile(r"[《『]([^《》『』]{2,80})[》』]")
_VENUE_ENDS = (
    r"(?<![A-Z])(?<!\bCo)(?<!\bEd)[.。](?=\s|$)",
    rf"[,，]\s*(?:{_of('volume_words')}|\d|\(|[A-Z][a-z]+\.? \d{{4}})",
    r"\s\d+\s*[(:,]",
    r"\s*\((?:[A-Z]\w+\.? )?\d{4}|\s*\(pp?\.|\s*\((?=[A-Z][^()]*\d{4}\))",
    r"\s\[|;|$",
)
VENUE = re.compile(rf"(.+?)(?:{'|'.join(_VENUE_ENDS)})")
#: The year at the end of a venue.
YEAR_AT_END = re.compile(rf"[,，.]?\s*\(?{YEAR}[a-z]?\)?$")

# ---- titles ------------------------------------------------------------------------------------------------------

_CLOSED = r"(?:”|\"|“(?=[\s,.])|»|''|’’|’(?=[\s,.]))"
#: A title in quotes; an opening quote may be set as a closing one.
QUOTED = re.compile(
    r"(?:“|”)(?P<curly>.{3,400}?)[,.?!，。]?”[,.]?\s*"
    rf"|[“\"„«‘'`]{{1,2}}(?P<other>.{{3,400}}?)[,.?!，。]?{_CLOSED}[,.]?\s*"
)
#: A quoted title after names that could not all be read.
QUOTED_LATER = re.compile(r"(?<=[,.)])\s*“(?P<later>.{6,400}?)[,.?!，。]?”[,.]?\s*")
_HAN_QUOTES = (r"《([^《》]{2,120}(?:《[^《》]*》[^《》]*)?)》", r"「([^「」]{2,120})」", r"『([^『』]{2,120})』")
#: "《流域降水变化》,", "「流域降水」": the quotes of Chinese and Japanese titles, whole.
HAN_QUOTED = re.compile(rf"(?:{'|'.join(_HAN_QUOTES)})(?=\s*(?:[,，、.．。:：;；(（第『《]|$))")
#: The title of a Japanese entry behind "山田太郎：", up to its comma.
BEHIND_COLON = re.compile(rf"([{KANA}{HAN}{HANGUL}][^，,．。]{{3,120}})[，,．。]")
#: Marks of software, theses and of the medium that follow a title.
MEDIUM = re.compile(rf"[.,:]?\s*(?:[\[(]{_of('media')}\b.*|R package version\b.*)$", re.I)
_BRACKET_FORMS = (
    r"\d+(?:st|nd|rd|th)?\.? ed(?:ition|\.)?",
    r"[Vv]ers?(?:ion|\.) ?[^()]{1,20}",
    r"[Rr]ev\. ed\.",
    r"[Vv]ol\. [^()]{1,12}",
    r"[Rr]eport [^()]{1,30}",
)
#: "(2nd ed.)", "(Report 12)" behind a title.
BEHIND_TITLE = re.compile(rf"\s*\((?:{'|'.join(_BRACKET_FORMS)})(?:, [^()]{{1,30}})?\)$")
#: Stops that do not end a title.
NO_END = re.compile(rf"(?:\b{_of('abbreviations')}|(?<![A-Za-z])[A-Z])$")
#: A word in small letters after a stop, which no venue begins with.
GOES_ON = re.compile(rf"\s+(?!{_of('behind_a_stop')}\b)[a-z]+(?=[\s,.:;)-])")
#: "Qwen2. 5 technical report": a number that a space cut in two.
CUT_NUMBER = re.compile(r"(?<=[A-Za-z]\d\.)\s\d{1,2}(?::\s|\s+[a-z]{2,}\b)")
#: "… cations. II. Conducting species": the part that a title names.
PART = re.compile(r"\s+(?:[Pp]art\s+)?(?:[IVX]{1,4}|\d{1,2})[.:]\s+(?=[A-Z])")
#: " (London: Verso, 1983), 6": place, publisher and year behind a title, as notes print them, and who made the edition.
IMPRINT = re.compile(
    rf"(?:,\s+(?:trans|ed|eds)\b\.?\s[^()]{{3,80}})?,?\s*\((?=[{UP}][^():]{{1,50}}:\s[^()]{{2,70}},\s*{YEAR}\))"
)
#: Where a sentence may end.
STOP = re.compile(rf"\.(?=\s|$|//)|。|．(?=[{KANA}{HAN}])|[?!？！](?=\s)|//|[,:]?\s*(?=\bhttps?:|\bwww\.)")
#: What follows a question as its subtitle, before something else.
SUBTITLE = re.compile(r"\s+([A-Z][^.?!]{15,200})[.](?=\s+\S)")
#: What follows a whole title in italics.
BEHIND_ITALICS = re.compile(r"\s*(?:[.,;?!”]|\[|\((?:\d|[A-Z]|[Vv]ol)|$)")
COMMA = re.compile(r",\s+")
#: "Journal of Things 12(3)," and "2007,": what follows the comma behind a title.
BEHIND_COMMA = re.compile(rf"{YEAR}[,.]|(?:[A-Z][\w.&\-]*\s+|(?:of|and|for|in|on|the|de|&) )+(?:vol\.\s*)?\d+\s*[(,:]")
YEAR_BEHIND = re.compile(rf"\.?\s*\(?{YEAR}")
#: "Title, May 2024a": the date at the end of what looks like a title.
DATE_AT_END = re.compile(rf"(?<=\w{{3}})(?:[,.] {_MONTHS}[a-z]*\.?| ?[,.])? \(?({YEAR})[a-z]?\)?$")

# ---- the text of an entry ----------------------------------------------------------------------------------------

#: "[美]", "（英）" before a foreign author in Chinese lists.
NATION = re.compile(rf"^\s*[\[［【〔(（]\s*[{HAN}]{{1,4}}\s*[\]］】〕)）]\s*(?=[{HAN}])")
_SECOND_AUTHOR = rf"(?:(?:see also|and|also) )?(?:[{UP}]\.[\s\-]?(?:[{UP}]\.[\s\-]?)*(?:[a-z]+ )*[{UP}]|ibid\b)"
#: "… 12, 34 (2020); B. Other, ibid. 13, 2 (2021).": where the second work of an entry begins.
SECOND_WORK = re.compile(rf"(?<=\d\))\s*;\s+(?={_SECOND_AUTHOR})")
#: "(a) …, 12, 34; (b) …".
LETTERED_WORKS = re.compile(r"\s*\(a\)\s+(.+?)[;.]\s*(?:and\s+)?\(b\)\s")
#: "MolAP, Vagas CI,": initials that ran into the family, in a list of such names; "OpenAI, Smith JA" is a firm.
GLUED = re.compile(
    rf"(?:(?<=^)|(?<=, ))([{UP}][{LOW}-]*[{LOW}]{{2}})((?!{lexicon.pattern_of('names', 'acronyms')}\b)[A-Z]{{1,3}})"
    rf"(?=, [{UP}][\w’'-]+ [A-Z]{{1,3}}[,.])"
)
#: "Thuso A , Jain N ." of Chinese databases.
SPACE_BEHIND_INITIAL = re.compile(r"(?<=\b[A-Z]) +(?=[,.，．] )")
#: A letter with a stroke that a space parts from its word.
STROKE = re.compile(r"([ŁłØø]) (?=[a-z])")

# ---- fields on lines of their own --------------------------------------------------------------------------------

#: "PLOS Biology (2015-07-07) https://doi.org/bdzf", alone on its line.
DATED_LINE = re.compile(
    rf"(?P<venue>[^()]{{0,120}}(?:\([^()]*\)[^()]*)?)\((?P<year>{YEAR})(?P<day>(?:-\d\d){{0,2}})\)\s*(?:https?://\S*)?\s*$"
)
#: "Authorea https://doi.org/gf3c59", "DOI: 10.1371/…": the first line behind the authors of an entry without a date.
ADDRESS_LINE = re.compile(r"(?P<venue>.{0,120}?)\s*(?:https?://|\b(?:DOI|ISBN|ISSN|PMID|PMCID):)")
