"""``citegrid models``: list, fetch, verify and add language models."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from citegrid import wiring
from citegrid.cli.context import opened
from citegrid.cli.progress import ProgressLine
from citegrid.cli.terminal import asked_unseen, said, show
from citegrid.core.errors import UsageError
from citegrid.core.messages import Message
from citegrid.core.model.endpoint import Endpoint, endpoint_of, shown
from citegrid.screen import system_language
from citegrid.store.model_files import models
from citegrid.store.model_files.origins import origin_of
from citegrid.store.model_files.parts import MB
from citegrid.workbench.language_models import examination_said, facts_said, key_said, recommendation_said


def run_models(args: argparse.Namespace, line: ProgressLine) -> int:
    """One action on the models of this machine."""
    match args.action:
        case "list":
            found = [_model_line(model) for model in models.list_models()]
        case "fetch":
            found = list(_fetched_lines(models.fetch(args.name, progress=line)))
        case "verify":
            found = [_verified_line(models.verify(args.name, progress=line))]
        case "test":
            found = list(_tested(args, line))
        case "examine":
            found = list(_examined(args, line))
        case "key":
            found = [_kept_key(args.name, line)]
        case "recommend":
            found = list(_recommended(line))
        case _:
            found = [str(wiring.add_model(Path(args.name), progress=line))]
    line.end()
    for one in found:
        show(one)
    return 0


def _tested(args: argparse.Namespace, line: ProgressLine) -> Iterator[str]:
    """What a short trial of a server finds."""
    endpoint = models.chosen(args.name, args.elsewhere)
    if not isinstance(endpoint, Endpoint):
        raise UsageError("Only a server is tested.", "Give its address, as in http://127.0.0.1:8080/v1.")
    with opened(line) as context:
        facts = context.workbench.models.facts(endpoint)
    yield from (Message("  {name}", name=shown(name)) for name in facts.models)
    yield facts_said(facts)


def _kept_key(address: str, line: ProgressLine) -> str:
    """Ask for the key of a server, unseen, and keep it in the system's keyring; an empty one is forgotten."""
    endpoint = replace(endpoint_of(address), model="")
    key = asked_unseen(Message("Key of {address} (empty: forget it): ", address=endpoint.address))
    with opened(line) as context:
        servers = context.workbench.models
        if not key:
            servers.forget_key(endpoint)
            return Message("The key of {address} is forgotten.", address=endpoint.address)
        if not servers.keep_key(endpoint, key):
            sentence = "This system has no keyring that runs: the key was not kept."
            raise UsageError(sentence, "Put it into the environment variable CITEGRID_SERVER_KEY instead.")
        return key_said(True)


def _examined(args: argparse.Namespace, line: ProgressLine) -> Iterator[str]:
    """What the examination of a model finds."""
    choice = models.chosen(args.name or None, args.elsewhere)
    with opened(line) as context:
        found = context.wait(context.workbench.models.examine(choice))
    yield from (Message("  {line}", line=one) for one in examination_said(found))
    yield Message("Examined in {seconds} s; it is held to this from now on.", seconds=round(found.seconds))


def _recommended(line: ProgressLine) -> Iterator[str]:
    """Which models fit this computer, after a measurement of some seconds."""
    with opened(line) as context:
        line.report("Measuring the default model", 0, 0)
        found = context.workbench.models.recommended(system_language())
    yield from map(recommendation_said, found)
    yield Message("What each can be trusted with, `citegrid models examine` says.")


def _model_line(model: models.Model) -> str:
    licence = model.licence or Message("your own")
    tags = Message("default, {licence}", licence=licence) if model.default else licence
    if model.page:
        return Message(
            "{id} {state} {name} ({tags}): {page}",
            id=f"{model.id:20}",
            state=f"{said(model.state):22}",
            name=model.name,
            tags=tags,
            page=model.page,
        )
    return Message(
        "{id} {state} {size} MB  {name} ({tags})",
        id=f"{model.id:20}",
        state=f"{said(model.state):11}",
        size=f"{model.bytes / MB:7.0f}",
        name=model.name,
        tags=tags,
    )


def _fetched_lines(path: Path) -> Iterator[str]:
    """Where a fetched model is, and the sum that its publisher's hub lists, where it came from one."""
    yield str(path)
    if (origin := origin_of(path)) is not None:
        yield Message(
            "sha256 {sha256}, as {host} listed it on {day}", sha256=origin.sha256, host=origin.host, day=origin.day
        )


def _verified_line(verified: models.Verified) -> Message:
    how = Message("as its publisher lists it") if verified.listed else Message("as it was when it was added")
    return Message("{path}: sha256 {sha256}, {how}", path=verified.path, sha256=verified.sha256, how=how)
