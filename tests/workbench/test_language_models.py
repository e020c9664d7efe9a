"""A model of a server in place of a file: connected once, changed when another is chosen, never without leave."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.doubles.engines import FakeModel
from tests.doubles.servers import ToldServers

from citegrid.cli.progress import ProgressLine
from citegrid.core.errors import ModelError, UsageError
from citegrid.core.model.endpoint import endpoint_of
from citegrid.store.model_files import models
from citegrid.store.model_files.examinations import Examinations
from citegrid.workbench.language_models import examination_said, facts_said, question_of, where_said
from citegrid.workbench.workbench import Workbench

HERE, ELSEWHERE = "http://127.0.0.1:8080/v1#big", "https://lab.example.org/v1"


@pytest.fixture
def servers(workbench: Workbench) -> ToldServers:
    told = ToldServers(FakeModel())
    workbench.session.engines = replace(workbench.session.engines, servers=told)
    return told


def test_a_server_is_connected_once(workbench: Workbench, servers: ToldServers) -> None:
    session = workbench.session
    first = session.load_model(endpoint_of(HERE))
    assert session.load_model(endpoint_of(HERE)) is first is session.model
    assert servers.reached == [HERE]
    session.load_model(endpoint_of(ELSEWHERE))
    assert servers.reached == [HERE, str(endpoint_of(ELSEWHERE))]


def test_a_server_that_is_gone_leaves_no_model_behind(workbench: Workbench, servers: ToldServers) -> None:
    workbench.session.load_model(endpoint_of(HERE))
    servers.model = None
    with pytest.raises(ModelError):
        workbench.session.load_model(endpoint_of(ELSEWHERE))
    assert workbench.session.model is None


def test_another_computer_is_chosen_only_with_leave() -> None:
    assert models.chosen(HERE) == endpoint_of(HERE)
    with pytest.raises(UsageError, match="would leave it") as raised:
        models.chosen(ELSEWHERE)
    assert "--elsewhere" in raised.value.hint
    assert models.chosen(ELSEWHERE, True) == models.chosen(ELSEWHERE, [str(endpoint_of(ELSEWHERE))])
    with pytest.raises(UsageError):
        models.chosen(ELSEWHERE, ["https://other.example.org:443/v1"])


def test_servers_are_listed_beside_the_files() -> None:
    here, away = models.served_models([HERE, ELSEWHERE, "http://:"])
    assert (here.name, here.state, here.choice, here.usable) == ("big", "on a server here", HERE, True)
    assert (away.name, away.state) == ("https://lab.example.org:443/v1", "on a server elsewhere")
    added = models.Model("mine", "Mine", Path("/m/mine.gguf"), 1, "", 0, False, False, "here")
    assert added.choice == str(Path("/m/mine.gguf"))


def test_the_card_is_left_alone_when_told(workbench: Workbench) -> None:
    loaded: list[str] = []

    def load(how: str):  # type: ignore[no-untyped-def]
        return lambda path, sha256, cancel: loaded.append(how) or FakeModel()

    session = workbench.session
    session.engines = replace(session.engines, load_model=load("card"), load_on_processor=load("processor"))
    session.load_model(None)
    workbench.models.use_card(False)
    session.load_model(None)
    session.load_model(None)
    assert loaded == ["card", "processor"]


def test_where_a_model_computes_is_said(workbench: Workbench) -> None:
    info = FakeModel().info
    assert workbench.models.where() is None
    assert where_said(info) == "fake.gguf runs on the processor."
    assert where_said(replace(info, card="Arc", layers_on_card=25, layers=24)) == "fake.gguf runs on Arc."
    assert "12 of its 24 layers" in where_said(replace(info, card="Arc", layers_on_card=12, layers=24))


def test_what_a_trial_found_is_said(workbench: Workbench, servers: ToldServers) -> None:
    said = facts_said(workbench.models.facts(endpoint_of(HERE)))
    assert said.startswith("big (http://127.0.0.1:8080/v1) answers after 0.2 s and writes 31 tokens a second.")
    servers.likelihoods = False
    assert "asked about three times" in facts_said(workbench.models.facts(endpoint_of(HERE)))
    assert "encrypted." in question_of(endpoint_of(ELSEWHERE))


def test_a_model_is_examined_once_and_held_to_it(workbench: Workbench, loop, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    record = Examinations(tmp_path / "kept")
    session, heard = workbench.session, []
    session.engines = replace(
        session.engines, examinations=record, load_model=lambda path, sha256, cancel: FakeModel(sure=9.0)
    )
    found = loop.wait(workbench.models.examine(None, heard.append), ProgressLine(quiet=True))
    assert not found.judges and heard and record.found("0" * 64) == found
    assert session.model is not None and session.model.info.carried == found.carried
    assert session.model.info.translates == ()
    lines = examination_said(found)
    assert "nothing is supported by its word alone" in lines[0] and lines[-1] == "writes paragraphs by itself: no"
    assert workbench.models.examined(endpoint_of(HERE)) is None


def test_two_models_share_the_work(workbench: Workbench, servers: ToldServers, monkeypatch: pytest.MonkeyPatch) -> None:
    """One translates, the other does all else; both are told of in the report.  The same one chosen twice is one."""
    session, closed = workbench.session, list[str]()
    servers.model.close = lambda: closed.append("translator")  # type: ignore[union-attr, method-assign]
    main = session.load_model(None)
    assert session.load_translator() is None and session.translating is main
    workbench.models.translate_with(HERE)
    second = session.load_translator()
    assert second is servers.model is session.load_translator() is session.translating and session.model is main
    assert servers.reached == [HERE]
    session.load_model(endpoint_of(HERE))
    assert session.load_translator() is None and closed == ["translator"]
    with pytest.raises(UsageError):
        workbench.models.translate_with(ELSEWHERE)
    workbench.models.translate_with("")
    assert session.translator is None
