"""Which scenarios there are: those that come with statusgen, and those in `drills/`."""

from __future__ import annotations

from pathlib import Path

from statusgen.drill.scenario import Scenario, parse_scenario
from statusgen.files.listing import scan
from statusgen.files.source_tree import LARGEST_CONFIG, read_file, unreadable
from statusgen.problems import Problem

DRILLS = "drills"
_SHIPPED = str(Path(__file__).parent)
_SHIPPED_IN = "scripts"


def read_scenarios(root: str) -> tuple[dict[str, Scenario], list[Problem]]:
    """Return scenarios by name, a page's own in place of those that come along, and problems."""
    shipped, broken = _read(_SHIPPED, _SHIPPED_IN)
    if broken:
        raise AssertionError("a scenario that comes with statusgen is faulty")
    own, problems = own_scenarios(root)
    return dict(sorted({**shipped, **own}.items())), problems


def own_scenarios(root: str) -> tuple[dict[str, Scenario], list[Problem]]:
    """Return the scenarios of the page repository at `root`, and what is wrong with them."""
    return _read(root, DRILLS)


def _read(folder: str, at: str) -> tuple[dict[str, Scenario], list[Problem]]:
    found = {}
    problems: list[Problem] = []
    for path, is_file, *_ in scan(folder, at):
        if not is_file or not path.endswith((".yml", ".yaml")):
            continue
        name = Path(path).stem
        try:
            raw = read_file(folder, path, largest=LARGEST_CONFIG)
        except OSError as error:
            problems.append(unreadable(path, error))
            continue
        scenario, faults = parse_scenario(path, raw, name)
        problems += faults
        if scenario:
            found[name] = scenario
    return found, problems
