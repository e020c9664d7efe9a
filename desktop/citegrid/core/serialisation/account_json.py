"""The account of a batch as JSON, in results and in project files."""

from __future__ import annotations

from typing import Any

from citegrid.core.outcome.account import Fate, PaperFate
from citegrid.core.serialisation.fields import Field
from citegrid.core.serialisation.statement_json import heard, said_to_json


def fate_to_json(one: PaperFate, language: str) -> dict[str, Any]:
    """What became of a paper, the reason said in ``language``."""
    told = said_to_json("reason", one.reason, language)
    return {"name": one.name, "sha256": one.sha256, "fate": one.fate.value, **told}


def fate_from_json(one: Field) -> PaperFate:
    """What ``fate_to_json`` wrote; raises InputError naming the field that is wrong."""
    return PaperFate(one.text("name"), one.text("sha256", ""), one.choice("fate", Fate), heard(one, "reason", ""))
