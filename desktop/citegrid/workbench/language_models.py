"""What can be found out about a language model before it is used."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import psutil

from citegrid.concurrency.jobs import Job
from citegrid.core.errors import ModelError
from citegrid.core.messages import Message
from citegrid.core.model.endpoint import Endpoint, ModelChoice, ServerFacts, is_address
from citegrid.core.model.examination import Examination
from citegrid.ports import NEVER, Ask, Cancel, ModelInfo, ModelServers, Progress
from citegrid.store.checksums import remembered
from citegrid.store.model_files import models
from citegrid.store.model_files.recommend import PATIENCE, Pace, Recommendation, recommended
from citegrid.workbench import lazy_imports
from citegrid.workbench.engines import KeyRecord
from citegrid.workbench.session import Session

T = TypeVar("T")

#: What is read and written to measure how fast a model is; as many answers side by side as a run has.
_LONG = Ask(
    "You check.",
    "",
    " ".join(f"Sample {i} was taken from plot {i * 7}." for i in range(40)) + " Yes or No?",
    max_tokens=1,
)
_TALE = Ask("You write.", "", "Write a long story about the number", max_tokens=16, stop=())
WIDTH = 8


class LanguageModels:
    """Asks servers what they offer.  Its calls take seconds: they belong on a worker's thread."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def names(self, endpoint: Endpoint, cancel: Cancel = NEVER) -> tuple[str, ...]:
        """The models of a server; raises ModelError where it cannot be used."""
        return self._servers(endpoint).names(endpoint, cancel)

    def facts(self, endpoint: Endpoint, cancel: Cancel = NEVER) -> ServerFacts:
        """What a short trial of a server's model finds; raises ModelError."""
        return self._servers(endpoint).facts(endpoint, cancel)

    def use_key(self, endpoint: Endpoint, key: str) -> None:
        """Send ``key`` to a server until the program ends; raises UsageError for what cannot be one."""
        self._keys.use(endpoint, key)

    def keep_key(self, endpoint: Endpoint, key: str) -> bool:
        """The same, and keep it in the system's keyring; False where there is none.  Raises UsageError or StorageError."""
        return self._keys.keep(endpoint, key)

    def forget_key(self, endpoint: Endpoint) -> None:
        """Forget the key of a server; raises StorageError where the keyring refuses."""
        if self._session.engines.keys is not None:
            self._session.engines.keys.forget(endpoint)

    def use_card(self, on: bool) -> None:
        """Whether models that are loaded from now on may be put onto a graphics card."""
        self._session.use_card = on

    def translate_with(self, name: str, elsewhere: Collection[str] | bool = False) -> None:
        """Which model translates from now on instead of the one that does all else; empty: that one.  Servers as for ``models.chosen``;
        raises UsageError."""
        served = is_address(name)
        self._session.translator = models.chosen(name, elsewhere) if served else Path(name) if name else None

    def examine(
        self, choice: ModelChoice | None, follow: Callable[[Job[Examination]], None] | None = None
    ) -> Job[Examination]:
        """Examine a model once, which takes about a minute; what is found is kept, and it is held to it from then on.

        ``follow`` hears of the job, too.  It waits for a fill that is under way.
        """
        session = self._session

        def work(progress: Progress, cancel: Cancel) -> Examination:
            progress.report("Loading the model", 0, 0)
            model = session.load_model(choice)
            found = lazy_imports.examination.examine(model, progress, cancel)
            session.engines.writers.keep(model.info.identity, found.writes)
            if session.engines.examinations is not None:
                session.engines.examinations.keep(model.info.identity, found)
            session.trust_as_found()
            return found

        return self._start("Examining the model", work, follow)

    def measure(
        self, language: str = "", follow: Callable[[Job[list[Recommendation]]], None] | None = None
    ) -> Job[list[Recommendation]]:
        """``recommended`` after a measurement, beside the window; it waits for a fill that is under way."""

        def work(progress: Progress, cancel: Cancel) -> list[Recommendation]:
            progress.report("Measuring the default model", 0, 0)
            return self.recommended(language, cancel=cancel)

        return self._start("Measuring the default model", work, follow)

    def _start(
        self, what: str, work: Callable[[Progress, Cancel], T], follow: Callable[[Job[T]], None] | None
    ) -> Job[T]:
        def tell(job: Job[T]) -> None:
            self._session.tell_job(job)
            if follow is not None:
                follow(job)

        return self._session.queues.asking.start(what, work, tell)

    def pace(self, cancel: Cancel = NEVER) -> Pace | None:
        """How fast the default model reads and writes on this computer; None where it is not here.  Takes some seconds."""
        path = models.default_model()
        if path is None:
            return None
        model = self._session.load_model(path)
        began, usage = time.monotonic(), model.usage
        before = usage.prompt_tokens, usage.generated_tokens
        model.weigh([_LONG], ("Yes", "No"), cancel=cancel)
        read_in, read = time.monotonic() - began, usage.prompt_tokens - before[0]
        asks = [replace(_TALE, own=f"{_TALE.own} {i}") for i in range(WIDTH)]
        model.answer([replace(ask, max_tokens=1) for ask in asks], cancel=cancel)
        began, before = time.monotonic(), (usage.prompt_tokens, usage.generated_tokens)
        model.answer(asks, cancel=cancel)
        written_in, written = time.monotonic() - began, usage.generated_tokens - before[1]
        return Pace(path.stat().st_size, read / read_in, written / written_in)

    def recommended(self, language: str = "", *, measure: bool = True, cancel: Cancel = NEVER) -> list[Recommendation]:
        """Which models fit this computer, and what a table costs in time with each, after a measurement; without one it is quick."""
        free = int(psutil.virtual_memory().available)
        return recommended(models.list_models(), free, self.pace(cancel) if measure else None, language)

    def examined(self, choice: ModelChoice | None) -> Examination | None:
        """What was found of a model, by its checksum as it is remembered or by its server; None where it was not examined."""
        record = self._session.engines.examinations
        if isinstance(choice, Endpoint):
            identity = str(choice)
        else:
            identity = str(remembered().get(str(choice), {}).get("sha256", ""))
        return record.found(identity) if record is not None and identity else None

    def where(self) -> Message | None:
        """Where the loaded model computes, in words; None while none is loaded."""
        model = self._session.model
        return where_said(model.info) if model is not None else None

    @property
    def _keys(self) -> KeyRecord:
        keys = self._session.engines.keys
        if keys is None:
            raise ModelError("Keys of servers cannot be kept here.")
        return keys

    def _servers(self, endpoint: Endpoint) -> ModelServers:
        servers = self._session.engines.servers
        if servers is None:
            raise ModelError(Message("No model server answers at {address}.", address=endpoint.address))
        return servers


def examination_said(found: Examination) -> list[Message]:
    """What an examination found, in words, a line for each."""
    words = {True: Message("yes"), False: Message("no")}
    judging = Message(
        "judges statements: {answer}, {right} right; counts from {carried} likely on",
        answer=words[found.judges],
        right=f"{found.judged:.0%}",
        carried=f"{found.carried:.0%}",
    )
    return [
        judging if found.judges else Message("judges statements: no; nothing is supported by its word alone"),
        Message("translates into Chinese: {answer}", answer=words[found.to_chinese]),
        Message("translates into English: {answer}", answer=words[found.to_english]),
        Message("answers in the form that is asked for: {answer}", answer=words[found.form]),
        Message("writes paragraphs by itself: {answer}", answer=words[found.writes]),
    ]


def where_said(info: ModelInfo) -> Message:
    """Where a loaded model computes, in words."""
    if not info.card:
        return Message("{name} runs on the processor.", name=info.name)
    if info.layers_on_card >= info.layers:
        return Message("{name} runs on {card}.", name=info.name, card=info.card)
    return Message(
        "{name} runs on {card} with {count} of its {layers} layers, and on the processor with the others.",
        name=info.name,
        card=info.card,
        count=info.layers_on_card,
        layers=info.layers,
    )


def recommendation_said(one: Recommendation) -> Message:
    """A recommendation, in words."""
    gigabytes = f"{one.needed / 1e9:.1f}"
    if not one.fits:
        return Message(
            "  {name}: does not fit, it needs {memory} GB of free memory", name=one.model.name, memory=gigabytes
        )
    time_ = (
        Message("about {minutes} min for a table of 10 works and 6 columns", minutes=max(1, round(one.seconds / 60)))
        if one.seconds
        else Message("its time was not measured: fetch the default model first")
    )
    form = (
        "✓ {name}: needs {memory} GB of memory; {time}" if one.best else "  {name}: needs {memory} GB of memory; {time}"
    )
    told = Message(form, name=one.model.name, memory=gigabytes, time=time_)
    return Message("{told}; translates only", told=told) if one.model.task else told


def fitting_said(one: Recommendation) -> Message:
    """The same in a few words, for a column."""
    if not one.fits:
        return Message("too large: {memory} GB", memory=f"{one.needed / 1e9:.1f}")
    if not one.seconds:
        return Message("fits: {memory} GB", memory=f"{one.needed / 1e9:.1f}")
    minutes = max(1, round(one.seconds / 60))
    if one.seconds > PATIENCE:
        return Message("slow: about {minutes} min a table", minutes=minutes)
    return Message("fits: about {minutes} min a table", minutes=minutes)


def offer_said(model: models.Model) -> Message:
    """Who made a model, which languages it speaks, and where it comes from, in words."""
    spoken = {"zh": Message("Chinese"), "en": Message("English")}
    languages = [spoken[code] for code in model.languages if code in spoken]
    both = Message("Chinese and English") if len(languages) > 1 else languages[0] if languages else Message("")
    told = Message("{publisher} · {languages}", publisher=model.publisher, languages=both)
    if model.task == "translation":
        told = Message("{told} · translates only", told=told)
    if model.page:
        return Message("{told} · look for a GGUF file of it at {page}, and add that", told=told, page=model.page)
    return Message("{told} · from {hosts}", told=told, hosts=", ".join(model.hosts)) if model.hosts else told


def facts_said(facts: ServerFacts) -> Message:
    """What a trial found, in words."""
    context = (
        Message("It holds {tokens} tokens.", tokens=facts.context)
        if facts.context
        else Message("It does not say how many tokens it holds.")
    )
    likelihoods = (
        Message("It tells likelihoods, by which statements are verified.")
        if facts.likelihoods
        else Message(
            "It tells no likelihoods: each statement is asked about three times, which is slower and less sure."
        )
    )
    return Message(
        "{name} answers after {first} s and writes {speed} tokens a second. {context} {likelihoods}",
        name=facts.name,
        first=f"{facts.first_token:.1f}",
        speed=f"{facts.speed:.0f}",
        context=context,
        likelihoods=likelihoods,
    )


def key_said(kept: bool) -> Message:
    """Where a key is now, in words."""
    if kept:
        return Message("The key is kept in the system's keyring.")
    return Message(
        "This system has no keyring that runs: the key is known until CiteGrid is closed, and asked for again."
    )


def question_of(endpoint: Endpoint) -> Message:
    """What a person is asked before anything of their papers goes to a computer that is not theirs."""
    how = (
        Message("The connection is encrypted.")
        if endpoint.scheme == "https"
        else Message("The connection is not encrypted: others in the network can read along.")
    )
    return Message(
        "{host} is not this computer. Sentences of your papers and of your library, and your questions, will be sent there. {how}",
        host=endpoint.host,
        how=how,
    )
