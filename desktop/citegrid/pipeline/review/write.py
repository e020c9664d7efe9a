"""The last step of a run: what the table and the papers say, and the review that is composed of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from citegrid.core.evidence import quotes_of
from citegrid.core.language.script import has_han, is_chinese, language_of
from citegrid.core.review import Review
from citegrid.core.statement import Kind, Speaker, Statement
from citegrid.core.table import Row, Verdict, Wording
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.patterns import OWN_DOING
from citegrid.pipeline.cells.works import evidence_of
from citegrid.pipeline.evidence import patterns, retrieve
from citegrid.pipeline.evidence.claim_tokens import denies_alone, words_missing
from citegrid.pipeline.review import passages
from citegrid.pipeline.review.citations import names_of
from citegrid.pipeline.review.compose import LongForm, Setting, as_they_are, compose, length_of, planned
from citegrid.pipeline.review.facts import LAST, Fact, SentencePlaces, facts_of, shortened, unnamed
from citegrid.pipeline.review.marked_text import Marked
from citegrid.pipeline.review.paragraphs import ParagraphWriter
from citegrid.pipeline.review.passages import Saying, leans
from citegrid.pipeline.review.phrases import phrases
from citegrid.pipeline.review.sentences import LONGEST, length
from citegrid.pipeline.review.terms import long_forms_in
from citegrid.pipeline.review.writing_test import may_write
from citegrid.pipeline.translation.glossed import is_glossed
from citegrid.pipeline.translation.translate import translate

#: Sentences beyond the table that are translated at a time, and at most so many times.
BATCH, MOST_BATCHES = 4, 6
#: Characters of the shortest translation, and ends of what is none.
SHORTEST, _OPEN_ENDS = 12, "：:，,"
#: What a sentence is worth more that the table holds, and that is understood without its neighbours; and less as it is long.
IN_TABLE, ALONE, AT_LENGTH = 0.3, 0.3, 0.5
#: What it is worth less as far as its paragraph tells the paper's procedure; from which share on only what is surely about the work
#: itself is told, and how sure that is; and what is told nevertheless.
OF_PROCEDURE, MOST_PROCEDURE, SURELY = 0.5, 0.35, 0.8
#: What a sentence is worth less that still points to a figure or another place of its paper: more than it can be worth.
ELSEWHERE = 3.0
#: How much a paragraph must tell of the paper itself for the name of a work to stand there for what the paper does with it.
OF_PAPER = 0.5
#: From which such share on what is said of a work that is only noted may be the paper's own; what is not; and what a sentence that
#: cites nobody may tell of the paper where its paragraph tells nothing of it.
MOST_OF_PAPER, _GENERAL, MOST_OWN_BETWEEN = 0.5, (Kind.BACKGROUND, Kind.LIMIT), 0.95
_FOUND = (Kind.RESULT, Kind.COMPARISON)
#: What a sentence is worth more as far as its paragraph does not tell of the paper itself, by whether it cites.
OF_LITERATURE = {False: 0.15, True: 0.5}
_NOT_USED = (Kind.RESULT, Kind.COMPARISON, Kind.LIMIT, Kind.CONTRIBUTION)
#: How long a sentence is at most, as a share of the longest that is made.
AT_MOST = 1.2
#: Marks as they are set among ideographs.
_WIDE = str.maketrans(",;", "，；")
_AS_IT_STANDS = (Wording.PRINTED, Wording.SHORTENED)
#: Share of its length below which a review is filled up.
ENOUGH = 0.92


def write_review(context: RunContext, rows: Sequence[Row]) -> Review:
    """The review of a filled table."""
    context.progress.report("Writing the review", 0, 0)
    return _Writer(context, tuple(rows)).review()


class _Writer:
    """Gathers what a review is composed of: what the table holds and what stands in its language first, further sentences only
    where they are needed."""

    def __init__(self, context: RunContext, rows: tuple[Row, ...]) -> None:
        self._context, self._rows = context, rows
        self._names = names_of(context)
        self._works = [row.work for row in rows if not self._names.is_own(row.work)]
        self._shown = passages.quotes_in(rows)
        self._places = SentencePlaces(context)
        self._procedure = passages.shares(context, self._places, lambda statement: statement.says(Kind.DETAIL))
        self._itself = passages.shares(context, self._places, lambda statement: statement.of(Speaker.CITING))
        self._judged = passages.quotes_in(rows, Verdict.EDITED, Verdict.REJECTED)
        said = (*passages.of_papers(context, rows), *passages.of_works(context, rows, self._names))
        self._sayings = list(filter(self._is_told, said))

    def review(self) -> Review:
        """The review, filled up with translations of what the table does not say as long as it is too short."""
        context, names = self._context, self._names
        native = [saying for saying in self._sayings if language_of(saying.text) == context.language]
        told = (self._fact(saying, Marked(_set(saying.text))) for saying in native)
        facts = [*self._of_table(), *(fact for fact in told if self._names_its_works(fact))]
        foreign = sorted(self._foreign(facts), key=lambda saying: (saying.beyond, -self._worth(saying, saying.text)))
        for at in range(0, min(len(foreign), BATCH * MOST_BATCHES), BATCH):
            made = planned(facts, context.request, names)
            if length_of(made, context.request, names) >= ENOUGH * context.request.target:
                break
            facts += self._translated(foreign[at : at + BATCH])
        return compose(facts, context.request, self._setting())

    def _names_its_works(self, fact: Fact) -> bool:
        """Whether a fact that names its works as its source does still names one: a note may have been left out with it."""
        parts = self._names.parts(fact.works)
        return any((not fact.cited, *map(fact.said.text.__contains__, parts)))

    def _foreign(self, facts: Sequence[Fact]) -> Iterator[Saying]:
        """What the papers say in another language than that of the review, and the table does not hold; of the paper itself only
        where nothing else says it."""
        own = any(self._names.is_own(fact.work) for fact in facts)
        for saying in self._sayings:
            known = (
                saying.passage.text in self._shown,
                saying.leaning,
                all((own, self._names.is_own(saying.works[0]))),
            )
            if not any(known) and language_of(saying.text) != self._context.language:
                yield saying

    def _setting(self) -> Setting:
        context = self._context
        own = " ".join(row.work.title for row in self._rows if self._names.is_own(row.work))
        writes = may_write(context.model, context.writers, context.cancel)
        write = ParagraphWriter(context.model, context.language, context.cancel) if writes else as_they_are
        return Setting(self._names, own, write, dict(reversed(list(self._long_forms()))))

    def _long_forms(self) -> Iterator[tuple[str, LongForm]]:
        """The abbreviations whose long forms the papers tell in the language of the review."""
        context = self._context
        said = [
            one for paper in context.papers for one in retrieve.own_sentences(paper.document, context.citations(paper))
        ]
        for passage in (one for one in said if language_of(one.text) == context.language):
            for short, long in long_forms_in(passage.readable):
                told, *_ = evidence_of(context.papers, [passage], self._rows[0].work)
                yield short, (long, told)

    def _of_table(self) -> Iterator[Fact]:
        """What the table says in words of its own: where it holds a sentence as it stands, that sentence is told itself."""
        statements = passages.statements_of_rows(self._context, self._rows)
        for fact in facts_of(self._rows, self._context.language):
            found_in = [
                found
                for (work, text), found in statements.items()
                if work == fact.work.id and any(quote in text for quote in quotes_of(fact.evidence))
            ]
            known = [statement for _, statement in found_in]
            if not self._is_told_itself(fact, known):
                central = max((one.central for one in known), default=ALONE)
                yield replace(
                    fact,
                    place=min((self._places.of(passage) for passage, _ in found_in), default=LAST),
                    leaning=all((known, leans(fact.said.text))),
                    own=self._names.is_own(fact.work),
                    found=all((known, *map(passages.is_found, known))),
                    worth=central + IN_TABLE - self._too_long(fact.said.text),
                )

    def _is_told_itself(self, fact: Fact, known: Sequence[Statement]) -> bool:
        """Whether the sentence that a fact was made of, one of ``known``, is told as it stands."""
        as_it_stands = bool(known) and fact.wording in _AS_IT_STANDS
        return as_it_stands and self._judged.isdisjoint(quotes_of(fact.evidence))

    def _translated(self, sayings: Sequence[Saying]) -> Iterator[Fact]:
        """What sentences say in the language of the review; what no faithful translation was made of is left out."""
        context = self._context
        texts = [saying.text for saying in sayings]
        made = translate(texts, context.language, context.translating, glossary=context.glossary, cancel=context.cancel)
        for saying, one in zip(sayings, made, strict=True):
            if _says_it(one.text, saying):
                wording = Wording.TRANSLATED if one.trusted else Wording.TO_BE_CHECKED
                yield replace(self._fact(saying, Marked(one.text, one.doubts)), wording=wording)

    def _fact(self, saying: Saying, said: Marked) -> Fact:
        language, work = self._context.language, saying.works[0]
        words = shortened(said if saying.cited else unnamed(said, work, language), language)
        return Fact(
            saying.works,
            passages.told_kind(saying),
            words,
            evidence_of(self._context.papers, [saying.passage], work),
            found=passages.is_found(saying.statement),
            cited=saying.cited,
            own=saying.own,
            worth=self._worth(saying, words.text),
            place=self._places.of(saying.passage),
            bare=saying.bare,
            lead=_set(saying.lead),
            leaning=saying.leaning or (saying.between and self._places.is_behind_citation(saying.passage)),
            beyond=saying.beyond,
            beside=saying.beside,
        )

    def _worth(self, saying: Saying, text: str) -> float:
        """How much a sentence is worth telling."""
        in_table = IN_TABLE * (saying.passage.text in self._shown)
        telling = passages.telling(saying)
        used = (not saying.own) * OF_PROCEDURE * self._of_procedure(saying)
        clear = saying.statement.central + ALONE * saying.statement.alone
        elsewhere = ELSEWHERE * any(map(text.__contains__, phrases("points_inside", self._context.language)))
        of_literature = (not saying.own) * OF_LITERATURE[saying.cited] * (1 - self._of_paper(saying))
        at_length = saying.own * self._too_long(text)
        return clear + telling + in_table + of_literature - used - elsewhere - at_length

    def _of_paper(self, saying: Saying) -> float:
        """The share of its paragraph that tells of the paper itself: all of it where it tells what it did."""
        if OWN_DOING.search(saying.passage.section):
            return 1.0
        return self._itself.get(self._places.of(saying.passage)[0], 0.0)

    def _of_procedure(self, saying: Saying) -> float:
        return self._procedure.get(self._places.of(saying.passage)[0], 0.0)

    def _is_told(self, saying: Saying) -> bool:
        """Whether a sentence may be told: nobody judged it, it is short, and it does not only tell what a work is used for in a step
        of a procedure, or by its name what the paper found with it."""
        kept = saying.passage.text not in self._judged, self._is_short(saying.text)
        of_itself = self._names.is_own(saying.works[0])
        return all((*kept, self._is_general(saying) if of_itself else self._is_of_works(saying)))

    def _is_general(self, saying: Saying) -> bool:
        """Whether what cites nobody is said by the paper of itself in its own voice, or else surely not of itself."""
        found = saying.statement.kind in _FOUND
        most = MOST_OWN_BETWEEN - OF_PAPER * (1 + 3 * found) * self._of_paper(saying)
        return saying.own or saying.statement.of(Speaker.CITING) < most

    def _is_of_works(self, saying: Saying) -> bool:
        statement, of_paper = saying.statement, self._of_paper(saying)
        discussed = (
            saying.own,
            statement.kind in _NOT_USED,
            statement.of(Speaker.TARGET) >= SURELY,
            self._of_procedure(saying) < MOST_PROCEDURE,
        )
        named = any(map(saying.text.__contains__, map(self._names.told, saying.works)))
        vouched = saying.own, not saying.cited, named, of_paper < MOST_OF_PAPER, statement.kind in _GENERAL
        tried = of_paper >= OF_PAPER, passages.is_named_alone(saying.passage)
        return any(discussed) and any(vouched) and not all(tried)

    def _is_short(self, text: str) -> bool:
        language = language_of(text)
        return length(text, language) <= AT_MOST * LONGEST[language]

    def _too_long(self, text: str) -> float:
        language = self._context.language
        return AT_LENGTH * length(text, language) / LONGEST[language]


def _set(text: str) -> str:
    """A sentence as its language is set: a Chinese one with Chinese commas, and without blanks between ideographs."""
    if not is_chinese(text):
        return text
    text = text.replace(", ", "，").replace("; ", "；").replace("( ", "(").replace("：(1) ", "：")
    around = zip(f" {text}", text, f"{text[1:]} ", strict=False)
    wide = (mark.translate(_WIDE) if has_han(before + behind) else mark for before, mark, behind in around)
    return patterns.BETWEEN_CJK.sub("", "".join(wide))


def _says_it(text: str, saying: Saying) -> bool:
    """Whether a translation is a statement with the numbers, names and denials of its sentence alone."""
    whole = len(text) >= SHORTEST and text[-1] not in _OPEN_ENDS and not is_glossed(text, language_of(text))
    return whole and not words_missing(text, [saying.text]) and not denies_alone(text, [saying.text])
