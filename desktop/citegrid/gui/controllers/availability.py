"""Which commands can be given now, and what the button that fills is called."""

from __future__ import annotations

from citegrid.gui.actions import Actions
from citegrid.gui.i18n import tr
from citegrid.workbench.readiness import Readiness

_FILLING = ("fill_again", "fill_anew")
_OF_ROWS = ("export", "read_back", "check", "copied")


def enable(actions: Actions, now: Readiness, *, can_undo: bool, can_redo: bool) -> None:
    """Enable what can be done with a project as it stands, and nothing else."""
    able = {
        "fill": now.can_fill,
        "add_paper": now.project.paper is not None,
        "details": now.read,
        "ask": now.begun,
        "checking": now.begun,
        "save_template": now.has_columns,
        "undo": can_undo,
        "redo": can_redo,
        **dict.fromkeys(_FILLING, now.can_fill and now.has_rows),
        **dict.fromkeys(_OF_ROWS, now.has_rows),
    }
    for name, on in able.items():
        actions[name].setEnabled(on)
    for say in (actions["fill"].setText, actions["fill"].setIconText):  # the button shows the latter
        say(tr("Continue") if now.broke_off else tr("Fill"))
