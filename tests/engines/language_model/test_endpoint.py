"""A model behind an endpoint: a double of a server that fails in every way, over real sockets."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.doubles import model_server as server
from tests.doubles.model_server import Served, says, serving

from citegrid.core.errors import Cancelled, ModelError
from citegrid.core.model.endpoint import Endpoint
from citegrid.engines.language_model import http_stream
from citegrid.engines.language_model.dialects import UNTOLD, voted, weighed
from citegrid.engines.language_model.endpoint import PLACES, EndpointModel, HttpServers
from citegrid.ports import Ask, Flag

ASK = Ask("system", "Evidence: ", "water boils at 100 degrees", max_tokens=20)
SAID = "water boils at 100 degrees"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_stream, "PAUSES", (0.01, 0.02))


@pytest.fixture
def served() -> Iterator[Served]:
    with serving(Served()) as one:
        yield one


def model(served: Served, silence: float = 5.0) -> EndpointModel:
    return EndpointModel(served.endpoint, silence=silence)


def test_answers_arrive_with_their_likelihoods_and_what_they_cost(served: Served) -> None:
    one, heard = model(served), []
    answers = one.answer([ASK, replace(ASK, own="and then?")], on_answer=lambda i, a: heard.append(i))
    assert [(a.text, a.ended, round(a.likelihood, 2)) for a in answers] == [(SAID, True, -0.2)] * 2
    assert sorted(heard) == [0, 1]
    assert (one.usage.prompt_tokens, one.usage.cached_tokens, one.usage.generated_tokens) == (40, 20, 10)
    contents = {body["messages"][1]["content"] for body in served.asked}
    assert contents == {"Evidence: water boils at 100 degrees", "Evidence: and then?"}
    assert one.info.name == f"small ({served.endpoint.address})" and one.info.context_length == 4096
    assert one.info.sha256 == "" and one.info.identity == f"{served.endpoint.address}#small"


def test_what_is_weighed_is_the_likelihood_of_the_first_token(served: Served) -> None:
    ((yes, no),) = model(served).weigh([ASK], ("Yes", "No"))
    assert round(yes - no, 3) == 2.3
    assert served.asked[0]["max_tokens"] == 1 and served.asked[0]["top_logprobs"] == 20


def test_a_server_without_likelihoods_is_asked_several_times(served: Served) -> None:
    served.likely, served.words = None, ("Yes", ".")
    one = model(served)
    ((yes, no),) = one.weigh([ASK], ("Yes", "No"))
    assert 1 / (1 + math.exp(no - yes)) == pytest.approx(0.875)
    assert not one.facts().likelihoods
    answer = one.answer([ASK])[0]
    assert (answer.likelihood, answer.doubted) == (UNTOLD, ())


def test_votes_that_disagree_are_no_yes() -> None:
    yes, no = voted(["Yes, it does", "**yes**", "No"], ("Yes", "No"))
    assert 1 / (1 + math.exp(no - yes)) < 0.7
    assert voted(["Perhaps"] * 3, ("Yes", "No"))[0] == voted(["Perhaps"] * 3, ("Yes", "No"))[1]


def test_a_choice_is_known_by_its_own_token_before_any_that_begins_it() -> None:
    likely = (("Y", -0.5), (" Yes", -1.0), ("No", -2.0), ("Maybe", -5.0))
    assert weighed(likely, ("Yes", "No")) == (-1.0, -2.0)
    assert weighed(likely, ("Perhaps", "No")) == (-5.0, -2.0)


def test_several_answers_are_drawn_also_from_a_server_that_makes_one_at_a_time(served: Served) -> None:
    answer = model(served).answer([replace(ASK, samples=3)])[0]
    assert [one.text for one in answer.others] == [SAID] * 2
    assert [(body["temperature"], body.get("n")) for body in served.asked] == [(0, None), (0.5, 2)]
    served.mishaps = [server.answers_whole] * 3
    answer = model(served).answer([replace(ASK, samples=3)])[0]
    assert [one.text for one in answer.others] == ["all at once"] * 2
    assert [body["seed"] for body in served.asked[2:]] == [0, 1, 2]


def test_an_answer_is_cut_at_its_stop_and_at_its_length(served: Served) -> None:
    served.words = ("one", " two", "\nthree", " four")
    answer = model(served).answer([ASK])[0]
    assert (answer.text, answer.ended) == ("one two", True)
    answer = model(served).answer([replace(ASK, max_tokens=2)])[0]
    assert (answer.text, answer.ended) == ("one two", False)


def test_a_beginning_that_the_server_says_again_is_not_said_twice(served: Served) -> None:
    served.words = ("作者", "认为", "水", "会沸腾")
    assert model(served).answer([replace(ASK, prefill="作者")])[0].text == "认为水会沸腾"
    assert served.asked[0]["messages"][-1] == {"role": "assistant", "content": "作者"}


@pytest.mark.parametrize(
    "mishap",
    [says(429, Retry_After="0"), says(503, Retry_After="tomorrow"), says(502), server.cuts, server.fails_midway],
)
def test_what_passes_is_tried_again(served: Served, mishap: server.Mishap) -> None:
    served.mishaps = [mishap, mishap]
    assert model(served).answer([ASK])[0].text == SAID
    assert len(served.asked) == 3


@pytest.mark.alone
def test_the_wait_that_a_server_asks_for_is_kept(served: Served) -> None:
    served.mishaps = [says(503, Retry_After="1")]
    began = time.monotonic()
    assert model(served).answer([ASK])[0].text == SAID
    assert 1.0 <= time.monotonic() - began < 3.0


@pytest.mark.parametrize(
    ("mishap", "sentence"),
    [
        (says(503, "all slots\nare busy"), "refuses \\(all slots are busy\\)"),
        (server.cuts, "broke off in the middle"),
        (server.fails_midway, "refuses \\(out of memory\\)"),
        (server.babbles, "cannot be read"),
        (server.lists, "cannot be read"),
        (server.fills_a_line, "cannot be read"),
        (says(401, "secret-key is wrong"), "asks for a key"),
        (says(404, "model not found"), "refuses \\(model not found\\)"),
        (says(400, "the prompt is too long"), "refuses \\(the prompt is too long\\)"),
        (says(307, Location="http://203.0.113.9/v1"), "sends elsewhere"),
    ],
)
def test_what_does_not_pass_is_one_sentence(served: Served, mishap: server.Mishap, sentence: str) -> None:
    served.mishaps = [mishap] * 9
    with pytest.raises(ModelError, match=sentence) as raised:
        model(served).answer([ASK])
    assert "127.0.0.1" in raised.value.sentence and raised.value.hint
    assert "secret-key" not in str(raised.value)
    served.mishaps = []
    assert model(served).answer([ASK])[0].text == SAID


@pytest.mark.parametrize("mishap", [server.hangs, server.hangs_midway])
def test_a_server_that_hangs_is_left(served: Served, mishap: server.Mishap) -> None:
    served.mishaps = [mishap]
    with pytest.raises(ModelError, match="was silent for 0 seconds"):
        model(served, silence=0.2).answer([ASK])


@pytest.mark.alone
@pytest.mark.parametrize("mishap", [server.hangs, server.hangs_midway, server.never_ends, says(503, Retry_After="20")])
def test_a_cancel_is_heard_at_once(served: Served, mishap: server.Mishap) -> None:
    served.mishaps, cancel = [mishap], Flag()
    one = model(served)
    timer = threading.Timer(0.2, cancel.set)
    timer.start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        one.answer([replace(ASK, max_tokens=10**9)], cancel=cancel)
    assert time.monotonic() - began < 1.0


def test_a_server_that_does_not_end_is_cut(served: Served) -> None:
    served.mishaps = [server.never_ends]
    answer = model(served).answer([ASK])[0]
    assert not answer.ended and len(answer.text.split()) == 40


def test_fields_that_a_server_does_not_know_are_left_out_from_then_on(served: Served) -> None:
    served.unknown = ("chat_template_kwargs", "logprobs")
    served.words = ("Yes",)
    one = model(served)
    assert one.answer([ASK])[0].text == "Yes"
    assert len(served.asked) == 3
    one.answer([ASK])
    assert len(served.asked) == 4
    ((yes, no),) = one.weigh([ASK], ("Yes", "No"))
    assert yes > no


def test_requests_side_by_side_are_bounded(served: Served) -> None:
    served.pause = 0.01
    asks = [replace(ASK, own=f"number {i}", samples=1 + i % 3) for i in range(12)]
    assert len(model(served).answer(asks)) == 12
    assert 1 < served.busiest <= PLACES


@pytest.mark.alone
def test_the_first_token_is_used_within_fifty_milliseconds_of_its_arrival(served: Served) -> None:
    """An answer that its first token ends is told while the server still goes on."""
    served.words, served.pause = ("Yes\n", *("more",) * 200), 0.02
    one, delays = model(served), []
    for _ in range(5):
        served.sent.clear()
        one.answer(
            [replace(ASK, max_tokens=200)], on_answer=lambda i, a: delays.append(time.monotonic() - served.sent[0])
        )
    assert sorted(delays)[1] < 0.05, delays  # a busy machine delays some


def test_a_model_that_is_not_there_is_named_with_those_that_are(served: Served) -> None:
    with pytest.raises(ModelError, match="has no model huge") as raised:
        EndpointModel(replace(served.endpoint, model="huge"))
    assert "big, small" in raised.value.hint
    assert HttpServers().names(replace(served.endpoint, model="huge")) == ("small", "big")
    served.models = ()
    with pytest.raises(ModelError, match="names no model"):
        model(served)


@pytest.mark.parametrize("name", ["/home/me/models/small.gguf", "C:\\models\\small.gguf"])
def test_a_model_that_is_named_by_its_file_is_shown_without_its_folder(served: Served, name: str) -> None:
    served.models = (name,)
    one = model(served)
    assert one.info.name.startswith("small.gguf (") and one.info.identity.endswith(name)


def test_nobody_there() -> None:
    with serving(Served()) as gone:
        endpoint = gone.endpoint
    with pytest.raises(ModelError, match="No model server answers at"):
        EndpointModel(endpoint)


def test_the_key_goes_to_the_server_alone_and_never_unprotected(served: Served) -> None:
    one = EndpointModel(served.endpoint, "secret-key", silence=5.0)
    one.answer([ASK])
    assert served.heads[0]["Authorization"] == "Bearer secret-key"
    assert "secret-key" not in repr(one.info)
    with pytest.raises(ModelError, match="unprotected"):
        EndpointModel(Endpoint("http", "203.0.113.9", 80), "secret-key")


def test_a_proxy_of_the_system_hears_nothing(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert model(served).answer([ASK])[0].text == SAID


def test_what_a_short_trial_finds(served: Served) -> None:
    facts = HttpServers().facts(served.endpoint)
    assert (facts.models, facts.kind, facts.context, facts.likelihoods) == (("small", "big"), "", 4096, True)
    assert facts.speed > 0 and facts.first_token < 1
