"""What the papers say of the table's works and of themselves, sentence by sentence.

Each comes as a ``Saying``: a sentence of a source, the works of the table that it speaks of, and the statement that the
classifier reads in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise, takewhile

from citegrid.core.evidence import Passage
from citegrid.core.language.script import has_han, is_chinese, language_of
from citegrid.core.paper import Paper, ids_of
from citegrid.core.reference import Work, WorkKind
from citegrid.core.statement import Kind, Speaker, Statement
from citegrid.core.table import Row, Verdict
from citegrid.pipeline.cells import cited_documents, passages, score_passages
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.third_person import in_third_person
from citegrid.pipeline.evidence import patterns, retrieve
from citegrid.pipeline.evidence.citation_markers import of_earlier_work
from citegrid.pipeline.evidence.passages import Cited, marked_text
from citegrid.pipeline.evidence.patterns import OTHER, TARGET
from citegrid.pipeline.evidence.readable import freed, plain, tidied
from citegrid.pipeline.review.citations import (
    Citations,
    CitedWorks,
    Names,
    all_of,
    by_id,
    can_be_named,
    in_place,
    work_of,
)
from citegrid.pipeline.review.facts import SQUARE, SentencePlaces, parted
from citegrid.pipeline.review.phrases import CONNECTIVE, LEANS, NOTE, OWN_VOICE, POINTS_BACK, is_closed, phrase, phrases

#: Of a work that lies in the library, the sentences that may be told.
MOST_OF_DOCUMENT = 4
#: How likely a sentence must be understood without its neighbours, and must matter, and a limit of the paper's own.
LEAST_ALONE, LEAST_CENTRAL, LEAST_LIMIT = 0.2, 0.03, 0.4
#: The share of the citing paper as the speaker from which a sentence tells of its procedure, and of what it found; and that of
#: the marked work from which a result is what the work found.
LEAST_CITING, LEAST_OWN, LEAST_FOUND = 0.5, 0.88, 0.9
#: The share of limits and open ends from which an aim is one for later work.
LEAST_LATER = 0.15
#: What each sign counts that the paper speaks of itself.
TELLING = 0.25
#: What a sentence says that tells nothing in a review; and what the paper says of itself that tells nothing of works.
_UNTOLD = (Kind.NOTHING, Kind.DETAIL, Kind.AVAILABILITY)
_QUESTIONS, _NUMBERED = "?？", "．、."
_IN_FORMULAS = frozenset("©⃝�¼≈≫≪∝∑∫=<>⃗")
_OPENS, _CLOSES = ("(", "（"), (")", "）")
_OF_ITSELF = (Kind.METHOD, Kind.DATA, Kind.AIM)
#: What a paper says of itself anywhere in it.
_TOLD_LATE = (Kind.RESULT, Kind.COMPARISON, Kind.LIMIT)


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence of a source about ``works``, in order of their citations.

    ``cited``: its ``text`` names them in their places; else it has no marks of citations.  ``own``: the paper speaks of itself.
    ``bare`` is the text without citations.  ``beyond``: none of its works is in the table; ``beside`` are those cited with
    them that are not.  ``lead``: what linked it to the sentence before it, with its own first letter as it stands there ("However, m").
    """

    works: tuple[Work, ...]
    statement: Statement
    passage: Passage
    text: str
    cited: bool = False
    own: bool = False
    lead: str = ""
    bare: str = ""
    beyond: bool = False
    beside: tuple[Work, ...] = ()

    @property
    def between(self) -> bool:
        """Whether it stands between sentences about works, and neither cites one nor speaks of its paper."""
        return not self.own and self.works[0].kind is WorkKind.PAPER

    @property
    def leaning(self) -> bool:
        """Whether it is understood only behind the sentence before it."""
        return leans(self.text) or self.statement.alone < LEAST_ALONE


def told_kind(saying: Saying) -> Kind:
    """What kind of thing a sentence tells: what is for later work is what a paper leaves open, and nothing of its own."""
    statement, says = saying.statement, saying.passage.text.casefold().__contains__
    later = statement.kind in (Kind.AIM, Kind.CONTRIBUTION), statement.says(Kind.LIMIT) >= LEAST_LATER
    said = saying.own, any(map(says, phrases("later", language_of(saying.passage.text))))
    return Kind.LIMIT if all(later) or all(said) else statement.kind


def is_found(statement: Statement) -> bool:
    """Whether a statement is a result that the marked work itself found."""
    return statement.kind is Kind.RESULT and statement.of(Speaker.TARGET) >= LEAST_FOUND


def statements_of_rows(context: RunContext, rows: Sequence[Row]) -> dict[tuple[str, str], tuple[Passage, Statement]]:
    """The sentences that the rows may rest on and what they say, by the id of the work and the sentence."""
    found: dict[tuple[str, str], tuple[Passage, Statement]] = {}
    for row in rows:
        known = passages.for_row(context, row.work)
        said = context.statements_of(known, own=row.work.kind is WorkKind.PAPER)
        found |= {(row.work.id, passage.text): (passage, one) for passage, one in zip(known, said, strict=True)}
    return found


def quotes_in(rows: Sequence[Row], *verdicts: Verdict) -> set[str]:
    """The quotes that the table shows, of cells with one of ``verdicts`` where any are given."""
    wanted = verdicts or tuple(Verdict)
    return {e.quote for row in rows for cell in row.cells if cell.verdict in wanted for e in cell.evidence}


# -- of the table's works ----------------------------------------------------------------------------------------------


def of_works(context: RunContext, rows: Sequence[Row], names: Names) -> tuple[Saying, ...]:
    """Every sentence of the papers that can be told of works of the table, and of others that they cite, and what stands between
    such sentences, in reading order, what a person rejected left out; and what works that lie in the library say of themselves."""
    others, itself = parted([row.work for row in rows], names.is_own)
    readers = [_Reader(context, paper, names, by_id(others)) for paper in context.papers]
    found = chain.from_iterable(reader.sayings(itself) for reader in readers)
    of_themselves = chain.from_iterable(_of_document(context, work) for work in others)
    rejected = quotes_in(rows, Verdict.REJECTED)
    return tuple(saying for saying in chain(found, of_themselves) if saying.passage.text not in rejected)


#: A sentence with a work that it cites marked in it.
_Target = tuple[Work, Passage]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads a paper for a review; ``table`` are the works of the table by their ids."""

    context: RunContext
    paper: Paper
    names: Names
    table: Mapping[str, Work]

    @property
    def cited(self) -> Cited:
        """Where the paper cites what."""
        return self.context.citations(self.paper)

    def sayings(self, itself: Sequence[Work]) -> Iterator[Saying]:
        """What the paper says of the works of the table, and of others; in the language of the review sentence by sentence, and
        what stands between as said of the paper ``itself``, where there is one such."""
        citations = Citations(self.paper, self.cited, self.table)
        native = self._native()
        targets = self._marked(native, citations) if native else self._by_work()
        self.context.statements_of([passage for _, passage in targets], own=False)  # all at once is faster
        found = (self._saying(*target, citations) for target in targets)
        yield from filter(self._is_told, found)
        uncited = [passage for passage in native if OTHER not in passage.shown]
        yield from chain.from_iterable(_between(self.context, work, uncited) for work in itself)

    def _native(self) -> list[Passage]:
        """The sentences of a paper that is in the language of the review; none of another one."""
        said = retrieve.own_sentences(self.paper.document, self.cited)
        native = [passage for passage in said if language_of(passage.text) == self.names.language]
        return native if 2 * len(native) > len(said) else []

    def _is_told(self, saying: Saying) -> bool:
        return is_told(saying) and not (saying.own and self.context.several)

    def _by_work(self) -> list[_Target]:
        """The passages that cite works, each with the last work it is of, those of the table before others."""
        listed = sorted(self.paper.references, key=lambda one: one.id in self.table)
        found = {
            passage.spans: (self.table.get(one.id, work_of(one)), passage)
            for one in listed
            for passage in retrieve.of_reference(self.paper.document, one, self.cited)
        }
        return list(found.values())

    def _saying(self, work: Work, passage: Passage, citations: Citations) -> Saying:
        (statement,) = self.context.statements_of([passage], own=False)
        voice = OWN_VOICE.search(passage.text), self.cited.itself and self.cited.itself in passage.text
        least = LEAST_CITING if _tells_results(passage, statement) else LEAST_OWN
        own = any(voice) or statement.of(Speaker.CITING) >= least
        marks = citations.marks(passage.spans)
        of_all = all_of(marks) or (work,)
        of_table, others = parted(of_all, lambda one: one.id not in self.table)
        told_of, beside = (tuple(of_table), tuple(others)) if of_table else (of_all, ())
        saying = Saying(told_of, statement, passage, "", own=own, beyond=not of_table, beside=beside)
        return _said(self.context, self.paper, saying, marks, self.names)

    def _marked(self, said: Sequence[Passage], citations: Citations) -> list[_Target]:
        """The sentences that cite, each with the first work that it cites marked in it."""
        cited = ((passage, all_of(citations.marks(passage.spans))[:1]) for passage in said)
        return [(work, self._targeted(passage, work)) for passage, first in cited for work in first]

    def _targeted(self, passage: Passage, work: Work) -> Passage:
        (target,) = {entry.id for entry in self.paper.references}.intersection(ids_of(work))
        shown = marked_text(self.paper.document, passage.spans, self.cited, target)
        return replace(passage, shown=of_earlier_work(shown) if target in self.cited.earlier else shown)


def _between(context: RunContext, itself: Work, said: Sequence[Passage]) -> Iterator[Saying]:
    """What a paper says without citing anybody or speaking of itself."""
    for passage, statement in zip(said, context.statements_of(said, own=True), strict=True):
        saying = _of_itself(itself, passage, statement, itself=True)
        if not saying.own and not OWN_VOICE.search(passage.text) and is_told_of_itself(saying):
            yield saying


def _tells_results(passage: Passage, statement: Statement) -> bool:
    """Whether a sentence is a result where a paper tells its own: a work may be cited there for an instrument."""
    section = passage.section.casefold()
    heads = phrases("own_sections", language_of(passage.text))
    return all((statement.kind is Kind.RESULT, any(map(section.__contains__, heads))))


def _said(context: RunContext, paper: Paper, saying: Saying, marks: Sequence[CitedWorks], names: Names) -> Saying:
    """The saying in words: its citations in their places where it is in the language of the review; else without them, as
    long as there is no more than one.  One without any must take up its work, or tell of results behind it: what else stands behind a
    citation may be the paper's own."""
    passage = saying.passage
    if language_of(passage.text) == names.language and marks:
        shown = freed(marked_text(paper.document, passage.spans, context.citations(paper), ""))
        said = " ".join(in_place(shown, marks, names).split())
        bare = CONNECTIVE[names.language].sub("", shown)
        text = tidied(CONNECTIVE[names.language].sub("", in_place(bare, marks, names)))
        return replace(saying, text=text, cited=True, bare=patterns.ANY_MARK.sub("", bare), lead=_lead(said, text))
    taken_up = any((marks, TARGET in passage.shown, saying.statement.kind is Kind.RESULT))
    about = any((len(saying.works) > 1, score_passages.is_about(passage)))
    simple = all((taken_up, len(marks) <= 1, not saying.own, about))
    return replace(saying, text=plain(passage.readable, printed=passage.text)) if simple else saying


def _lead(said: str, text: str) -> str:
    """What stands in a sentence before ``text``, with the first letter of this as it stands there."""
    return said[: 1 - len(text)] if len(text) < len(said) and said.endswith(text[1:]) else ""


def is_told(saying: Saying) -> bool:
    """Whether a sentence can stand in a review: whole, and about works rather than a procedure of the paper's or an earlier
    work of its authors'."""
    statement, text = saying.statement, saying.text
    procedure = statement.of(Speaker.CITING) >= LEAST_CITING, statement.kind in _OF_ITSELF
    earlier = saying.own, statement.of(Speaker.TARGET) >= LEAST_CITING
    whole = is_whole(saying.passage.text), is_closed(text), SQUARE.isdisjoint(text), not _is_torn(text)
    named = not saying.beyond, all(map(can_be_named, saying.works))
    matters = statement.kind not in _UNTOLD, statement.central >= LEAST_CENTRAL, not _is_of_instrument(saying)
    return all((*whole, *matters, any(named), not all(procedure), not all(earlier)))


def _is_of_instrument(saying: Saying) -> bool:
    """Whether a sentence cites for what the paper used alone, and what that showed is the paper's ("Mice (Gao, 2014) revealed that …")."""
    head, _, behind = saying.passage.shown.casefold().rpartition(OTHER[-1])
    shows = any(map(behind.__contains__, phrases("finding_that", "en")))
    return shows and not any(map(head.__contains__, phrases("studies_as_subject", "en")))


def _is_torn(text: str) -> bool:
    """Whether a text is empty, has formulas that no text holds, is a row of a table, tells what a paper thinks, or, as a Chinese one may, begins with a heading that was read into
    it ("3 某某模型 某某等构建…", "Keyword; Keyword 某某…") or ends within a number."""
    first, blank, _ = text.partition(" ")
    latin = takewhile(lambda letter: not has_han(letter), text)
    headed = all((blank, first.rstrip(_NUMBERED) != first or first.isdigit())), ";" in latin
    in_number = all((text.endswith("."), text[-2:-1].isdigit()))
    of_chinese = all((any((*headed, in_number)), is_chinese(text)))
    thought = any(map(text.casefold().__contains__, phrases("thoughts", "en")))
    in_formula = not _IN_FORMULAS.isdisjoint(NOTE.sub("", text))
    return any((not text, of_chinese, _is_glued(text), thought, in_formula))


def _is_glued(text: str) -> bool:
    """Whether a sentence begins anew inside an English text, behind a heading or cells of a table ("in the Cortex To detect …",
    "WLE NR NR ML …")."""
    openers = phrases("sentence_openers", "en")
    return any(one[-1].isalnum() and other in (one, *openers) for one, other in pairwise(text.split()))


def is_whole(text: str) -> bool:
    """Whether a text begins and ends as a statement does."""
    return bool(patterns.BEGINS.match(text) and patterns.ENDS.search(text)) and text[-1] not in _QUESTIONS


def leans(text: str) -> bool:
    """Whether a sentence cannot be understood without those before it, or breaks off in a bracket."""
    said = CONNECTIVE[language_of(text)].sub("", text)
    points = POINTS_BACK.search(OWN_VOICE.sub("", said))
    return bool(points or (LEANS.match(said) and not OWN_VOICE.match(said))) or not is_closed(said)


def _of_document(context: RunContext, work: Work) -> list[Saying]:
    """What a work that lies in the library says of itself."""
    document = context.own_document(work)
    if document is None:
        return []
    own = retrieve.about_itself(cited_documents.own_sentences(document))
    return _by_worth(context, work, own)[:MOST_OF_DOCUMENT]


# -- of the papers themselves ------------------------------------------------------------------------------------------


def of_papers(context: RunContext, rows: Sequence[Row]) -> Iterator[Saying]:
    """The main papers' own sentences about themselves, the best first."""
    for row in rows if context.several else rows[:1]:
        paper = context.paper_of(row.work)
        if paper is not None:
            said = _by_worth(context, row.work, context.own_sentences(paper))
            yield from filter(_speaks_for_itself, said)


def _speaks_for_itself(saying: Saying) -> bool:
    """Whether a paper surely speaks of itself: what it found, leaves open or compares, wherever it stands; what it is after and
    brings only in its own voice, for outlooks read like aims."""
    sure = saying.statement.kind in _TOLD_LATE, OWN_VOICE.search(saying.text)
    return all((saying.own, any(sure)))


def _by_worth(context: RunContext, work: Work, own: Sequence[Passage]) -> list[Saying]:
    """Sentences in which a work speaks of itself, the most central first, those of its abstract and conclusion before others;
    what is not the one main paper is told of in the third person."""
    said = zip(own, context.statements_of(own, own=True), strict=True)
    itself = work.kind is WorkKind.PAPER and not context.several
    found = [_of_itself(work, passage, statement, itself=itself) for passage, statement in said]
    return sorted(filter(is_told_of_itself, found), key=lambda one: -one.statement.central - telling(one))


def _of_itself(work: Work, passage: Passage, statement: Statement, *, itself: bool) -> Saying:
    text = _unnumbered(plain(passage.readable, printed=passage.text))
    language, share = language_of(text), statement.of(Speaker.CITING)
    named = next(filter(text.__contains__, phrases("named_itself", language)), "")
    signs = *_signs(passage), named, text.startswith(phrases("own_openings", language))
    own = all((itself, any(signs), share >= LEAST_CITING))
    if all((own, named)):
        text = text.replace(named, phrase("itself", language))
    told = text if itself else in_third_person(text, language)
    return Saying((work,), statement, passage, told, own=own)


def _unnumbered(text: str) -> str:
    """A sentence without the number of its place in a list, "(3) A model …"."""
    bare = text[1:] if text[:1] in _OPENS else text
    numbered = bare[:1].isdigit(), bare[1:2] in _CLOSES
    return bare[2:].lstrip() if all(numbered) else text


def shares(context: RunContext, places: SentencePlaces, share: Callable[[Statement], float]) -> dict[int, float]:
    """By the number of a paragraph the mean ``share`` of its sentences, where one that cites somebody has none."""
    found: dict[int, float] = {}
    for paper in context.papers:
        uncited = retrieve.about_itself(retrieve.own_sentences(paper.document, context.citations(paper)))
        for passage, statement in zip(uncited, context.statements_of(uncited, own=True), strict=True):
            at = places.of(passage)[0]
            found[at] = found.get(at, 0.0) + share(statement)
    return {paragraph: whole / max(1, places.sizes[paragraph]) for paragraph, whole in found.items()}


def is_named_alone(passage: Passage) -> bool:
    """Whether a sentence is about a work by its name alone, without a citation."""
    return patterns.NAMED_BY in passage.shown


def is_told_of_itself(saying: Saying) -> bool:
    """Whether what a work says of itself can stand in a review: a whole sentence that is surely its own."""
    statement, text = saying.statement, saying.passage.text
    small = all((saying.own, statement.kind is Kind.LIMIT, statement.central < LEAST_LIMIT))
    sure = telling(saying), statement.of(Speaker.CITING) >= LEAST_OWN, not saying.own, statement.kind in _OF_ITSELF
    clean = not _is_torn(saying.text), SQUARE.isdisjoint(saying.text)
    whole = (
        all(clean),
        is_whole(text),
        _has_verb(text),
        saying.text[:1] not in _OPENS,
        not (saying.own and saying.leaning),
    )
    return all((*whole, statement.kind not in _UNTOLD, not small, any(sure)))


def _has_verb(text: str) -> bool:
    """Whether a text has a verb, as far as that can be told: of a Chinese one it cannot."""
    return any((is_chinese(text), patterns.FINITE.search(text), OWN_VOICE.match(text)))


def telling(saying: Saying) -> float:
    """What it counts that the paper speaks of itself by name, and in its abstract or conclusion."""
    if saying.cited or not saying.own:
        return 0.0
    return TELLING * sum(_signs(saying.passage))


def _signs(passage: Passage) -> tuple[bool, bool]:
    """Whether a paper names itself in a sentence, and whether it stands in its abstract or conclusion."""
    return bool(OWN_VOICE.search(passage.text)), bool(patterns.TELLING_SECTION.search(passage.section))
