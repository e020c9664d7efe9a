"""How often two readers agree, by question, with Cohen's kappa (1960): needs nothing but ``labels.tsv``.

python models/training/statements/agreement.py
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence

from sentences import SECOND_READER, Label, first_readings, labels

QUESTIONS: dict[str, Callable[[Label], Hashable]] = {
    "whose": lambda label: label.speaker,
    "kind": lambda label: label.kinds[0],
    "central": lambda label: label.central,
    "alone": lambda label: label.alone,
}


def main() -> None:
    pairs = read_twice()
    print(f"{len(pairs)} sentences read twice")
    for name, answer in QUESTIONS.items():
        share, kappa = agreement([(answer(first), answer(second)) for first, second in pairs])
        print(f"{name:8} {share:.2f}, kappa {kappa:.2f}")


def read_twice() -> list[tuple[Label, Label]]:
    """The labels of the first and of the second reader of the same sentence."""
    first = {label.key: label for label in first_readings()}
    second = (label for label in labels() if label.reader == SECOND_READER)
    return [(first[label.key], label) for label in second if label.key in first]


def agreement(pairs: Sequence[tuple[Hashable, Hashable]]) -> tuple[float, float]:
    """The share of equal answers, and how far it lies above chance (kappa)."""
    equal = sum(one == other for one, other in pairs) / len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = sum(first[answer] * second[answer] for answer in first) / len(pairs) ** 2
    return equal, (equal - by_chance) / (1 - by_chance)


if __name__ == "__main__":
    main()
