"""The patterns of title pages and covers, built from ``resources/lexicon/title_page.toml``."""

from __future__ import annotations

import re

from citegrid.core.lexicon import pattern_of
from citegrid.core.script import HAN, YEAR


def _list(table: str, *languages: str) -> str:
    return pattern_of("title_page", table, *languages)


#: A year that a paper may bear, in a group; what is older than 1900 is no date of a PDF.
_YEAR = rf"(?!1[5-8])({YEAR})"
_MONTH = rf"{_list('months')}[a-z]*\.?"
#: A letter of any script.
_LETTER = r"[^\W\d_]"

# -- what is no title
#: A title in a file's own data that a program or a publisher left there.
LEFTOVER = re.compile(
    rf"{_list('file_leftovers')}|{_list('file_working_names')}[\W\d_]*$|.*\.{_list('file_endings')}\b|\d+\.\d+/", re.I
)
RUNNING_HEAD = re.compile(rf"{_list('running_head_marks')}|\barXiv:\d", re.I)
ARTICLE_KIND = re.compile(_list("article_kinds"), re.I)
#: "The Journal of Things", alone.
JOURNAL = re.compile(r"(?:[\w&-]+ ){0,4}Journal(?: of)?(?: (?:the|and|of|[A-Z][\w-]+)){0,6}", re.I)
DEGREE_WORK = re.compile(rf"{_list('degree_works')}|\W*{_list('degree_grades')}*{_list('degree_kinds')}\W*", re.I)
SCHOOL = re.compile(
    rf"[{HAN}\s]{{2,18}}{_list('schools')}\W*|(?:the )?(?:[A-Z]\w+ )*{_list('universities')}(?: of(?: \w+){{1,8}})?",
    re.I,
)
#: What comes after the authors.
OPENS_TEXT = re.compile(rf"{_list('text_openers')}\b", re.I)

#: The mark of a footnote, small or raised behind a title.
FOOTNOTE_MARK = re.compile(r"\d{1,2}|[*∗†‡§¶#]")

# -- names
NO_AUTHOR = re.compile(_list("no_author_words"), re.I)
WORKPLACE = re.compile(rf"\b{_list('workplaces')}\b")
ORCID = re.compile(r"\b\d{4}-\d{4}-\d{4}-\d{3}[\dX]\b")
_CAPITALISED = r"[A-ZÀ-ÖØ-Þ][\w'’-]+"
NAME = re.compile(
    rf"(?!{_list('sentence_openers')}\s)(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*(?:\s+{_list('name_particles')}){{0,2}}\s+){{1,4}}{_CAPITALISED}"
)
CHINESE_NAMES = re.compile(rf"(?:[{HAN}·]{{2,4}}[\s,，、;；\d*]*){{1,12}}")
CHINESE_NAME = re.compile(rf"[{HAN}·]{{2,4}}")
#: Marks of affiliations behind a name, "ID" for an ORCID, and signs for a letter.
NAME_MARKS = re.compile(r"(?<=[a-zà-ÿ])ID(?=[\d,;\s]|$)|[\d*†‡§¶#∗]+(?:[,.]\d+)*|\bID\b|[⚄✉]")
AFFILIATION_LETTERS = re.compile(r"[a-z]{1,2}")
BETWEEN_NAMES = re.compile(r",|;|/|\band\b|&|·|•")
#: A line of a byline that holds nothing but marks.
ONLY_MARKS = re.compile(r"DRAFT|[\d\s*†‡§¶#∗,]*")
#: A list of names that another name follows; a line that goes on with a list.
LIST_OPEN = re.compile(r"(?:[,&·]|\band)[\s\d,*†‡§]*$")
LIST_GOES_ON = re.compile(r"(?:and|&|,|\d[\d,∗*]* ?(?:,|and))\s")
BLOCK_GOES_ON = re.compile(r"and\b|&|,")
#: A row that ends in these goes on with another name; else its last word may be the given name of the next row's first.
ROW_OPEN = re.compile(r"(?:[,;&·]|\band)\s*$")
#: "Farzaei 5, 6": one word before its mark is the rest of the name above.
REST_OF_NAME = re.compile(rf"{_LETTER}[\w'’-]+\s*[;,]")
IN_FILE_BETWEEN = re.compile(r"[;,]|\band\b")
MAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
TEAM = re.compile(rf"\b{_list('teams')}$")
DIGITS = re.compile(r"\d")
LONG_WORD = re.compile(rf"{_LETTER}{{4,}}")
WORD_OF_TEXT = re.compile(_LETTER)

# -- covers
_BEHIND_LABEL = r"(?:\s*[:：]\s*|\s+|(?=\w))"
COVER_TITLE = re.compile(
    rf"{_list('cover_title_subjects')}?\s*{_list('cover_title_labels', 'zh')}{_BEHIND_LABEL}"
    rf"|{_list('cover_title_labels', 'en')}\s*[:：]\s*",
    re.I,
)
COVER_AUTHOR = re.compile(
    rf"{_list('cover_author_labels', 'zh')}(?:\s*[:：]\s*|\s+|(?=[{HAN}]))|{_list('cover_author_labels', 'en')}\s*[:：]\s*",
    re.I,
)
#: The label of another field.
COVER_FIELD = re.compile(rf"\W*(?:{_list('cover_fields')}|[^\s:：]{{1,12}}\s*[:：]|[(（])")
COVER_NAME = re.compile(rf"[{HAN}]{{2,4}}(?:·[{HAN}]{{1,6}})?|[A-Z][\w'’-]+(?: [A-Z][\w.'’-]*){{1,3}}")
SPACED_NAME = re.compile(rf"[{HAN}] +[{HAN}]")
BETWEEN_COVER_NAMES = re.compile(rf"[、,，;；]|\s+(?=[{HAN}])")
COVER_LIST = re.compile(r"[、,，;；]")

# -- years
#: "arXiv:2501.12948v1 [cs.CL] 22 Jan 2025", in the margin of page 1.
ARXIV_STAMP = re.compile(r"arXiv:\d{4}\.\d{4,5}v\d+\s+\[[\w.\-]+\]\s+\d{1,2}\s+[A-Z][a-z]{2}\s+(20\d\d)")
PUBLISHED = re.compile(
    rf"(?:{_list('published')}(?:[^\n\d]|\d{{1,2}}(?!\d)){{0,40}}?|{_list('published_chinese')}[\s:：]*){_YEAR}(?!\d)",
    re.I,
)
_NUMBERS = r"[-/.]\d{1,2}[-/.]\d{1,2}"
#: A date on a line of its own, or behind the number of a version.
DATE_LINE = re.compile(
    rf"^\s*(?:{_list('versions')}.{{0,16}}\s)?(?:{_YEAR}{_NUMBERS}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]{_YEAR})\s*$",
    re.I | re.M,
)
#: A year at the edge of a page that dates it: in a date, in brackets, before a volume, at a meeting; not "AIME 2024".
EDGE_YEAR = re.compile(
    rf"(?:[(（]\s*|©\s*|{_MONTH}[ ,]+(?:\d{{1,2}},? )?|{_list('dated_gatherings')}\b[^\n]{{0,90}}?){_YEAR}(?!\d)"
    rf"|(?<!\d){_YEAR}(?=\s*[,;:]\s*\d|\s*年|-\d\d)"
)
#: A block that is nothing but a date, below the authors.
DATE_ALONE = re.compile(
    rf"(?:\d{{1,2}}\.?\s+)?{_MONTH}\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?{_YEAR}|{_YEAR}(?:[-/.]\d\d?){{2}}|{_YEAR}\s*年.{{0,8}}"
)
COVER_DATE = re.compile(rf"(?<!\d){_YEAR}\s*年\s*\d{{1,2}}\s*月|(?<!\d){_YEAR}\s*[届级]")
#: "二〇二二年", also where OCR or a font made a Latin O of the zero.
SPELT_YEAR = re.compile(r"((?:一九|二[〇零○O0])[〇零○一二三四五六七八九O0]{2})\s*年")
FILE_DATE = re.compile(rf"(?:D:)?{_YEAR}")
