"""The patterns of title pages and covers, built from ``resources/lexicon/title_page.toml``."""

from __future__ import annotations

import re

from citegrid.core.language.lexicon import pattern_of
from citegrid.core.language.script import HAN, YEAR


def _list(table: str, *languages: str) -> str:
    return pattern_of("title_page", table, *languages)


#: A year that a paper may bear, in a group; what is older than 1900 is no date of a PDF.
_YEAR = rf"(?!1[5-8])({YEAR})"
#: Where a word, or an ideograph, begins and ends.
_BEGINS, _ENDS = rf"(?<![^\W\d_{HAN}])", rf"(?![^\W\d_{HAN}])"
#: A letter of any script.
_LETTER = r"[^\W\d_]"

#: A title in a file's own data that a program or a publisher left there.
LEFTOVER = re.compile(
    rf"{_list('file_leftovers')}|{_list('file_working_names')}[\W\d_]*$|.*\.{_list('file_endings')}\b|\d+\.\d+/", re.I
)
#: What a segment may say, each a feature of its own; the first opens the text.
CUES = tuple(
    re.compile(before + _list(table) + _ENDS, re.I)
    for before, table in (
        (r"^\W*", "text_openers"),
        (_BEGINS, "no_author_words"),
        (_BEGINS, "supervisors"),
        (_BEGINS, "workplaces"),
        (_BEGINS, "running_head_marks"),
        (r"^\W*", "article_kinds"),
        (_BEGINS, "degree_works"),
        (_BEGINS, "months"),
        (_BEGINS, "no_person"),
    )
)
#: Labels of covers: of the title, of the author, of another field.
LABELS = tuple(
    re.compile(rf"\W*(?:{label})\s*(?:[:：]\s*|(?<=[{HAN}])|\b)", re.I)
    for label in (
        rf"{_list('cover_title_subjects')}?\s*{_list('cover_title_labels', 'zh')}{_list('cover_languages')}?|{_list('cover_title_labels', 'en')}",
        _list("author_leads"),
        rf"{_list('cover_fields')}|{_list('supervisors', 'zh')}",
    )
)
#: Those who are named on covers and are no authors, the third of the cues.
SUPERVISORS = CUES[2]
#: Where somebody works or studies, and the works that earn a degree.
SCHOOLS, DEGREES = CUES[3], CUES[6]
#: The name of a school, of a publisher's site, or of a kind of work, alone in its line.
NO_TITLE = re.compile(
    rf"[{HAN}]{{0,14}}{_list('schools')}|{_list('publisher_banners')}|\W*(?:{_list('degree_works')}|{_list('degree_grades')})+(?:\W*设计)?\W*",
    re.I,
)
#: The mark of a footnote, small or raised behind a title.
FOOTNOTE_MARK = re.compile(r"\d{1,2}|[*∗†‡§¶#]")

# -- names
_WORD = rf"{_LETTER}[\w'’.´`¨˘ˇ˜-]*"
_CAPITALISED = r"(?=[^\W\d_a-zà-ÿ])" + _WORD
#: A person's name: words in capitals, particles among them; or initials and a family name in one word.
PERSON = re.compile(
    rf"{_CAPITALISED}(?:\s+{_list('name_particles')})*(?:\s+{_CAPITALISED}(?:\s+{_list('name_particles')})*){{0,4}}\s+{_CAPITALISED}"
    r"|(?:[A-Z]\.\s?-?)+[A-Z][\w'’-]+"
)
AUTHOR_LEAD = re.compile(rf"^\W*{_list('author_leads')}(?:\s*[:：]\s*|\s+|(?<=[{HAN}]))", re.I)
#: The label of another field, and what follows it.
FIELD_BEHIND = re.compile(rf"(?:\s|(?<=[{HAN}])){_list('cover_fields', 'zh')}.*$")
PERSON_TITLE = re.compile(rf"^(?:{_list('person_titles')}\b[.\s-]*)+", re.I)
NO_PERSON = re.compile(rf"{_BEGINS}(?!{_list('given_abbreviations')}\.?\s+{_LETTER}){_list('no_person')}{_ENDS}", re.I)
WORKPLACE = re.compile(rf"{_BEGINS}{_list('workplaces')}{_ENDS}|@")
#: Marks of affiliations behind a name, "ID" for an ORCID, notes in brackets.
NAME_MARKS = re.compile(r"(?<=[a-zà-ÿ])ID(?=[\d,;\s]|$)|[(（][^)）]*[)）]?|[\d*†‡§¶#∗⁎¹²³⁴⁵⁶⁷⁸⁹⁰�✉]+|\bID\b")
#: A given name and another in brackets behind it: "Jun (Justin) Li".
NICKNAME = re.compile(
    rf"((?:^|[,;&]|\b{_list('between_names')}\b)\s*{_CAPITALISED})\s*[(（“\"]{_WORD}[)）”\"]\s*(?={_CAPITALISED})"
)
_CHINESE_NAME = rf"{_list('chinese_families')}[{HAN}]{{1,2}}"
#: One of the names that stand without blanks up to the end of a line.
RUN_TOGETHER = re.compile(rf"{_CHINESE_NAME}(?=(?:{_CHINESE_NAME})*$)")
BETWEEN_NAMES = re.compile(
    rf"[,;/&·•|、，；]|\b{_list('between_names')}\b|(?<=\s)(?-i:{_list('between_whole_names')})(?=\s+[^\s,;]+\s+\S)",
    re.I,
)
#: A row that begins with the rest of a name of the row above: "Farzaei 5, 6", "Kaneko".
REST_OF_NAME = re.compile(rf"{_LETTER}[\w'’.-]*\s*(?:[;,]|$)")

# -- years
#: A year anywhere that is no year's class ("2019级") nor that of a standard ("7714-2015"), and what may stand near it in its line, by names of features.
YEAR_PRINTED = re.compile(rf"(?<!\d)(?<!\d{{3}}-){_YEAR}(?!\d|\s*{_list('cohorts')})")
DATES = {
    name: re.compile(piece, re.I)
    for name, piece in {
        "month": rf"{_BEGINS}(?:{_list('months')}[a-z]{{0,6}}|{_list('month_names')}){_ENDS}\.?",
        "numeric": r"\d{1,2}[-/.]\d{1,2}[-/.]Y|Y[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)",
        "copyright": r"©|\(c\)|\bcopyright\b",
        "published": rf"{_list('published')}|{_list('published_chinese')}",
        "received": _list("received"),
        "label": rf"{_BEGINS}{_list('versions')}",
        "gathering": rf"{_BEGINS}{_list('dated_gatherings')}",
        "issue": rf"[\d一二三四五六七八九十]\s*{_list('issue_marks')}|{_list('issue_labels')}",
        "article number": r"\d{3}[\dX]\s*[(（]\s*Y\s*[)）]",
        "volume": r"\d\s*[(（]Y|Y[)）]\s*\d|Y\s*[;:,]\s*\d|\d\s*,\s*Y|\bvol|\bno\b|\bpp?\b",
        "file": rf"(?:D:)?{_YEAR}",
        "stamp": r"arxiv:\d{4}\.\d{4,5}",
        "address": r"https?:|www\.|\bdoi\b|\bISS?BN\b|ISSN|arxiv:",
    }.items()
}
#: "二〇二二年", also where OCR or a font made a Latin O of the zero.
SPELT_YEAR = re.compile(r"((?:一九|二[〇零○O0])[〇零○一二三四五六七八九O0]{2})\s*年")
