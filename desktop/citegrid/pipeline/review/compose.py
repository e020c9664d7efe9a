"""From a plan to a review of the length that was asked for: which steps are said, and in which sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from rapidfuzz import fuzz

from citegrid.core.reference import WorkKind
from citegrid.core.review import Review, Sentence, Unit, count
from citegrid.core.script import language_of
from citegrid.core.table import Wording
from citegrid.pipeline.cells.selection.query import Request
from citegrid.pipeline.review import terms
from citegrid.pipeline.review.facts import Fact
from citegrid.pipeline.review.grouping import Discussed
from citegrid.pipeline.review.names import Names
from citegrid.pipeline.review.phrases import phrase
from citegrid.pipeline.review.plan import Paragraph, Role, Step
from citegrid.pipeline.review.sentences import Form, Said, fit, opposed, say, say_opposed, small
from citegrid.pipeline.review.topics import common_to, is_common, topic_of

#: Share of the target above which nothing more is said.
TOO_LONG = 1.07
#: Percent from which two statements say the same.
ALIKE = 70.0
#: Share of the words of one statement that stand in the other where both say the same, by whether both are of the same works;
#: and from how many words that tells.
SAME_WORDS, ENOUGH_WORDS = {False: 0.6, True: 0.5}, 4

#: Puts sentences about works into other words, as far as those say the same.
Rephrase = Callable[[Sequence[Said]], list[Said]]
#: Writes the sentences behind a topic anew.
Write = Callable[[Sentence, Sequence[Said]], list[Said]]
#: The same share for what the table says of its paper in different columns: none tells, as all of it is about one thing.
COLUMNS_APART = 1.01
#: Words in a row that say the same wherever they stand.
SAME_RUN = 6
#: What is written of a step: the sentence of a fact in the making, or that of a topic.
Draft = Said | Sentence


@dataclass(frozen=True, slots=True)
class Setting:
    """What sentences are made with: the names of works, where the papers speak of them, how sure the topics' words are, and
    who says them in other words."""

    names: Names
    places: Mapping[str, Discussed] = field(default_factory=dict)
    topics: Mapping[str, Wording] = field(default_factory=dict)
    rephrase: Rephrase = list
    write: Write | None = None


def compose(paragraphs: Sequence[Paragraph], request: Request, setting: Setting) -> Review:
    """The review: steps are taken by their rank as long as the length allows; shorter than asked only where the facts give
    no more."""
    chosen = chosen_of(paragraphs, request, setting)
    drafted = list(drafts(chosen, setting))
    again = iter(setting.rephrase([draft for _, draft in drafted if isinstance(draft, Said)]))
    said = [(number, next(again) if isinstance(draft, Said) else draft) for number, draft in drafted]
    return Review(tuple(_sentences(_written(said, setting.write), setting)), request.target, request.unit)


def _written(drafted: Sequence[tuple[int, Draft]], write: Write | None) -> list[tuple[int, Draft]]:
    """The paragraphs that begin with a topic about works, written by ``write``; the others as they are."""
    made: list[tuple[int, Draft]] = []
    for number, grouped in groupby(drafted, key=lambda pair: pair[0]):
        first, *rest = [draft for _, draft in grouped]
        behind = [draft for draft in rest if isinstance(draft, Said)]
        if write is not None and isinstance(first, Sentence) and len(behind) == len(rest):
            rest = list(write(first, behind))
        made += [(number, draft) for draft in (first, *rest)]
    return made


def chosen_of(paragraphs: Sequence[Paragraph], request: Request, setting: Setting) -> tuple[Paragraph, ...]:
    """The steps of a review that is about as long as it is to be."""
    most = TOO_LONG * request.target

    def length(steps: Sequence[Paragraph]) -> int:
        return measured(steps, request.unit, setting)

    places = [(i, j) for i, paragraph in enumerate(paragraphs) for j in range(len(paragraph))]
    order = sorted(places, key=lambda at: _urgency(paragraphs[at[0]][at[1]]))
    taken: set[tuple[int, int]] = set()
    for at in order:
        if not _repeats(_step(paragraphs, at), [_step(paragraphs, known) for known in taken]):
            fitting = (t for t in _trials(paragraphs, taken, at) if length(_of(paragraphs, t)) <= most or not taken)
            taken = next(fitting, taken)
    return _of(paragraphs, taken)


def _step(paragraphs: Sequence[Paragraph], at: tuple[int, int]) -> Step:
    return paragraphs[at[0]][at[1]]


def _trials(
    paragraphs: Sequence[Paragraph], taken: set[tuple[int, int]], at: tuple[int, int]
) -> list[set[tuple[int, int]]]:
    """What would be taken with the step ``at``: also without the topic of its paragraph, where it is the first fact of it."""
    beside = {known for known in taken if known[0] == at[0]}
    first = all(_step(paragraphs, known).fact is None for known in beside)
    return [{*taken, at}, (taken - beside) | {at}] if first else [{*taken, at}]


def _urgency(step: Step) -> tuple[int, bool]:
    """What is taken first: by rank, and of one rank what links works before what is said of one."""
    return step.rank, step.role is Role.WORK


def _of(paragraphs: Sequence[Paragraph], taken: set[tuple[int, int]]) -> tuple[Paragraph, ...]:
    """The paragraphs with the steps of ``taken`` alone; one that would be a bare topic is left out."""
    kept = (
        tuple(step for j, step in enumerate(paragraph) if (i, j) in taken) for i, paragraph in enumerate(paragraphs)
    )
    return tuple(paragraph for paragraph in kept if any(step.fact is not None for step in paragraph))


def measured(paragraphs: Sequence[Paragraph], unit: Unit, setting: Setting) -> int:
    """How long the review of these steps is."""
    return sum(count(sentence.text, unit) for sentence in _sentences(drafts(paragraphs, setting), setting))


def _sentences(drafted: Iterable[tuple[int, Draft]], setting: Setting) -> Iterator[Sentence]:
    stop = phrase("stop", setting.names.language)
    for number, draft in drafted:
        yield replace(draft.sentence(stop) if isinstance(draft, Said) else draft, paragraph=number)


def _repeats(step: Step, others: Sequence[Step]) -> bool:
    """Whether a step says what another one says."""
    fact = step.fact
    if fact is None:
        return False
    known = [o.fact for o in others if o.fact is not None]
    return any(_says_same(fact, o) for o in known)


def _says_same(one: Fact, other: Fact) -> bool:
    """Whether two facts say the same: of different works only where the whole sentences do, for that two did the same is news."""
    texts = one.said.text, other.said.text
    if {work.id for work in one.works}.isdisjoint(work.id for work in other.works):
        return fuzz.ratio(*texts) > ALIKE
    return is_alike(*texts, _share_of(one, other))


def _share_of(one: Fact, other: Fact) -> float:
    """Which share of their words two facts have in common that say the same."""
    if one.work.kind is WorkKind.PAPER and one.column and other.column:
        return COLUMNS_APART
    return SAME_WORDS[one.works == other.works]


def is_alike(one: str, other: str, share: float) -> bool:
    """Whether two statements say the same: in much the same words, or one with that ``share`` of the words of the other."""
    if fuzz.ratio(one, other) > ALIKE:
        return True
    if _runs(one) & _runs(other):
        return True
    # a line may have taken the hyphen out of a word
    texts = (text.replace("-", "") for text in (one, other))
    words, others = (terms.words_in(text, language_of(text)) | terms.names_in(text) for text in texts)
    fewer = min(len(words), len(others))
    return fewer >= ENOUGH_WORDS and len(words & others) >= max(ENOUGH_WORDS - 1, share * fewer)


def _runs(text: str) -> set[tuple[str, ...]]:
    """Every ``SAME_RUN`` words in a row of a text."""
    words = text.casefold().split()
    return {tuple(words[i : i + SAME_RUN]) for i in range(len(words) - SAME_RUN + 1)}


# -- sentences ---------------------------------------------------------------------------------------------------------


def drafts(paragraphs: Sequence[Paragraph], setting: Setting) -> Iterator[tuple[int, Draft]]:
    """What is written of the steps, each with the number of its paragraph."""
    topics = 0
    forms: list[Form] = []
    for number, paragraph in enumerate(paragraphs):
        writer = _ParagraphWriter(setting, forms)
        yield from ((number, draft) for draft in writer.drafts(paragraph, topics))
        topics += any(step.role is Role.TOPIC and step.group is not None for step in paragraph)


@dataclass(slots=True)
class _ParagraphWriter:
    """Writes a paragraph; ``forms`` are those of all sentences before; ``opposed`` once a limit was set against them, ``own``
    once the paper itself was named."""

    setting: Setting
    forms: list[Form]
    opposed: bool = False
    own: bool = False

    def drafts(self, paragraph: Paragraph, topics: int) -> Iterator[Draft]:
        """What is written of the steps; ``topics`` counts those of the paragraphs before."""
        said = [step.fact for step in paragraph if step.fact is not None]
        for steps in _clusters(paragraph, self.setting.names.language):
            facts = [step.fact for step in steps if step.fact is not None]
            if facts:
                yield self._told(facts, steps[0].role)
            elif topic := self._topic(steps[0], topics, said):
                yield topic

    def _topic(self, step: Step, topics: int, said: Sequence[Fact]) -> Sentence | None:
        """The sentence on what links the works that the paragraph tells of; None where it tells of one."""
        names = self.setting.names
        if step.common is not None:
            common = is_common(step.common, said)
            return common_to(step.common, step.works, said, names) if common else None
        ids = {fact.work.id for fact in said}
        works = tuple(work for work in step.works if work.id in ids)
        if step.group is None or len(works) < 2:
            return None
        wording = self.setting.topics.get(step.group.topic, Wording.PRINTED)
        return topic_of(replace(step.group, works=works), names, self.setting.places, topics, wording)

    def _told(self, facts: Sequence[Fact], role: Role) -> Said:
        names = self.setting.names
        if len({fact.works for fact in facts}) > 1:
            self.forms.append(Form.NOTED)
            return say_opposed(facts[0], facts[1], names)
        first = role is Role.OPENING and not self.forms
        made = say(facts, names, self.forms, itself="first" if first else "again" if self.own else "")
        self.own = names.is_own(facts[0].work)
        made = self._opposed(made) if role is Role.LIMIT else made
        self.forms.append(made.form)
        return made

    def _opposed(self, made: Said) -> Said:
        """The first limit of a paragraph behind a word that opposes it to what was said."""
        if self.opposed or not made.names:
            return made
        self.opposed = True
        language = self.setting.names.language
        named = made.said.text.startswith(made.names)
        said = made.said if named else small(made.said, language)
        return replace(made, said=said.put(0, 0, phrase("still", language)))


def _clusters(paragraph: Paragraph, language: str) -> Iterator[tuple[Step, ...]]:
    """Steps by sentence: two neighbours stand in one where they fit, of one work, or say opposite things."""
    at = 0
    while at < len(paragraph):
        pair = paragraph[at : at + 2]
        one, other = pair[0].fact, pair[-1].fact
        together = len(pair) == 2 and _fit(one, other, language)
        yield pair if together else pair[:1]
        at += 2 if together else 1


def _fit(one: Fact | None, other: Fact | None, language: str) -> bool:
    return one is not None and other is not None and (fit(one, other, language) or opposed(one, other, language))
