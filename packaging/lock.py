"""Resolves what ``pyproject.toml`` asks for and writes the exact versions into ``requirements.lock``: ``make lock``.

No registry host and no hash is written: which registry is used is a matter of
the machine's pip, and a wheel's hash differs from system to system.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib

from environment import LOCK, make_venv, normalised
from machine import Missing, say
from run_pip import ROOT, pip


def wishes(pyproject: str) -> list[str]:
    """What pyproject.toml asks for: to run, to develop and to build."""
    asked = tomllib.loads(pyproject)
    build = [*asked["build-system"]["requires"], "editables"]  # hatchling asks for the latter when installing from here
    return [*asked["project"]["dependencies"], *asked["dependency-groups"]["dev"], *build]


def renew_lock() -> None:
    """Resolves the wishes anew with the environment's pip and writes exact versions, which ``make env`` installs."""
    make_venv()
    say("Resolving what pyproject.toml asks for (the newest versions that fit each other)")
    command = pip("install", "--dry-run", "--ignore-installed", "--quiet", "--report", "-")
    answer = subprocess.run(
        [*command, *wishes((ROOT / "pyproject.toml").read_text(encoding="utf-8"))], stdout=subprocess.PIPE, check=False
    )
    if answer.returncode:
        raise Missing("pip could not resolve what pyproject.toml asks for; its own words stand above.")
    found = [entry["metadata"] for entry in json.loads(answer.stdout)["install"]]
    comments = [line for line in LOCK.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    pins = sorted(f"{normalised(entry['name'])}=={entry['version']}" for entry in found)
    LOCK.write_text("\n".join([*comments, *pins]) + "\n", encoding="utf-8")
    say(f"{len(pins)} exact versions written to packaging/requirements.lock; now run `make env` and `make test`.")


def main() -> int:
    try:
        renew_lock()
    except Missing as missing:
        say(str(missing))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
