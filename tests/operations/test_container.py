"""The Dockerfile carries into its first stage all that the package is built from, and runs without rights."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def test_everything_the_package_is_built_from_is_copied_in() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {"pyproject.toml", project["project"]["readme"], *wheel["packages"], *wheel["force-include"]}
    copied = {word for line in re.findall(r"^COPY (.+)$", DOCKERFILE, re.M) for word in line.split()[:-1]}
    assert needed <= copied
    assert all((ROOT / name).exists() for name in copied)


def test_the_service_runs_as_somebody_without_rights() -> None:
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER mailwins$", last, re.M)
    assert last.index("USER mailwins") < last.index("ENTRYPOINT")
