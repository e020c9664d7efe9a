"""What the list of the model manager says of a model, column by column."""

from __future__ import annotations

from collections.abc import Sequence

from citegrid.gui.i18n import tr, tr_sentence
from citegrid.store.model_files.models import Model
from citegrid.store.model_files.recommend import Recommendation
from citegrid.workbench.language_models import fitting_said

HEADERS = ("Model", "Size", "State", "Licence", "On this computer")
#: The states of a model in words.
STATES = {
    "here": "on this computer",
    "not here": "not downloaded yet",
    "to be looked for": "look for it at its publisher",
    "on a server here": "a server on this computer",
    "on a server elsewhere": "a server elsewhere",
}
#: States of models that there is nothing to fetch of.
NOT_FETCHED = ("here", "to be looked for")
#: Height of a row.
ROW = 26
MB = 1_000_000


def columns_of(model: Model, marks: Sequence[str], told: Recommendation | None) -> list[str]:
    """Name with its marks, size, state, licence, and whether it fits."""
    size = f"{model.bytes / MB:.0f} MB" if model.bytes > 0 else ""
    licence = "" if model.served else model.licence or tr("your own")
    fitting = tr_sentence(fitting_said(told)) if told is not None else ""
    return ["  ".join([model.name, *marks]), size, tr(STATES.get(model.state, model.state)), licence, fitting]
