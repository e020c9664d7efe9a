"""How a server is asked, and what its events say: llama-server by prompts of ours, every other by turns of a chat.

llama-server tells its chat template, so it gets the very prompts that the engine of this program would decode.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from citegrid.engines.language_model.chat import ChatTemplate
from citegrid.engines.language_model.spoken import StreamedAnswer
from citegrid.ports import Ask, Usage

#: How answers beyond the first are drawn, as ``context`` draws them.
TOP_K, TOP_P, TEMPERATURE = 20, 0.9, 0.5
#: Likeliest tokens that are asked for where one is weighed.
MOST_CHOICES = 20
#: A server without likelihoods is asked so many times; a choice that it always takes then has odds of seven to one.
VOTES, VOTE_TOKENS = 3, 8
#: The logarithm of a token's probability where the server does not tell it: so little that no translation counts as sure.
UNTOLD = -1.0
#: Events after the last token that was asked for: its end, the count of tokens, and little more.
MOST_LATE = 4


@dataclass(frozen=True, slots=True)
class ServerRequest:
    """One request: ``drawn`` answers from ``seed`` on, or the likeliest one for 0; ``choices`` likeliest tokens of each."""

    ask: Ask
    drawn: int = 0
    seed: int = 0
    choices: int = 1

    @property
    def weight(self) -> int:
        """How many answers the server makes side by side for it."""
        return max(1, self.drawn)


class Dialect(Protocol):
    """Where and how a server is asked."""

    path: str

    def body(self, wish: ServerRequest, *, likelihoods: bool) -> dict[str, Any]:
        """The request."""
        ...

    def extras(self) -> dict[str, Any]:
        """What not every server knows; left out for one that refuses it."""
        ...


class Prompts:
    """llama-server: whole prompts, written by the template that it tells."""

    path = "/completions"

    def __init__(self, model: str, template: ChatTemplate, bos: str) -> None:
        self._model, self._template, self._bos = model, template, bos

    def body(self, wish: ServerRequest, *, likelihoods: bool) -> dict[str, Any]:
        ask = wish.ask
        head, tail = self._template.split(ask.system, ask.shared, ask.own)
        prompt = (head + tail + ask.prefill).removeprefix(self._bos)  # the server puts its own before it
        body = {"model": self._model, "prompt": prompt, **_sampling(wish)}
        return body | {"logprobs": wish.choices} if likelihoods else body

    def extras(self) -> dict[str, Any]:
        return {"cache_prompt": True, "top_k": TOP_K, "min_p": 0.0, "samplers": ["top_k", "top_p", "temperature"]}


class Turns:
    """Any other server: the turns of a chat; the prefill is the beginning of its own turn."""

    path = "/chat/completions"

    def __init__(self, model: str) -> None:
        self._model = model

    def body(self, wish: ServerRequest, *, likelihoods: bool) -> dict[str, Any]:
        ask = wish.ask
        turns = [("system", ask.system), ("user", ask.shared + ask.own), ("assistant", ask.prefill)]
        messages = [{"role": role, "content": text} for role, text in turns if text]
        body = {"model": self._model, "messages": messages, **_sampling(wish)}
        return body | {"logprobs": True, "top_logprobs": wish.choices} if likelihoods else body

    def extras(self) -> dict[str, Any]:
        return {"chat_template_kwargs": {"enable_thinking": False}}


def _sampling(wish: ServerRequest) -> dict[str, Any]:
    how = {"temperature": TEMPERATURE, "top_p": TOP_P, "n": wish.drawn} if wish.drawn else {"temperature": 0}
    return {
        "max_tokens": wish.ask.max_tokens, "seed": wish.seed, **how, "stream": True,
        "stream_options": {"include_usage": True},
    }  # fmt: skip


# -- events ------------------------------------------------------------------------------------------------------------


def heard(events: Iterator[Any], wish: ServerRequest, usage: Usage) -> list[StreamedAnswer]:
    """The answers that ``events`` bring, each cut as soon as it is over; what they cost is added to ``usage``.

    A server that ends by itself is heard to the end, where it says what it counted; one that would go on is not.
    """
    ask, late = wish.ask, 0
    answers = [StreamedAnswer(ask.max_tokens, ask.stop) for _ in range(wish.weight)]
    for event in events:
        for choice in event.get("choices") or []:
            index = choice.get("index") or 0
            if isinstance(index, int) and 0 <= index < len(answers) and not answers[index].over:
                _hear(answers[index], choice)
        _count(event, usage)
        late += all(one.over for one in answers)
        if late and (late > MOST_LATE or any(one.stopped for one in answers)):
            break
    return [one for one in answers if one.generated or one.ended_itself]


def _hear(answer: StreamedAnswer, choice: dict[str, Any]) -> None:
    """Take what one event says of one answer."""
    turn = choice.get("delta") or choice.get("message") or {}
    text = choice.get("text") or turn.get("content") or ""
    tokens = _tokens(choice.get("logprobs"))
    answer.generated += max(len(tokens), bool(text))
    if tokens and not answer.choices:
        answer.choices = tokens[0][1]
    if tokens or text:
        likelihoods = [likelihood for likelihood, _ in tokens] or [UNTOLD]
        for likelihood in likelihoods[:-1]:
            answer.hear(b"", likelihood)
        answer.hear(str(text).encode("utf-8"), likelihoods[-1])
    answer.ended_itself = choice.get("finish_reason") == "stop"
    if choice.get("finish_reason") == "length":
        answer.generated = max(answer.generated, answer.max_tokens)


def _tokens(said: Any) -> list[tuple[float, tuple[tuple[str, float], ...]]]:
    """The logarithm of each token's probability, and the likeliest tokens in its place; of both forms of the protocol."""
    if not isinstance(said, dict):
        return []
    if said.get("content") is not None:
        return [
            (
                _number(one.get("logprob")),
                tuple((str(t.get("token")), _number(t.get("logprob"))) for t in one.get("top_logprobs") or ()),
            )
            for one in said["content"]
        ]
    likelihoods, tops = said.get("token_logprobs") or [], said.get("top_logprobs") or []
    pairs = [tuple((str(t), _number(p)) for t, p in top.items()) for top in tops if isinstance(top, dict)]
    return [(_number(one), pairs[i] if i < len(pairs) else ()) for i, one in enumerate(likelihoods)]


def _number(value: object) -> float:
    """A logarithm of a probability; none, or one that is not finite, as very unlikely."""
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else -20.0


def _count(event: dict[str, Any], usage: Usage) -> None:
    used = event.get("usage")
    if isinstance(used, dict):
        cached = int((used.get("prompt_tokens_details") or {}).get("cached_tokens") or 0)
        usage.prompt_tokens += int(used.get("prompt_tokens") or 0) - cached
        usage.cached_tokens += cached
        usage.generated_tokens += int(used.get("completion_tokens") or 0)


# -- weighing ----------------------------------------------------------------------------------------------------------


def weighed(likely: Sequence[tuple[str, float]], choices: Sequence[str]) -> tuple[float, ...]:
    """The logarithm of each choice's probability, by the token it begins with; as little as the least likely where it is not
    among ``likely``."""
    least = min(likelihood for _, likelihood in likely)
    return tuple(max(_beginning(likely, choice), default=least) for choice in choices)


def _beginning(likely: Sequence[tuple[str, float]], choice: str) -> list[float]:
    """The likelihoods of the token that is ``choice``, else of those that are beside spaces, else of those it begins with."""
    same = [p for token, p in likely if token == choice]
    alike = [p for token, p in likely if token.strip() == choice]
    return same or alike or [p for token, p in likely if token.strip() and choice.startswith(token.strip())]


def voted(answers: Sequence[str], choices: Sequence[str]) -> tuple[float, ...]:
    """The same of a server without likelihoods, by how many of its ``answers`` begin with each choice."""
    counts = [
        sum(answer.strip(" *\"'“").lower().startswith(choice.lower()) for answer in answers) for choice in choices
    ]
    return tuple(math.log((count + 0.5) / (len(answers) + 1)) for count in counts)
