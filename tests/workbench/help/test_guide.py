"""The guide tells of the program as it is: every command, option, key, menu name, page and picture that it names exists."""

from __future__ import annotations

import argparse
import ast
import itertools
import json
import re
import shlex
from pathlib import Path

import pytest

import citegrid
from citegrid.cli.parser import make_parser
from citegrid.core.resources import resource
from citegrid.pipeline.export.formats import FORMATS
from citegrid.workbench.help.guide import folder_of, found, links_of, pages, tokens_of

PACKAGE = Path(citegrid.__file__).parent
CATALOGUE = json.loads(resource("translations", "zh.json").read_text("utf-8"))
NAMES = {"en": set(CATALOGUE), "zh": set(CATALOGUE.values())}
#: Signs of a cell's status, which are set in bold like the names of menus.
SIGNS = set("✓~!–?")
ALL = [(language, page) for language in ("en", "zh") for page in pages(language)]
PAGES = pytest.mark.parametrize(("language", "page"), ALL, ids=[f"{language}-{page.name}" for language, page in ALL])


def literals(*names: str) -> set[str]:
    trees = (ast.parse((PACKAGE / name).read_text("utf-8")) for name in names)
    texts = (
        n.value for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    )
    return {part for text in texts for part in text.split(" · ")}


KEYS = literals("gui/actions.py", "gui/dialogs/guide.py")
VARIABLES = literals(
    "store/paths.py", "core/model/endpoint.py", "store/model_files/models.py", "engines/language_model/keys.py"
)


def commands() -> dict[str, argparse.ArgumentParser]:
    (choices,) = [a.choices for a in make_parser()._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(choices)


COMMANDS = commands()
OPTIONS = {option for parser in COMMANDS.values() for action in parser._actions for option in action.option_strings}


@PAGES
def test_links_and_pictures_lead_somewhere(language, page):
    gone = [link for link in links_of(page.text) if not (folder_of(language) / link).resolve().is_file()]
    assert gone == []
    assert not any("://" in link for link in links_of(page.text))  # it is read offline


@PAGES
def test_what_is_in_bold_is_a_name_in_the_window(language, page):
    named = [inner.content for token in tokens_of(page.text) if token.children for inner in _bold(token.children)]
    unknown = [name for name in named if re.sub(r"\d+", "{count}", name) not in NAMES[language] | SIGNS]
    assert unknown == []


@PAGES
def test_no_mark_of_the_writing_is_left_in_the_text(language, page):
    """Marks beside ideographs and full-width signs are easily taken for text."""
    left = [
        token.content
        for token in tokens_of(page.text)
        if token.type == "text" and ("**" in token.content or "](" in token.content)
    ]
    assert left == []


def _bold(children):
    return [b for a, b in itertools.pairwise(children) if a.type == "strong_open"]


@PAGES
def test_what_is_set_as_code_exists(language, page):
    codes = [token.content for token in tokens_of(page.text) if token.type == "code_inline"]
    assert [code for code in codes if not exists(code)] == []


def exists(code: str) -> bool:
    """Whether a command with its options, an option, a key, a variable or a suffix is one of the program's."""
    if code.startswith("citegrid "):
        _, command, *rest = shlex.split(code)
        known = COMMANDS.get(command)
        options = {option for action in known._actions for option in action.option_strings} if known else set()
        return known is not None and all(word in options for word in rest if word.startswith("--"))
    if code.startswith("--"):
        return code.split()[0] in OPTIONS
    if code.startswith("CITEGRID_"):
        return code in VARIABLES
    if code.startswith("."):
        return code in {*FORMATS, ".csl", ".pdf"}
    return code in KEYS


def test_commands_in_the_guide_are_parsed():
    for _, page in ALL:
        for token in tokens_of(page.text):
            words = (
                shlex.split(token.content)
                if token.type == "code_inline" and token.content.startswith("citegrid ")
                else []
            )
            if len(words) > 3:
                make_parser().parse_args(words[1:])  # ends the test where it does not understand


def test_both_languages_tell_the_same():
    shapes = {
        language: [
            (page.name, [t.tag for t in tokens_of(page.text) if t.type in ("heading_open", "image", "th_open")])
            for page in pages(language)
        ]
        for language in ("en", "zh")
    }
    assert shapes["en"] == shapes["zh"]
    assert pages("en")[0].name == "index" and len(pages("en")) == 12


def test_every_file_is_a_page():
    for language in ("en", "zh"):
        assert {path.stem for path in folder_of(language).glob("*.md")} == {page.name for page in pages(language)}


def test_pages_are_found_by_their_words():
    assert found(pages("en"), "zotero")[0].name == "zotero"
    assert found(pages("zh"), "术语表")[0].name == "glossary"
    assert found(pages("en"), "xyzzy") == []
    assert found(pages("en"), "") == list(pages("en"))
