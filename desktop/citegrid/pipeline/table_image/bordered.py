"""Grid: the cells of a table that has vertical and horizontal rules, and the text in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from citegrid.pipeline.table_image.glyph_gaps import Stretch, part_at
from citegrid.pipeline.table_image.ruling_lines import Rule, Rules, clusters, coverage
from citegrid.pipeline.table_image.text_boxes import Item, overlap


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: rows ``top`` to ``bottom`` and columns ``left`` to ``right`` (exclusive) of the grid, and its text."""

    top: int
    bottom: int
    left: int
    right: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The positions of the rules and the cells between them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    def at(self, row: int, column: int) -> GridCell:
        """The cell that covers a place of the grid."""
        for cell in self.cells:
            if cell.top <= row < cell.bottom and cell.left <= column < cell.right:
                return cell
        raise IndexError((row, column))

    def part(self, top: int, bottom: int, left: int, right: int) -> Grid:
        """The rows ``top`` to ``bottom`` and the columns ``left`` to ``right`` (exclusive) as a grid of its own."""
        cells = tuple(
            GridCell(
                max(c.top, top) - top,
                min(c.bottom, bottom) - top,
                max(c.left, left) - left,
                min(c.right, right) - left,
                c.items,
            )
            for c in self.cells
            if c.top < bottom and c.bottom > top and c.left < right and c.right > left
        )
        return Grid(self.xs[left : right + 1], self.ys[top : bottom + 1], cells)

    def box(self, cell: GridCell) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a cell in pixels."""
        return self.xs[cell.left], self.ys[cell.top], self.xs[cell.right], self.ys[cell.bottom]


def find_grids(
    rules: Rules, items: Sequence[Item], height: float, stretches: dict[Item, tuple[Stretch, ...]]
) -> list[Grid]:
    """The ruled tables of a picture, the one with most text first; those without an inner rule are left out."""
    grids = []
    for horizontal, vertical in _connected(rules, height):
        grid = _grid(horizontal, vertical, items, height, stretches)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda g: -sum(len(cell.items) for cell in g.cells))


def _connected(rules: Rules, height: float) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that touch each other belong together."""
    h, v = list(rules.horizontal), list(rules.vertical)
    parent = list(range(len(h) + len(v)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    reach = 0.6 * height
    for i, a in enumerate(h):
        for j, b in enumerate(v):
            if a.start - reach <= b.at <= a.end + reach and b.start - reach <= a.at <= b.end + reach:
                parent[root(i)] = root(len(h) + j)
    # A header or a row that is only a fill has no vertical rules: its edges end where the others end.
    for i, a in enumerate(h):
        for j, b in enumerate(h[:i]):
            if abs(a.start - b.start) < height and abs(a.end - b.end) < height and abs(a.at - b.at) < 12 * height:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate(h):
        groups.setdefault(root(i), ([], []))[0].append(rule)
    for j, rule in enumerate(v):
        groups.setdefault(root(len(h) + j), ([], []))[1].append(rule)
    return [(a, b) for a, b in groups.values() if len(a) >= 2 and len(b) >= 2]


def _separators(rules: Sequence[Rule], crossing: Sequence[Rule], height: float) -> list[float]:
    """Where rules separate cells: near ones are one; they end at crossing rules, or are long: strokes do neither."""
    ends = clusters([rule.at for rule in crossing], 0.5 * height)

    def meets(value: float) -> bool:
        return any(abs(value - end) <= 0.8 * height for end in ends)

    real = [r.at for r in rules if (meets(r.start) and meets(r.end)) or r.length > 6 * height]
    return clusters(real, 0.5 * height)


def _grid(
    horizontal: list[Rule],
    vertical: list[Rule],
    items: Sequence[Item],
    height: float,
    stretches: dict[Item, tuple[Stretch, ...]],
) -> Grid | None:
    xs = _separators(vertical, horizontal, height)
    ys = _separators(horizontal, vertical, height)
    if not xs or len(ys) < 2:
        return None
    xs = _with_open_sides(xs, ys, horizontal, height)
    if len(xs) < 3:
        return None
    tolerance = 0.5 * height
    rows, columns = len(ys) - 1, len(xs) - 1
    wall_right = [
        [coverage(vertical, xs[c + 1], ys[r], ys[r + 1], tolerance) >= 0.5 for c in range(columns)] for r in range(rows)
    ]
    wall_below = [
        [coverage(horizontal, ys[r + 1], xs[c], xs[c + 1], tolerance) >= 0.5 for c in range(columns)]
        for r in range(rows)
    ]
    regions = _regions(rows, columns, wall_right, wall_below)
    placed: dict[tuple[int, int], list[Item]] = {}
    for item in _parted(items, vertical, stretches, height):
        c = _slot(xs, item.cx)
        r = _slot(ys, item.cy)
        if r is not None and c is not None:
            placed.setdefault((r, c), []).append(item)
    cells = []
    for top, bottom, left, right in regions:
        inside = [item for (r, c), found in placed.items() if top <= r < bottom and left <= c < right for item in found]
        cells.append(GridCell(top, bottom, left, right, tuple(inside)))
    grid = Grid(tuple(xs), tuple(ys), tuple(cells))
    return _undo_false_merges(grid, height) if any(cell.items for cell in cells) else None


def _parted(
    items: Sequence[Item], vertical: Sequence[Rule], stretches: dict[Item, tuple[Stretch, ...]], height: float
) -> list[Item]:
    """The items, cut where a rule goes through them: the reader takes neighbours in two cells for one text."""
    parted: list[Item] = []
    for item in items:
        through = [
            rule.at
            for rule in vertical
            if item.x0 + 0.4 * height < rule.at < item.x1 - 0.4 * height
            and overlap(rule.start, rule.end, item.y0, item.y1) > 0.8 * item.height
        ]
        parted.extend(part_at([item], stretches, through, height) if through else [item])
    return parted


def trimmed(grid: Grid) -> Grid | None:
    """The grid without columns at its left and right that hold no text at all: frames around a table."""
    used = [any(c.items and c.left <= column < c.right for c in grid.cells) for column in range(grid.columns)]
    first, end = used.index(True), grid.columns - used[::-1].index(True)
    return grid.part(0, grid.rows, first, end) if end - first >= 2 else None


def _with_open_sides(xs: list[float], ys: list[float], horizontal: Sequence[Rule], height: float) -> list[float]:
    """A table open at its left or right ends where its horizontal rules end."""
    inner = [r for r in horizontal if any(abs(r.at - y) <= 0.5 * height for y in ys) and r.length > 6 * height]
    if len(inner) < 2:
        return xs
    left, right = median([r.start for r in inner]), median([r.end for r in inner])
    return [*([left] if left < xs[0] - 2 * height else []), *xs, *([right] if right > xs[-1] + 2 * height else [])]


def split_column(grid: Grid, column: int, at: float) -> Grid:
    """The grid with one more vertical line through ``column`` at ``at``; cells over several columns stay whole."""
    cells = []
    for cell in grid.cells:
        if cell.left == column and cell.right == column + 1:
            left = tuple(item for item in cell.items if item.cx < at)
            right = tuple(item for item in cell.items if item.cx >= at)
            cells.append(GridCell(cell.top, cell.bottom, column, column + 1, left))
            cells.append(GridCell(cell.top, cell.bottom, column + 1, column + 2, right))
        else:
            shift_left, shift_right = int(cell.left > column), int(cell.right > column)
            cells.append(GridCell(cell.top, cell.bottom, cell.left + shift_left, cell.right + shift_right, cell.items))
    xs = (*grid.xs[: column + 1], at, *grid.xs[column + 1 :])
    return Grid(xs, grid.ys, tuple(sorted(cells, key=lambda c: (c.top, c.left))))


def _slot(edges: Sequence[float], value: float) -> int | None:
    for i in range(len(edges) - 1):
        if edges[i] <= value < edges[i + 1]:
            return i
    return None


def _regions(
    rows: int, columns: int, wall_right: list[list[bool]], wall_below: list[list[bool]]
) -> list[tuple[int, int, int, int]]:
    """Rectangles of places without a wall between them; what would not be a rectangle stays apart."""
    parent = {(r, c): (r, c) for r in range(rows) for c in range(columns)}

    def root(place: tuple[int, int]) -> tuple[int, int]:
        while parent[place] != place:
            place = parent[place]
        return place

    for r in range(rows):
        for c in range(columns):
            if c + 1 < columns and not wall_right[r][c]:
                parent[root((r, c + 1))] = root((r, c))
            if r + 1 < rows and not wall_below[r][c]:
                parent[root((r + 1, c))] = root((r, c))
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place in parent:
        groups.setdefault(root(place), []).append(place)
    regions = []
    for places in groups.values():
        top, bottom = min(r for r, _ in places), max(r for r, _ in places) + 1
        left, right = min(c for _, c in places), max(c for _, c in places) + 1
        if len(places) == (bottom - top) * (right - left):
            regions.append((top, bottom, left, right))
        else:
            regions.extend((r, r + 1, c, c + 1) for r, c in places)
    return sorted(regions)


def _undo_false_merges(grid: Grid, height: float) -> Grid:
    """A coloured or pale header often lacks rules that the body has: a cell with a text in most of the columns
    it covers is many cells.  Letters of one word set wide apart are not."""
    cells: list[GridCell] = []
    for cell in grid.cells:
        span = cell.right - cell.left
        hit: dict[int, list[Item]] = {}
        clean = any(len(item.text) > 1 for item in cell.items)
        for item in cell.items:
            for c in range(cell.left, cell.right):
                if grid.xs[c] <= item.cx < grid.xs[c + 1]:
                    hit.setdefault(c, []).append(item)
                    inside = overlap(item.x0, item.x1, grid.xs[c], grid.xs[c + 1])
                    clean &= inside >= item.width - 0.6 * height
        if span > 1 and clean and len(hit) >= max(2, round(0.6 * span)):
            cells.extend(
                GridCell(cell.top, cell.bottom, c, c + 1, tuple(hit.get(c, ()))) for c in range(cell.left, cell.right)
            )
        else:
            cells.append(cell)
    return Grid(grid.xs, grid.ys, tuple(sorted(cells, key=lambda c: (c.top, c.left))))
