"""The last step of a run: the facts of the table, their plan, and the review that is composed of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from citegrid.core.evidence import Evidence
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Review
from citegrid.core.script import language_of
from citegrid.core.statement import Statement
from citegrid.core.table import Row, Wording
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.works import evidence_of
from citegrid.pipeline.evidence import verify
from citegrid.pipeline.evidence.claim_tokens import denies_alone, words_missing
from citegrid.pipeline.review import passages
from citegrid.pipeline.review.compose import Setting, chosen_of, compose, measured
from citegrid.pipeline.review.facts import Fact, facts_of, shortened, unnamed
from citegrid.pipeline.review.grouping import Discussed, Group, Tie, groups_of
from citegrid.pipeline.review.marked_text import Marked
from citegrid.pipeline.review.names import Names
from citegrid.pipeline.review.paragraphs import ParagraphWriter
from citegrid.pipeline.review.passages import Saying, leans
from citegrid.pipeline.review.phrases import SUBJECTS
from citegrid.pipeline.review.plan import AIMS, CLOSING, OPENING, Paragraph, plan
from citegrid.pipeline.review.rephrase import Rephraser
from citegrid.pipeline.review.writing_test import may_write
from citegrid.pipeline.translation.translate import translate

#: Sentences beyond the table that are put into words at a time, at most so many times; and those about several works.
BATCH, MOST_BATCHES, MOST_TOGETHER, MOST_OF_EACH = 4, 6, 4, 3
#: Characters of the shortest translation, and ends of what is none.
SHORTEST, _OPEN_ENDS = 12, "：:，,"
#: Characters of the longest heading in a language.
LONGEST_NAME = {"zh": 24, "en": 80}
#: How likely a cell's sentence must be understood without its neighbours.
LEAST_ALONE = 0.5
#: Kinds of facts about the paper from which the table tells enough of it.
ENOUGH_OF_PAPER = 4
#: Share of its length below which a review is filled up.
ENOUGH = 0.92


def write_review(context: RunContext, rows: Sequence[Row]) -> Review:
    """The review of a filled table."""
    context.progress.report("Writing the review", 0, 0)
    return _Writer(context, tuple(rows)).review()


class _Writer:
    """Gathers what a review is composed of: facts of the table first, further sentences only where they are needed."""

    def __init__(self, context: RunContext, rows: tuple[Row, ...]) -> None:
        self._context, self._rows = context, rows
        self._names = Names(context.language, context.several)
        self._facts = _read(facts_of(rows, context.language), passages.statements_of_rows(context, rows))
        self._works = [row.work for row in rows if not self._names.is_own(row.work)]
        self._places = {work.id: _place(context, work) for work in self._works}
        self._translated: dict[str, str] = {}
        self._topics: dict[str, Wording] = {}

    def review(self) -> Review:
        """The review, filled up with what the table does not say as long as it is too short."""
        together = self._put(_chosen(passages.of_several(self._context, self._rows)))
        self._facts += self._put(self._of_paper())
        more = iter(self._further())
        paragraphs = self._plan(together)
        for _ in range(MOST_BATCHES):
            batch = list(islice(more, BATCH)) if self._is_short(paragraphs) else []
            if not batch:
                break
            self._facts += self._put(batch)
            paragraphs = self._plan(together)
        return compose(paragraphs, self._context.request, self._with_model())

    def _with_model(self) -> Setting:
        """How sentences are made with the model: paragraphs by one that passed the writing test, else single sentences."""
        context, setting = self._context, self._setting()
        spoken = context.model, context.language, context.cancel
        if may_write(context.model, context.writers, context.cancel):
            return replace(setting, write=ParagraphWriter(*spoken))
        return replace(setting, rephrase=Rephraser(*spoken))

    def _setting(self) -> Setting:
        return Setting(self._names, self._places, self._topics)

    def _is_short(self, paragraphs: Sequence[Paragraph]) -> bool:
        request, setting = self._context.request, self._setting()
        chosen = chosen_of(paragraphs, request, setting)
        return measured(chosen, request.unit, setting) < ENOUGH * request.target

    def _plan(self, together: Sequence[Fact]) -> tuple[Paragraph, ...]:
        groups = groups_of(self._works, self._places)
        return plan(self._facts, together, [self._in_language(group) for group in groups], self._names)

    def _in_language(self, group: Group) -> Group:
        """The group with its heading in the language of the review, to be checked where the translation is not sure."""
        if group.tie is not Tie.HEADING or language_of(group.topic) == self._context.language:
            return group
        topic = self._said(group.topic)
        return replace(group, topic=topic) if topic else replace(group, tie=Tie.NOTHING, topic="")

    def _said(self, words: str) -> str:
        """A heading or a term in the language of the review; empty where that fails."""
        context = self._context
        if words not in self._translated:
            (made,) = translate(
                [words], context.language, context.model, glossary=context.glossary, cancel=context.cancel
            )
            self._translated[words] = said = made.text.rstrip("。.") if _is_name(made.text, context.language) else ""
            self._topics |= {said: _wording(made.trusted)} if said else {}
        return self._translated[words]

    def _of_paper(self) -> list[Saying]:
        """What the papers say of their own aim and result where the table does not."""
        known = {fact.kind for fact in self._facts if fact.work not in self._works}
        own = list(passages.of_papers(self._context, self._rows))
        wanted = (AIMS, OPENING, CLOSING) if len(known) < ENOUGH_OF_PAPER else (OPENING, CLOSING)
        missing = [kinds for kinds in wanted if known.isdisjoint(kinds)]
        return [saying for kinds in missing for saying in own if saying.statement.kind in kinds]

    def _further(self) -> Iterator[Saying]:
        """Sentences beyond the table: those of works of which it says nothing first."""
        told = {fact.work.id for fact in self._facts}
        each = list(passages.of_each(self._context, self._rows, told))
        many = {id(saying): sum(s.works == saying.works for s in each[:i]) for i, saying in enumerate(each)}
        fresh = [saying for saying in each if many[id(saying)] < MOST_OF_EACH]
        yield from sorted(fresh, key=lambda saying: (saying.works[0].id in told, many[id(saying)]))

    def _put(self, sayings: Sequence[Saying]) -> list[Fact]:
        """What sentences say, in the language of the review; what no translation was made of is left out."""
        context, language = self._context, self._context.language
        sayings = [
            s for s in sayings if language_of(s.text) == language or not s.by_paper
        ]  # no name stands a translation
        foreign = [s for s in sayings if language_of(s.text) != language]
        said = (
            translate(
                [s.text for s in foreign], language, context.model, glossary=context.glossary, cancel=context.cancel
            )
            if foreign
            else []
        )
        translated = dict(zip(map(id, foreign), said, strict=True))
        facts = []
        for saying in sayings:
            made = translated.get(id(saying))
            text = Marked(made.text, made.doubts) if made else Marked(saying.text)
            if made is None or _says_it(text.text, saying):
                wording = Wording.PRINTED if made is None else _wording(made.trusted)
                evidence = evidence_of(context.papers, [saying.passage], saying.works[0])
                said_so = shortened(unnamed(text, saying.works[0], language), language)
                made_of = Fact(saying.works, saying.statement.kind, said_so, evidence, wording)
                found = passages.is_found(saying.statement)
                facts.append(replace(made_of, found=found, by_paper=saying.by_paper))
        return facts


def _read(facts: Iterable[Fact], statements: Mapping[tuple[str, str], Statement]) -> list[Fact]:
    """The facts of the table as the classifier reads their sentences.  One that leans on others is left out; where only the
    classifier holds that it does, it is kept for a work of which nothing else is told, and for the paper."""
    read: list[Fact] = []
    unsure: list[Fact] = []
    for fact in facts:
        said = [statements[key] for e in fact.evidence if (key := (fact.work.id, e.quote)) in statements]
        alone = all(one.alone >= LEAST_ALONE for one in said)
        if alone or not leans(fact.said.text):
            (read if alone else unsure).append(replace(fact, found=bool(said) and all(map(passages.is_found, said))))
    told = {fact.work.id for fact in read}
    return read + [fact for fact in unsure if fact.work.kind is WorkKind.PAPER or fact.work.id not in told]


def _says_it(text: str, saying: Saying) -> bool:
    """Whether a translation is a statement with the numbers, names and denials of its sentence alone."""
    whole = len(text) >= SHORTEST and text[-1] not in _OPEN_ENDS
    return whole and not words_missing(text, [saying.text]) and not denies_alone(text, [saying.text])


def _is_name(text: str, language: str) -> bool:
    """Whether the translation of a heading or a term is one, and no statement of a model that went on talking."""
    return (
        0 < len(text) <= LONGEST_NAME[language] and not SUBJECTS[language].match(text) and language_of(text) == language
    )


def _wording(trusted: bool) -> Wording:
    return Wording.TRANSLATED if trusted else Wording.TO_BE_CHECKED


def _chosen(sayings: Iterable[Saying]) -> list[Saying]:
    """Those about the fewest works that still are several: what is said of many says little of each."""
    return sorted(sayings, key=lambda saying: len(saying.works))[:MOST_TOGETHER]


def _place(context: RunContext, work: Work) -> Discussed:
    """Where the papers speak of a work."""
    found: list[Evidence] = []
    sections: list[str] = []
    for paper, entry in context.entries_of(work):
        for mention in entry.mentions:
            if mention.section:
                sections.append(mention.section)
            found += [verify.quote_at(paper.document, span, first_hand=False) for span in mention.sentence_spans[:1]]
    return Discussed(tuple(sections), tuple(found))
