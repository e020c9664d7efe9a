"""How the house stands, in figures: ``python tests/house.py`` prints them, ``test_house.py`` holds the limits.

Complexity is McCabe's, as radon counts it, of functions and methods (those within others count with them); a pattern is a
call of ``re`` with a literal in it; a switch is a conditional that chooses words by their language.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from radon.complexity import cc_visit
from radon.raw import analyze
from radon.visitors import Class, Function

PACKAGE = Path(__file__).resolve().parents[1] / "desktop" / "citegrid"
RE_CALLS = {"compile", "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
SWITCH = re.compile(r"\bzh\b|\ben\b|\bchinese\b")


@dataclass(frozen=True)
class House:
    """The modules below ``root``."""

    root: Path = PACKAGE

    @cached_property
    def sources(self) -> dict[Path, str]:
        return {path: path.read_text("utf-8") for path in sorted(self.root.rglob("*.py"))}

    @cached_property
    def trees(self) -> dict[Path, ast.Module]:
        return {path: ast.parse(source) for path, source in self.sources.items()}

    def name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def nodes(self, kind: type[ast.AST]) -> Iterator[tuple[Path, ast.AST]]:
        for path, tree in self.trees.items():
            yield from ((path, node) for node in ast.walk(tree) if isinstance(node, kind))

    @cached_property
    def complexities(self) -> list[tuple[int, str]]:
        """Each function and method: its complexity and its place."""
        found: list[tuple[int, str]] = []
        for path, source in self.sources.items():
            for block in cc_visit(source):
                if isinstance(block, Function) and not block.is_method:
                    found.append((block.complexity, f"{self.name(path)}:{block.lineno} {block.name}"))
                elif isinstance(block, Class):
                    found += [
                        (m.complexity, f"{self.name(path)}:{m.lineno} {block.name}.{m.name}") for m in block.methods
                    ]
        return found

    def mean_complexity(self) -> float:
        return sum(points for points, _ in self.complexities) / len(self.complexities)

    def over(self, limit: int) -> list[tuple[int, str]]:
        return sorted((one for one in self.complexities if one[0] > limit), reverse=True)

    def share_over(self, limit: int) -> float:
        return len(self.over(limit)) / len(self.complexities)

    def points_for_100_lines(self) -> float:
        lines = sum(analyze(source).sloc for source in self.sources.values())
        return 100 * sum(points for points, _ in self.complexities) / lines

    def folders(self) -> Counter[str]:
        """How many modules each folder holds, its ``__init__`` among them."""
        return Counter(self.name(path.parent) for path in self.sources)

    def patterns(self) -> list[tuple[int, str]]:
        """Each call of ``re`` with a literal in its pattern: how many characters it writes, and its place."""
        found = []
        for path, node in self.nodes(ast.Call):
            assert isinstance(node, ast.Call)
            written = _literals(node.args[0]) if _is_of_re(node) else []
            if any(written):
                found.append((sum(map(len, written)), f"{self.name(path)}:{node.lineno}"))
        return sorted(found, reverse=True)

    def word_lists_in_patterns(self, least: int = 5) -> list[str]:
        """Patterns that write out ``least`` words or more as alternatives, which the lexicon should hold."""
        found = []
        for path, node in self.nodes(ast.Call):
            assert isinstance(node, ast.Call)
            written = " ".join(_literals(node.args[0])) if _is_of_re(node) else ""
            parts = re.split(r"[|()]", re.sub(r"\\.|\[[^\]]*\]", " ", written))
            if sum(re.fullmatch(r"[\w .\-]*[^\W\d_]{3,}[\w .\-]*", part) is not None for part in parts) >= least:
                found.append(f"{self.name(path)}:{node.lineno}")
        return found

    def classes_defined_twice(self) -> list[str]:
        names = Counter(node.name for _, node in self.nodes(ast.ClassDef) if isinstance(node, ast.ClassDef))
        return sorted(name for name, count in names.items() if count > 1)

    def long_files(self, limit: int) -> list[str]:
        counts = {self.name(path): source.count("\n") for path, source in self.sources.items()}
        return [f"{name} ({count})" for name, count in counts.items() if count > limit]

    def long_functions(self, limit: int) -> list[str]:
        found = []
        for kind in (ast.FunctionDef, ast.AsyncFunctionDef):
            for path, node in self.nodes(kind):
                assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > limit:
                    found.append(f"{self.name(path)} {node.name} ({lines})")
        return found

    def language_switches(self) -> list[str]:
        """Conditionals that choose between two texts by the language they are to be in."""
        found = []
        for path, node in self.nodes(ast.IfExp):
            assert isinstance(node, ast.IfExp)
            if SWITCH.search(ast.unparse(node.test)) and any(map(_is_text, (node.body, node.orelse))):
                found.append(f"{self.name(path)}:{node.lineno}")
        return found


def _is_of_re(node: ast.Call) -> bool:
    """Whether a call makes or uses a pattern."""
    of = node.func
    named = isinstance(of, ast.Attribute) and isinstance(of.value, ast.Name) and of.value.id == "re"
    return named and bool(node.args) and isinstance(of, ast.Attribute) and of.attr in RE_CALLS


def _literals(node: ast.expr) -> list[str]:
    """The strings that an expression writes."""
    return [n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def _is_text(node: ast.expr) -> bool:
    """Whether an expression is made of words: a literal of several letters, also within a tuple or a template."""
    return any(text not in ("zh", "en") for text in _literals(node))


def main() -> int:
    house, pipeline = House(), House(PACKAGE / "pipeline")
    if sys.argv[1:]:
        house = pipeline = House(PACKAGE / sys.argv[1])
        for title, rows in (
            ("over 10", house.over(10)),
            ("patterns over 200", [p for p in house.patterns() if p[0] > 200]),
        ):
            print(title, *rows, sep="\n  ")
        print("switches", *house.language_switches(), sep="\n  ")
    print("most modules in a folder", house.folders().most_common(3))
    for title, one in (("all", house), ("pipeline", pipeline)):
        print(
            f"{title}: {len(one.complexities)} functions, mean {one.mean_complexity():.2f}, over 10: {len(one.over(10))} "
            f"= {one.share_over(10):.3f}, {one.points_for_100_lines():.1f} points for 100 lines, {len(one.patterns())} patterns"
        )
    print("patterns that write out five words or more", house.word_lists_in_patterns())
    print("patterns over 200 characters", len([p for p in house.patterns() if p[0] > 200]))
    print("classes defined twice", house.classes_defined_twice())
    print("files over 400 lines", house.long_files(400))
    print("functions over 60 lines", house.long_functions(60))
    print("language switches", len(house.language_switches()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
