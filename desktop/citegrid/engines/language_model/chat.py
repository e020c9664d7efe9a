"""The chat template of a GGUF file, rendered: any model with a template in its file can be asked."""

from __future__ import annotations

import re
from datetime import date

from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from citegrid.core.errors import ModelError
from citegrid.core.messages import Message

_THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?(</\1>|$)\s*", re.S)
_MARK = "\u241f"


class _Refused(Exception):
    """The template refuses this list of messages (``raise_exception`` in its own words)."""


class ChatTemplate:
    """Renders ``system`` and ``user`` into the prompt that ends where the answer begins.

    ``template`` is the Jinja text of the file.  It runs sandboxed: a model file is not trusted.
    Raises ModelError when the template cannot be read or used.
    """

    def __init__(self, template: str, name: str, bos: str = "", eos: str = "") -> None:
        self._name = name
        self._tokens = {"bos_token": bos, "eos_token": eos}
        environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
        environment.globals["raise_exception"] = _refuse
        environment.globals["strftime_now"] = lambda form: date(2025, 1, 1).strftime(
            form
        )  # a fixed day: same prompt, same answer
        try:
            self._template = environment.from_string(template)
            self.render("system", "user")
        except (TemplateError, _Refused, TypeError, ValueError) as fault:
            raise ModelError(
                Message("The chat template inside {name} cannot be used ({reason}).", name=name, reason=fault),
                "Choose another GGUF chat model.",
            ) from fault

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
        return self._template.render(
            messages=turns,
            add_generation_prompt=True,
            enable_thinking=False,
            tools=None,
            documents=None,
            **self._tokens,
        )


def without_thoughts(text: str) -> str:
    """``text`` without its thinking blocks, closed or cut off."""
    return _THOUGHT.sub("", text)


def _refuse(message: str) -> None:
    raise _Refused(message)
