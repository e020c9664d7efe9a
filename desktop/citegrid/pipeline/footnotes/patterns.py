"""The patterns of footnotes and of the citations in them, made by name from ``resources/lexicon/footnotes.toml``."""

from __future__ import annotations

import re
from functools import partial

from citegrid.core.language import lexicon
from citegrid.core.language.lexicon import pattern_of
from citegrid.core.language.script import YEAR
from citegrid.pipeline.bibliography.patterns import PARTICLES, UP
from citegrid.pipeline.citations.patterns import ET_AL

whole_words = partial(lexicon.whole_words, "footnotes")
phrases = partial(lexicon.pattern_of, "footnotes")

# -- notes and their marks -----------------------------------------------------------------------------------------------

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
BRACKETED = re.compile(r"\[\s?(\d{1,3})\s?\]")
#: The number at the beginning of a note.
NOTE_LABEL = re.compile(
    rf"\s*(?:(?P<circled>[{CIRCLED}])|[\[［〔(（]\s*(?P<bracketed>\d{{1,3}})\s*[\]］〕)）]"
    r"|(?P<plain>\d{1,3})[.):]?(?=\s|[^\W\d_]|[“«„(《]))\s*"
)
NOTE_HEADING = re.compile(rf"(?:\d+\.?\s+)?{phrases('note_headings')}", re.I)
#: One raised number or several, as a mark.
MARK_NUMBERS = re.compile(r"[\[(]?\s*\d{1,3}(?:\s*,\s*\d{1,3})*\s*[\])]?")

# -- what a note cites ---------------------------------------------------------------------------------------------------

LEAD_IN = re.compile(rf"\s*{whole_words('lead_in')}[:：]?\s*", re.I)
#: Where words that lead to a citation may stand within a note.
FURTHER_LEAD = re.compile(r"(?:[.。,，:：(（]\s*|\s)(?=[SsCcVvQqDd参见转详另引])")
IBID = re.compile(rf"{whole_words('ibid')}|id\.(?=\s*(?-i:at\b|§|p|\d|$))|同注\s*$", re.I)
#: "Idem, Physics", "Ders., Wahrheit": another work of the author above.
IDEM = re.compile(rf"{whole_words('idem')}\s*[,:：]?\s*(?=[^\W\d_]{{2}}|[“„«《])", re.I)
#: "supra note 3", "see n. 3", "(Anm. 3)", "(wie Fn. 3)", "(n 3)", "前注③".
EARLIER_NOTE = re.compile(rf"{phrases('earlier_note')}\s*[\[(（〔]?\s*(?P<number>\d{{1,3}}(?!\d)|[①-⑳])", re.I)
OP_CIT = re.compile(whole_words("op_cit"), re.I)
#: What looks as if it cited something.
DOUBTFUL = re.compile(
    rf"{whole_words('doubtful_cues')}|\b(?-i:n|pp?|S)\.\s?\d|第\s*\d+\s*页|[《“][^》”]{{4,}}[》”]", re.I
)

# -- titles and imprints -------------------------------------------------------------------------------------------------

#: What sets a title off.
QUOTE = re.compile(r"[“„«《「『\"‘]")
QUOTED = re.compile(r"[“„«《\"‘]([^”“»》\"’]{2,120})[”“»》\"’]")
#: "3. Aufl.", "2nd edn".
_EDITION = rf"\d{{1,2}}\w{{0,3}}\.?\s*(?i:{pattern_of('bibliography', 'editions')})"
#: How a reference tells where and when a work appeared.
_IMPRINTS = (
    rf"\([^()]{{2,90}}{YEAR}\)",  # (Cambridge: Things Press, 1999)
    rf"\d\s*\({YEAR}\)",  # 12 (1999)
    rf",\s+[A-ZÀ-Þ][^,;]{{2,40}},?\s{YEAR}[,.]",  # , Berlin 1999,
    rf":\s[^:;]{{3,60}},\s*{YEAR}",  # Cambridge: Things Press, 1999
    rf",\s*{YEAR},\s*(?:pp?|S|t|vol)\.",  # , 1999, p.
    rf"[》”»]\s*{YEAR}\s?年",  # 《……》1999 年
    rf"\.\s+[A-ZÀ-Þ][^.;]{{3,60}},\s*{YEAR}\b",  # . Things Press, 1999
    rf"[社店馆局]\s*[,，]?\s*{YEAR}",  # 出版社，1999
    rf"”\.\s+[A-ZÀ-Þ][^,;:]{{2,25}}\s{YEAR}\s*,",  # ”. Frankfurt a. M. 1984,
    rf",\s+{_EDITION}[^,;:]{{0,12}},?\s*{YEAR}\b",  # , 4. Aufl. 2016
)
IMPRINT = re.compile("|".join(_IMPRINTS))

_NAME = rf"(?:[{UP}][\w.’'-]*\s+(?:{PARTICLES}\s+)*){{1,3}}[{UP}][\w’'-]+"
#: The names of a reference that sets its title off by commas alone: "Karin Kurz/Katrin Golsch, Case Study, in: …, London 2005",
#: "Kurz, Karin: Case Study, London 2005".
NAMES_BEFORE_TITLE = re.compile(
    rf"\s*{_NAME}(?:\s*[/–]\s*{_NAME}|(?:,\s+{_NAME})*\s+{pattern_of('citations', 'name_conjunctions')}\s+{_NAME})*"
    rf"(?:\s*\({phrases('editors')}\))?[,:]\s+|\s*[{UP}][\w’'-]+,\s+[{UP}][\w.-]*(?:\s+[{UP}][\w.-]*)?:\s+"
)
#: Where such a title ends: at the work that holds it, at its volume or edition, or at the place and year of its own.
BEHIND_COMMA_TITLE = re.compile(
    rf",\s+(?:(?:in:?|dans)\s+(?=[{UP}]|(?i:{whole_words('idem')}))|[{UP}][^,;:]{{2,40}}(?:\s|,\s*|,\s[^,;:]{{2,40}},\s*){YEAR}\s*[,.)]"
    rf"|(?:{phrases('volumes')}\.?\s*\d+|{_EDITION})\b)|\.\s+[{UP}][^,;:]{{2,25}}\s{YEAR}\s*,"
    rf"|\s\([{UP}][^()]{{2,60}}{YEAR}\)(?=[,.:]?\s*(?:\w{{0,2}}\.?\s*\d|$))"
)

# -- short forms ---------------------------------------------------------------------------------------------------------

#: Where the names of a short form end.
BEHIND_NAMES = re.compile(rf"\s*(?:[,，:：“„«《\"‘(]|(?<![A-ZÀ-Þ])\.\s|(?i:{ET_AL}))")
_AND_OTHERS = rf"(?:{ET_AL}\.?)"
ET_AL_AT_START = re.compile(rf"^[\s,]*{_AND_OTHERS}", re.I)
#: Where the title words of a short form end.
BEHIND_TITLE = re.compile(r",\s*(?=\d|pp?\.|S\.|at\b)|\(|\d|\[")
#: What stands before and behind the title words without being of them.
AROUND_TITLE = re.compile(
    rf"(?:{whole_words('op_cit')}|\b(?-i:S|pp?|at)|{ET_AL})\.?,?\s*$|^(?:{whole_words('op_cit')}\.?|{_AND_OTHERS}),?",
    re.I,
)
