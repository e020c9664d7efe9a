"""Every sentence that is made below the window is a key of the catalogue, with the same names to fill.

Read from the code itself: each call that makes an error, a ``Message``, a step of progress or the name of a job is followed
to the texts it can say, through variables, branches and functions of its module.  A text that was put together out of
pieces (an f-string, ``+``, ``format``) cannot be said in another language and fails, as does a key without its Chinese.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

import citegrid
from citegrid.core.errors import CiteGridError
from citegrid.core.resources import resource

PACKAGE = Path(citegrid.__file__).parent
CATALOGUE: dict[str, str] = json.loads(resource("translations", "zh.json").read_text("utf-8"))
#: Where a Message is made of another one's key, and where words are given on: nothing is said there for the first time.
GIVEN_ON = {"core/messages.py", "gui/i18n.py", "pipeline/export/strings.py"}
WORDS = re.compile(r"[^\W\d_]")
NAME = re.compile(r"\{(\w+)\}")


def classes(kind: type[CiteGridError]) -> Iterator[str]:
    yield kind.__name__
    for one in kind.__subclasses__():
        yield from classes(one)


ERRORS = frozenset(classes(CiteGridError))


@dataclass(frozen=True)
class Module:
    """One module, and what its sentences are made of."""

    name: str
    tree: ast.Module

    @cached_property
    def assigned(self) -> dict[str, list[ast.expr]]:
        """Variable → what it is set to anywhere in the module."""
        found: dict[str, list[ast.expr]] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    for name, value in _pairs(target, node.value):
                        found.setdefault(name, []).append(value)
            elif isinstance(node, ast.NamedExpr | ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
                found.setdefault(node.target.id, []).append(node.value)
        return found

    @cached_property
    def returned(self) -> dict[str, list[ast.expr]]:
        """Function or method → what it returns."""
        return {
            node.name: [r.value for r in ast.walk(node) if isinstance(r, ast.Return) and r.value is not None]
            for node in ast.walk(self.tree)
            if isinstance(node, ast.FunctionDef)
        }

    def faults(self) -> Iterator[str]:
        """What is wrong with its sentences, with the lines."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                for said in sentences_of(node):
                    yield from (f"{self.name}:{node.lineno} {fault}" for fault in self.wrong(said, frozenset()))

    def wrong(self, said: ast.expr, seen: frozenset[str]) -> Iterator[str]:
        """What keeps ``said`` from being said in another language; ``seen`` are the names it was followed through."""
        match said:
            case ast.Constant(value=str() as text):
                yield from wrong_key(text, frozenset())
            case ast.Call(func=ast.Name(id="Message")):
                yield from self.wrong_message(said)
            case ast.JoinedStr():
                yield f"is put together: {ast.unparse(said)}"
            case ast.BinOp() if not isinstance(said.op, ast.BitOr):
                yield f"is put together: {ast.unparse(said)}"
            case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="format" | "join")):
                yield f"is put together: {ast.unparse(said)}"
            case ast.IfExp():
                yield from self.wrong(said.body, seen)
                yield from self.wrong(said.orelse, seen)
            case ast.BoolOp():
                yield from (fault for part in said.values for fault in self.wrong(part, seen))
            case ast.Tuple() | ast.List():
                yield from (fault for part in said.elts for fault in self.wrong(part, seen))
            case ast.Dict():
                yield from (fault for part in said.values for fault in self.wrong(part, seen))
            case ast.Starred() | ast.Subscript():
                yield from self.wrong(said.value, seen)
            case ast.Name(id=name) if name not in seen:
                for value in self.assigned.get(name, []):
                    yield from self.wrong(value, seen | {name})
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(value=ast.Name(id="self"), attr=name)):
                if name not in seen and name not in ERRORS:
                    for value in self.returned.get(name, []):
                        yield from self.wrong(value, seen | {name})

    def wrong_message(self, call: ast.Call) -> Iterator[str]:
        """The same of a ``Message``: its key is written out, and each of its names is filled."""
        filled = frozenset(keyword.arg for keyword in call.keywords if keyword.arg is not None)
        keys = list(self.keys(call.args[0], frozenset()))
        if not keys:
            yield f"has no key that can be read: {ast.unparse(call)}"
        for key in keys:
            yield from wrong_key(key, filled)

    def keys(self, node: ast.expr, seen: frozenset[str]) -> Iterator[str]:
        """The texts that the first argument of a ``Message`` can be."""
        match node:
            case ast.Constant(value=str() as text):
                yield text
            case ast.IfExp():
                yield from (*self.keys(node.body, seen), *self.keys(node.orelse, seen))
            case ast.Dict():
                yield from (key for part in node.values for key in self.keys(part, seen))
            case ast.Subscript():
                yield from self.keys(node.value, seen)
            case ast.Call(func=ast.Attribute(attr="get")):
                yield from self.keys(node.func.value, seen)
            case ast.Name(id=name) if name not in seen:
                for value in self.assigned.get(name, []):
                    yield from self.keys(value, seen | {name})


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        for one, of in zip(target.elts, value.elts, strict=True):
            yield from _pairs(one, of)


def sentences_of(call: ast.Call) -> list[ast.expr]:
    """The arguments of a call that are said to a person."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    named = [k.value for k in call.keywords if k.arg in ("sentence", "hint")]
    if name in ERRORS:
        return [*call.args[:2], *named]
    if name == "Message":
        return [call]
    if name == "report" and len(call.args) >= 3:
        return [call.args[0], *(a for a in call.args[3:4] if isinstance(a, ast.Constant | ast.JoinedStr))]
    if name in ("tell", "show", "said", "as_message") and isinstance(call.func, ast.Name):
        return call.args[:1]
    if name == "start" and len(call.args) >= 2:
        return [call.args[0]]
    return []


def wrong_key(key: str, filled: frozenset[str]) -> Iterator[str]:
    if not key:
        return
    if WORDS.search(NAME.sub("", key)) and key not in CATALOGUE:
        yield f"is not in the catalogue: {key!r}"
    if set(NAME.findall(key)) != filled:
        yield f"has other names than are filled ({sorted(filled)}): {key!r}"


def modules() -> list[Module]:
    found = ((path.relative_to(PACKAGE).as_posix(), path) for path in sorted(PACKAGE.rglob("*.py")))
    return [Module(name, ast.parse(path.read_text("utf-8"))) for name, path in found if name not in GIVEN_ON]


def test_every_sentence_is_a_key_of_the_catalogue() -> None:
    checked = modules()
    assert len(checked) > 50
    assert [fault for module in checked for fault in module.faults()] == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("raise InputError(f'{name} is empty.')", "put together"),
        ("raise InputError('Something quite new.')", "not in the catalogue"),
        ("raise InputError('Check the path.', 'a' + b)", "put together"),
        ("hint = '{} is new'.format(a)\nraise ModelError('Check the path.', hint)", "put together"),
        ("why = 'Check the path.' if a else f'{b}'\nraise InputError(why)", "put together"),
        ("def _why(a):\n  return f'{a}'\nraise InputError(_why(1))", "put together"),
        ("raise InputError(Message('“{name}” is empty.'))", "other names"),
        ("raise InputError(Message('“{name}” is empty.', path=p))", "other names"),
        ("x = Message(key, name=1)", "no key"),
        ("progress.report(f'Fetching {a}', 1, 2)", "put together"),
        ("progress.report('Loading the model', 1, 2, f'part {a}')", "put together"),
        ("queue.start(f'Reading {a}', work)", "put together"),
        ("tell(f'{a} cells differ.')", "put together"),
    ],
)
def test_a_sentence_that_cannot_be_said_in_chinese_is_found(source: str, fault: str) -> None:
    assert any(fault in found for found in Module("planted.py", ast.parse(source)).faults())


def test_sentences_of_every_allowed_kind_pass() -> None:
    source = (
        "HINT = 'Check the path.'\n"
        "KEYS = {1: '“{name}” is empty.', 2: '“{name}” is damaged or cut off.'}\n"
        "def _why(a):\n  return Message(KEYS[a], name=a)\n"
        "raise InputError(Message('“{name}” is empty.' if a else KEYS[2], name=path.name), HINT)\n"
        "raise InputError(_why(1), fault.hint)\n"
        "progress.report('Loading the model', 0, 0, path.name)\n"
    )
    assert list(Module("planted.py", ast.parse(source)).faults()) == []
