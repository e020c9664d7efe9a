"""What can be done with a project as it stands: whether anything was begun, whether it can be filled, whether a run broke off."""

from __future__ import annotations

from dataclasses import dataclass

from citegrid.core.project import Project
from citegrid.core.table import Status


@dataclass(frozen=True, slots=True)
class Readiness:
    """``read`` is whether the shown paper has been read, ``busy`` whether jobs are under way."""

    project: Project
    read: bool
    busy: bool

    @property
    def begun(self) -> bool:
        """There is a paper, a picture or a column: no longer an empty project."""
        project = self.project
        return project.paper is not None or project.picture is not None or self.has_columns

    @property
    def has_columns(self) -> bool:
        """The table asks something."""
        return bool(self.project.table.columns)

    @property
    def has_rows(self) -> bool:
        """The table is about something."""
        return bool(self.project.table.rows)

    @property
    def fillable(self) -> bool:
        """There is a paper to fill from and a column to fill."""
        return self.read and self.has_columns

    @property
    def can_fill(self) -> bool:
        """A run may begin now."""
        return self.fillable and not self.busy

    @property
    def broke_off(self) -> bool:
        """Some cells were answered, others still wait, and no job is at them."""
        waiting = {c.status is Status.WAITING for row in self.project.table.rows for c in row.cells}
        return not self.busy and waiting == {True, False}
