"""The language model behind an endpoint: the port ``LanguageModel``, spoken over HTTP to a server of the person's choice.

Requests run side by side, as many as the server has places for (``weights`` of ``dialects.ServerRequest``); asks with the same
beginning go out one after the other, so that servers that keep prefixes find them.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

from citegrid.core.errors import ModelError
from citegrid.core.messages import Message
from citegrid.core.model.endpoint import Endpoint, ServerFacts, shown
from citegrid.engines.language_model.chat import ChatTemplate
from citegrid.engines.language_model.dialects import (
    MOST_CHOICES,
    VOTE_TOKENS,
    VOTES,
    Dialect,
    Prompts,
    ServerRequest,
    Turns,
    heard,
    voted,
    weighed,
)
from citegrid.engines.language_model.http_stream import SILENCE, Cut, HttpStream, Refused
from citegrid.engines.language_model.spoken import StreamedAnswer
from citegrid.ports import NEVER, Answer, Ask, Cancel, ModelInfo, Usage

T = TypeVar("T")

#: Requests side by side where a server does not say how many it has places for; the most in any case.
PLACES, MOST_PLACES = 4, 16
#: Seconds between two looks at the person's cancel, and those that threads get to end.
_LOOK, _PATIENCE = 0.05, 2.0
_BAD = (400, 422, 500, 501)
_TRIED = Ask("Answer in one word.", "", "Is water wet? Yes or No?", max_tokens=1)
_TALE = Ask("You write.", "", "Write a long story about a lighthouse.", max_tokens=48, stop=())


class EndpointModel:
    """A model of a server; may be asked from several threads at once.  Raises ModelError where the server cannot be used."""

    def __init__(self, endpoint: Endpoint, key: str = "", *, silence: float = SILENCE, cancel: Cancel = NEVER) -> None:
        self._http = HttpStream(endpoint, _guarded(key, endpoint), silence)
        self.usage = Usage()
        self._lock = threading.Lock()
        self._likelihoods = self._extras = True
        self.models, props = self._asked(lambda cut: (self._served(endpoint, cut), self._properties(cut)), cancel)
        model = endpoint.model or next(iter(self.models))
        self.kind, self.context = ("llama.cpp" if props else ""), _context(self.models, model, props)
        self.places = min(MOST_PLACES, int(props.get("total_slots") or 0) or PLACES)
        self._dialect: Dialect = _dialect(model, props)
        self._free = _Places(self.places)
        name = f"{shown(model)} ({endpoint.address})"
        self.info = ModelInfo(name, str(replace(endpoint, model=model)), "", self.kind, self.context)

    # -- the port ------------------------------------------------------------------------------------------------------

    def answer(
        self,
        asks: Sequence[Ask],
        *,
        on_answer: Callable[[int, Answer], None] | None = None,
        cancel: Cancel = NEVER,
    ) -> list[Answer]:
        """See ``ports.LanguageModel``."""
        return self._side_by_side(asks, self._answered, on_answer, cancel)

    def weigh(self, asks: Sequence[Ask], choices: Sequence[str], *, cancel: Cancel = NEVER) -> list[tuple[float, ...]]:
        """See ``ports.LanguageModel``; by likelihoods where the server tells them, else by votes."""
        return self._side_by_side(asks, lambda ask, cut: self._weighed(ask, choices, cut), None, cancel)

    def count(self, text: str) -> int:
        """Tokens in ``text``, roughly: the server alone knows."""
        return len(text.encode("utf-8")) // 3

    def close(self) -> None:
        """Nothing is held."""

    def facts(self, cancel: Cancel = NEVER) -> ServerFacts:
        """What the server offers, and how fast it is just now."""
        self.weigh([_TRIED], ("Yes", "No"), cancel=cancel)
        began, before = time.monotonic(), self.usage.generated_tokens
        self.answer([replace(_TALE, max_tokens=1)], cancel=cancel)
        first = time.monotonic() - began
        (tale,) = self.answer([_TALE], cancel=cancel)
        seconds = max(0.001, time.monotonic() - began - 2 * first)
        tokens = self.usage.generated_tokens - before or self.count(tale.text)
        speed = tokens / seconds
        return ServerFacts(
            self.info.name, tuple(self.models), self.kind, self.context, self.places, self._likelihoods, first, speed
        )

    # -- one ask -------------------------------------------------------------------------------------------------------

    def _answered(self, ask: Ask, cut: Cut) -> Answer:
        first = self._said(ServerRequest(ask), cut)[0]
        drawn: list[StreamedAnswer] = []
        while len(drawn) < ask.samples - 1:  # a server may make one at a time, whatever it is asked for
            missing = min(self.places, ask.samples - 1 - len(drawn))
            drawn += self._said(ServerRequest(ask, missing, seed=1 + len(drawn)), cut)
        return replace(_answer(first, ask), others=tuple(_answer(one, ask) for one in drawn))

    def _weighed(self, ask: Ask, choices: Sequence[str], cut: Cut) -> tuple[float, ...]:
        if self._likelihoods:
            said = self._said(ServerRequest(replace(ask, max_tokens=1, stop=()), choices=MOST_CHOICES), cut)[0]
            if said.choices:
                return weighed(said.choices, choices)
            self._likelihoods = False
        brief = replace(ask, max_tokens=VOTE_TOKENS, stop=(), samples=VOTES)
        said_all = self._answered(brief, cut)
        return voted([said_all.text, *(one.text for one in said_all.others)], choices)

    def _said(self, wish: ServerRequest, cut: Cut) -> list[StreamedAnswer]:
        """The answers to one request, at least one; what the server refuses to hear is left out from then on."""
        used = Usage()
        while True:
            likelihoods, extras = self._likelihoods, self._extras
            body = self._dialect.body(wish, likelihoods=likelihoods) | (self._dialect.extras() if extras else {})
            try:
                with self._free.taken(wish.weight, cut):
                    said = self._http.post(self._dialect.path, body, lambda events: heard(events, wish, used), cut)
                break
            except Refused as refused:
                if refused.status not in _BAD or not (likelihoods or extras):
                    raise
                # most likely a field that it does not know; those that few servers know go first
                self._extras, self._likelihoods = False, likelihoods and extras
        with self._lock:
            self.usage.prompt_tokens += used.prompt_tokens
            self.usage.cached_tokens += used.cached_tokens
            self.usage.generated_tokens += used.generated_tokens or sum(one.generated for one in said)
        return said or [StreamedAnswer(wish.ask.max_tokens, wish.ask.stop)]

    # -- many ----------------------------------------------------------------------------------------------------------

    def _side_by_side(
        self,
        asks: Sequence[Ask],
        call: Callable[[Ask, Cut], T],
        ended: Callable[[int, T], None] | None,
        cancel: Cancel,
    ) -> list[T]:
        """What ``call`` makes of each ask; ``ended`` hears of each on this thread as it ends."""
        found: dict[int, T] = {}
        waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
        for index in sorted(range(len(asks)), key=lambda i: (asks[i].system, asks[i].shared, -len(asks[i].own))):
            waiting.put(index)

        def work(cut: Cut, tell: Callable[[Any], None]) -> None:
            while not cut.happened:
                try:
                    index = waiting.get_nowait()
                except queue.Empty:
                    return
                tell((index, call(asks[index], cut)))

        for index, value in _workers([work] * min(self.places, len(asks)), cancel):
            found[index] = value
            if ended is not None:
                ended(index, value)
        return [found[i] for i in range(len(asks))]

    def _asked(self, call: Callable[[Cut], T], cancel: Cancel) -> T:
        """What one call finds, which a cancel may end."""
        (value,) = _workers([lambda cut, tell: tell(call(cut))], cancel)
        return value  # type: ignore[no-any-return]

    # -- what the server says of itself --------------------------------------------------------------------------------

    def _served(self, endpoint: Endpoint, cut: Cut) -> dict[str, dict[str, Any]]:
        """Its models by name; raises ModelError when it has none, or not the one that is wanted."""
        listed = self._http.get("/models", cut).get("data")
        found = {str(one["id"]): one for one in listed or () if isinstance(one, dict) and one.get("id")}
        if not found:
            raise ModelError(
                Message("The server at {address} names no model.", address=endpoint.address), "Load one there first."
            )
        if endpoint.model and endpoint.model not in found:
            raise ModelError(
                Message("The server at {address} has no model {name}.", address=endpoint.address, name=endpoint.model),
                Message("It has: {names}.", names=", ".join(sorted(found)[:8])),
            )
        return found

    def _properties(self, cut: Cut) -> dict[str, Any]:
        """What llama-server tells beyond the protocol; empty for any other."""
        try:
            said = self._http.get("//props", cut)
        except ModelError:
            return {}
        return said if isinstance(said, dict) and said.get("chat_template") else {}


class _Places:
    """The places of a server: whoever asks takes as many as its request makes answers, or waits."""

    def __init__(self, count: int) -> None:
        self._left, self._count, self._changed = count, count, threading.Condition()

    @contextmanager
    def taken(self, wanted: int, cut: Cut) -> Iterator[None]:
        wanted = min(wanted, self._count)
        with self._changed:
            while self._left < wanted:
                self._changed.wait(_LOOK)
                cut.check()
            self._left -= wanted
        try:
            yield
        finally:
            with self._changed:
                self._left += wanted
                self._changed.notify_all()


def _workers(work: Sequence[Callable[[Cut, Callable[[Any], None]], None]], cancel: Cancel) -> Iterator[Any]:
    """What threads tell that do ``work``; a cancel, or the failure of one, ends them all and is raised."""
    cut, told = Cut(), queue.SimpleQueue[Any]()

    def run(one: Callable[[Cut, Callable[[Any], None]], None]) -> None:
        try:
            one(cut, lambda value: told.put(("told", value)))
            told.put(("over", None))
        except BaseException as fault:
            told.put(("failed", fault))

    threads = [threading.Thread(target=run, args=(one,), name="citegrid-server", daemon=True) for one in work]
    for thread in threads:
        thread.start()
    running = len(threads)
    try:
        while running:
            try:
                kind, value = told.get(timeout=_LOOK)
            except queue.Empty:
                cancel.check()
                continue
            running -= kind != "told"
            if kind == "failed":
                raise value
            if kind == "told":
                yield value
    finally:
        cut.cut()
        for thread in threads:
            thread.join(_PATIENCE)


def _answer(said: StreamedAnswer, ask: Ask) -> Answer:
    """What was said after the prefill, which some servers say once more."""
    answer = said.answer()
    if not (ask.prefill and answer.text.startswith(ask.prefill)):
        return answer
    length = len(ask.prefill)
    doubted = tuple((max(0, a - length), b - length) for a, b in answer.doubted if b > length)
    return replace(answer, text=answer.text[length:].lstrip(), doubted=doubted)


def _dialect(model: str, props: dict[str, Any]) -> Dialect:
    if not props:
        return Turns(model)
    bos, eos = str(props.get("bos_token") or ""), str(props.get("eos_token") or "")
    try:
        return Prompts(model, ChatTemplate(str(props["chat_template"]), model, bos, eos), bos)
    except ModelError:
        return Turns(model)


def _context(models: dict[str, dict[str, Any]], model: str, props: dict[str, Any]) -> int:
    """Tokens that fit, as far as the server says; 0 where it does not."""
    said = (props.get("default_generation_settings") or {}).get("n_ctx"), models.get(model, {}).get("max_model_len")
    return next((value for value in said if isinstance(value, int)), 0)


def _guarded(key: str, endpoint: Endpoint) -> str:
    """The key; it never goes over a line that others can read."""
    if key and endpoint.scheme == "http" and not endpoint.local:
        raise ModelError(
            Message("The key would go to {address} unprotected.", address=endpoint.address),
            "Use an address that begins with https, or give this server no key (Models, or CITEGRID_SERVER_KEY).",
        )
    return key


class HttpServers:
    """The port ``ModelServers``; ``key`` finds a server's, if it has one."""

    def __init__(self, key: Callable[[Endpoint], str] = lambda _: "") -> None:
        self._key = key

    def connect(self, endpoint: Endpoint) -> EndpointModel:
        """See the port."""
        return EndpointModel(endpoint, self._key(endpoint))

    def names(self, endpoint: Endpoint, cancel: Cancel = NEVER) -> tuple[str, ...]:
        """See the port."""
        return tuple(EndpointModel(replace(endpoint, model=""), self._key(endpoint), cancel=cancel).models)

    def facts(self, endpoint: Endpoint, cancel: Cancel = NEVER) -> ServerFacts:
        """See the port."""
        return EndpointModel(endpoint, self._key(endpoint), cancel=cancel).facts(cancel)
