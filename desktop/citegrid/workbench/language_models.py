"""What can be found out about a language model before it is used."""

from __future__ import annotations

from citegrid.core.endpoint import Endpoint
from citegrid.core.errors import ModelError
from citegrid.core.messages import Message
from citegrid.ports import NEVER, Cancel, ModelInfo, ModelServers, ServerFacts
from citegrid.workbench.session import Session


class LanguageModels:
    """Asks servers what they offer.  Its calls take seconds: they belong on a worker's thread."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def names(self, endpoint: Endpoint, cancel: Cancel = NEVER) -> tuple[str, ...]:
        """The models of a server; raises ModelError where it cannot be used."""
        return self._servers(endpoint).names(endpoint, cancel)

    def facts(self, endpoint: Endpoint, cancel: Cancel = NEVER) -> ServerFacts:
        """What a short trial of a server's model finds; raises ModelError."""
        return self._servers(endpoint).facts(endpoint, cancel)

    def use_card(self, on: bool) -> None:
        """Whether models that are loaded from now on may be put onto a graphics card."""
        self._session.use_card = on

    def where(self) -> Message:
        """Where the loaded model computes, in words."""
        model = self._session.model
        return where_said(model.info if model is not None else None)

    def _servers(self, endpoint: Endpoint) -> ModelServers:
        servers = self._session.engines.servers
        if servers is None:
            raise ModelError(Message("No model server answers at {address}.", address=endpoint.address))
        return servers


def where_said(info: ModelInfo | None) -> Message:
    """Where the model that is loaded computes, in words."""
    if info is None:
        return Message("No model is loaded yet.")
    if not info.card:
        return Message("{name} runs on the processor.", name=info.name)
    if info.layers_on_card >= info.layers:
        return Message("{name} runs on {card}.", name=info.name, card=info.card)
    return Message(
        "{name} runs on {card} with {count} of its {layers} layers, and on the processor with the others.",
        name=info.name,
        card=info.card,
        count=info.layers_on_card,
        layers=info.layers,
    )


def facts_said(facts: ServerFacts) -> Message:
    """What a trial found, in words."""
    context = (
        Message("It holds {tokens} tokens.", tokens=facts.context)
        if facts.context
        else Message("It does not say how many tokens it holds.")
    )
    likelihoods = (
        Message("It tells likelihoods, by which statements are verified.")
        if facts.likelihoods
        else Message(
            "It tells no likelihoods: each statement is asked about three times, which is slower and less sure."
        )
    )
    return Message(
        "{name} answers after {first} s and writes {speed} tokens a second. {context} {likelihoods}",
        name=facts.name,
        first=f"{facts.first_token:.1f}",
        speed=f"{facts.speed:.0f}",
        context=context,
        likelihoods=likelihoods,
    )


def question_of(endpoint: Endpoint) -> Message:
    """What a person is asked before anything of their papers goes to a computer that is not theirs."""
    how = (
        Message("The connection is encrypted.")
        if endpoint.scheme == "https"
        else Message("The connection is not encrypted: others in the network can read along.")
    )
    return Message(
        "{host} is not this computer. Sentences of your papers and of your library, and your questions, will be sent there. {how}",
        host=endpoint.host,
        how=how,
    )
