"""The chat template of a GGUF file, rendered: any model with a template in its file can be asked."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from types import FrameType
from typing import Any

from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from citegrid.core.errors import ModelError
from citegrid.core.messages import Message

_THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?(</\1>|$)\s*", re.S)
_MARK = "\u241f"
#: Characters of a template; those of models have a few thousand, the longest of all 20,000.
LONGEST_TEMPLATE = 200_000
#: Seconds that a rendering may take, which takes a thousandth of one; characters that it may add, and that one product may have.
LONGEST_RENDERING, LONGEST_OUTPUT = 2.0, 1_000_000


class _Refused(Exception):
    """The template refuses this list of messages (``raise_exception`` in its own words)."""


class _Endless(Exception):
    """The template computes on and on, or makes too much."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox, with a bound to the products and powers that a template asks for."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """The product, unless it would be too large."""
        sizes = [
            len(v) if hasattr(v, "__len__") else abs(v)
            for v in (left, right)
            if isinstance(v, int) or hasattr(v, "__len__")
        ]
        if len(sizes) == 2 and (sizes[0] * sizes[1] > LONGEST_OUTPUT or (operator == "**" and sizes[1] > 64)):
            raise _Endless("a product without end")
        return super().call_binop(context, operator, left, right)


class ChatTemplate:
    """Renders ``system`` and ``user`` into the prompt that ends where the answer begins.

    ``template`` is the Jinja text of the file.  It runs sandboxed: a model file is not trusted.
    Raises ModelError when the template cannot be read or used.
    """

    def __init__(self, template: str, name: str, bos: str = "", eos: str = "") -> None:
        self._name = name
        self._tokens = {"bos_token": bos, "eos_token": eos}
        environment = _Sandbox(trim_blocks=True, lstrip_blocks=True)
        environment.globals["raise_exception"] = _refuse
        environment.globals["strftime_now"] = lambda form: date(2025, 1, 1).strftime(
            form
        )  # a fixed day: same prompt, same answer
        try:
            if len(template) > LONGEST_TEMPLATE:
                raise _Endless(f"{len(template)} characters")
            self._template = environment.from_string(template)
            self.render("system", "user")
        except Exception as fault:  # whatever a foreign program may end with
            raise unusable(name, str(fault) or type(fault).__name__) from fault

    def render(self, system: str, user: str) -> str:
        """The whole prompt; the system text goes into the user's turn where the template knows no system turn."""
        turns = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        try:
            text = self._render(turns)
            if not system or system in text:
                return text
        except (_Refused, TemplateError):
            pass
        return self._render([{"role": "user", "content": f"{system}\n\n{user}"}])

    def split(self, system: str, shared: str, own: str) -> tuple[str, str]:
        """The prompt cut after ``shared``, so that asks with the same beginning share its tokens."""
        text = self.render(system, shared + _MARK + own)
        head, mark, tail = text.partition(_MARK)
        return (head, tail) if mark else ("", text)

    def _render(self, turns: list[dict[str, str]]) -> str:
        allowed = LONGEST_OUTPUT + 4 * sum(len(turn["content"]) for turn in turns)
        text, length = [], 0
        with _bounded():
            for piece in self._template.generate(
                messages=turns,
                add_generation_prompt=True,
                enable_thinking=False,
                tools=None,
                documents=None,
                **self._tokens,
            ):
                text.append(piece)
                length += len(piece)
                if length > allowed:
                    raise _Endless("text without end")
        return "".join(text)


@contextmanager
def _bounded() -> Iterator[None]:
    """Have what runs inside end with ``_Endless`` when it takes too long: a sandbox does not bound loops."""
    end = time.monotonic() + LONGEST_RENDERING

    def look(frame: FrameType, event: str, value: object) -> Any:
        if time.monotonic() > end:
            raise _Endless("it does not come to an end")
        return look

    before = sys.gettrace()
    sys.settrace(look)
    try:
        yield
    finally:
        sys.settrace(before)


def unusable(name: str, reason: str) -> ModelError:
    """What to say of a template that cannot be used."""
    return ModelError(
        Message("The chat template inside {name} cannot be used ({reason}).", name=name, reason=reason),
        "Choose another GGUF chat model.",
    )


def without_thoughts(text: str) -> str:
    """``text`` without its thinking blocks, closed or cut off."""
    return _THOUGHT.sub("", text)


def _refuse(message: str) -> None:
    raise _Refused(message)
