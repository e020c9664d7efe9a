"""Aligned: tables without vertical rules, read from how their texts stand over each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from citegrid.pipeline.header import NOTHING, Found, Heading
from citegrid.pipeline.items import Item, cell_text, confidence, in_lines, overlap
from citegrid.pipeline.rules import Rule, Rules

Line = list[Item]


def read_aligned(items: Sequence[Item], rules: Rules, height: float) -> Found:
    """The columns and rows of a table whose columns are told by white space; nothing for prose."""
    lines = in_lines(items)
    best = NOTHING
    for run in _runs(lines, rules, height):
        found = _read_run(run, rules, height)
        if len(found.headings) >= 2 and len(found.headings) * (1 + min(3, len(found.rows))) > len(best.headings) * (
            1 + min(3, len(best.rows))
        ):
            best = found
    return best


def _runs(lines: list[Line], rules: Rules, height: float) -> list[list[Line]]:
    """Stretches of lines that begin with several texts side by side; a wide gap or a title ends one."""
    runs: list[list[Line]] = []
    run: list[Line] = []
    for line in lines:
        if run:
            gap = min(i.y0 for i in line) - max(i.y1 for i in run[-1])
            ruled = any(
                rule.length > 0.5 * _width(run) and rule.at > min(i.y0 for i in line) for rule in rules.horizontal
            )
            lonely = len(line) == 1 and len(run[-1]) == 1 and len(run) >= 2 and len(run[-2]) == 1
            if (gap > 3 * height and not ruled) or (lonely and gap > 0.8 * height and not ruled):
                runs.append(run)
                run = []
        if run or len(line) >= 2:
            run.append(line)
    if run:
        runs.append(run)
    return runs


def _width(run: list[Line]) -> float:
    return max(i.x1 for line in run for i in line) - min(i.x0 for line in run for i in line)


def _read_run(run: list[Line], rules: Rules, height: float) -> Found:
    wide = [rule for rule in rules.horizontal if rule.length > 0.6 * _width(run)]
    depth = _header_depth(run, wide, height)
    header, body = run[:depth], run[depth:]
    if _is_prose(run):
        return NOTHING
    edges = _gutters(header, body, rules, height)
    if len(edges) < 3:
        return NOTHING
    names = _names(header, edges, rules, height)
    headings, kept = [], []
    for column, (texts, parts) in enumerate(names):
        if texts:
            box = (
                min(i.x0 for i in parts),
                min(i.y0 for i in parts),
                max(i.x1 for i in parts),
                max(i.y1 for i in parts),
            )
            headings.append(Heading(" / ".join(texts), box, confidence(parts)))
            kept.append(column)
    if len(headings) < 0.6 * len(names) or (len(headings) == 2 and not body and not wide):
        return NOTHING
    rows = []
    for group in _rows(body, wide, height):
        cells: list[list[Item]] = [[] for _ in names]
        for item in group:
            cells[_column_of(item, edges)].append(item)
        rows.append(tuple(cell_text(cells[c]) for c in kept))
    return Found(tuple(headings), tuple(rows))


def _header_depth(run: list[Line], wide: Sequence[Rule], height: float) -> int:
    """How many lines the header has: down to the first rule below it, else as long as lines stand close."""
    first_bottom = max(i.y1 for i in run[0])
    for rule in sorted(wide, key=lambda r: r.at):
        if rule.at < min(i.cy for i in run[0]):
            continue
        above = [line for line in run if sum(i.cy for i in line) / len(line) < rule.at]
        if 1 <= len(above) <= 6 and (len(above) < len(run) or len(above) <= 2) and rule.at - first_bottom < 8 * height:
            return len(above)
        break
    return 1


def _gutters(header: list[Line], body: list[Line], rules: Rules, height: float) -> list[float]:
    """The edges of the columns: the outer ones and the middles of the white stretches between texts."""
    leaf = header[-1] if len(header) > 1 else []
    boxes = [(i.x0, i.x1) for line in (header if not leaf else header[1:]) for i in line]
    if leaf:
        boxes += [(i.x0, i.x1) for i in header[0] if sum(overlap(i.x0, i.x1, o.x0, o.x1) > 0 for o in leaf) <= 1]
    spans = [(i.x0, i.x1) for line in body if len(line) >= 2 for i in line]
    boxes += spans
    least = 0.35 * height
    merged: list[list[float]] = []
    for x0, x1 in sorted(boxes):
        if merged and x0 <= merged[-1][1] + least:
            merged[-1][1] = max(merged[-1][1], x1)
        else:
            merged.append([x0, x1])
    if not merged:
        return []
    edges = [merged[0][0] - height]
    edges += [(a[1] + b[0]) / 2 for a, b in pairwise(merged)]
    return [*edges, merged[-1][1] + height]


def _column_of(item: Item, edges: Sequence[float]) -> int:
    shares = [overlap(item.x0, item.x1, a, b) for a, b in pairwise(edges)]
    return shares.index(max(shares)) if any(shares) else 0 if item.cx < edges[0] else len(shares) - 1


def _names(
    header: list[Line], edges: Sequence[float], rules: Rules, height: float
) -> list[tuple[list[str], list[Item]]]:
    """For each column the names from the group down, and the texts they come from."""
    count = len(edges) - 1
    groups: list[list[Item]] = [[] for _ in range(count)]
    leaves: list[list[Item]] = [[] for _ in range(count)]
    for depth, line in enumerate(header):
        for item in line:
            below = [i for later in header[depth + 1 :] for i in later]
            covered = _covered(item, edges, rules, height) if below else []
            if len(covered) > 1 and all(any(_column_of(i, edges) == c for i in below) for c in covered):
                for column in covered:
                    groups[column].append(item)
            else:
                leaves[_column_of(item, edges)].append(item)
    named = []
    for group, leaf in zip(groups, leaves, strict=True):
        texts = [t for t in (cell_text(group), cell_text(leaf)) if t]
        named.append((texts, leaf or group))
    return named


def _covered(item: Item, edges: Sequence[float], rules: Rules, height: float) -> list[int]:
    """The columns under a group's text: those under the short rule below it, else those it reaches into."""
    x0, x1 = item.x0, item.x1
    for rule in rules.horizontal:
        if 0 < rule.at - item.cy < 1.5 * height and rule.start - height < item.cx < rule.end + height:
            if rule.length < 0.85 * (edges[-1] - edges[0]):
                x0, x1 = min(x0, rule.start), max(x1, rule.end)
            break
    return [c for c, (a, b) in enumerate(pairwise(edges)) if overlap(x0, x1, a, b) > min(0.35 * (b - a), 2 * height)]


def _rows(body: list[Line], wide: Sequence[Rule], height: float) -> list[list[Item]]:
    """The body's lines as rows: between rules where there are rules between them, else one line a row."""
    if not body:
        return []
    groups: list[list[Item]] = []
    last = None
    for line in body:
        centre = sum(i.cy for i in line) / len(line)
        band = sum(rule.at < centre for rule in wide)
        inner = len({sum(r.at < sum(i.cy for i in ln) / len(ln) for r in wide) for ln in body})
        if groups and inner > 2 and band == last:
            groups[-1].extend(line)
        else:
            groups.append(list(line))
        last = band
    return groups


def _is_prose(run: list[Line]) -> bool:
    """Lines of running text, also in two columns: mostly long texts, hardly any short ones."""
    texts = [i.text for line in run for i in line]
    long = sum(len(text) > 24 for text in texts)
    return len(run) >= 4 and long > 0.75 * len(texts)
