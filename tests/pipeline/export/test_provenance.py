"""What a report says of what left the computer: nothing, unless something did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from citegrid.core.project import Project, Run
from citegrid.core.serialisation.result import from_json, to_json
from citegrid.pipeline.export.provenance import facts_of
from citegrid.pipeline.export.strings import wording_in

FILE, HERE, AWAY = "model.gguf", "big (http://127.0.0.1:8080/v1)", "big (https://lab.example.org:443/v1)"


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (Run(FILE), "no network was used"),
        (Run(HERE), "its own model server was asked, and nothing was sent elsewhere"),
        (Run(AWAY), "were sent to the model server at https://lab.example.org:443/v1."),
        (Run(FILE, translator=AWAY), "were sent to the model server at https://lab.example.org:443/v1."),
        (Run("https://lab.example.org/v1#big", cluster="tcp://lab:8786"), "the cluster at tcp://lab:8786"),
        (Run("odd (http://)"), "no network was used"),
    ],
)
def test_what_was_sent_is_told(run: Run, words: str, sample: Callable[[str], Project]) -> None:
    project = replace(sample("en"), run=run)
    told = dict(facts_of(project, "1", wording_in("en")))
    assert words in told["Network"]
    assert from_json(to_json(project, "1")).run == run
    if run.translator:
        assert told["Translating model"] == AWAY
