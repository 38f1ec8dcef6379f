"""The front matter of files that are no incidents, as far as it can be read."""

from __future__ import annotations

from datetime import UTC

from statusgen.content.collector import Collector
from statusgen.problems import Location
from statusgen.reading.fields import Report, Shape, Values
from statusgen.reading.nodes import Mapping, Node


def values_of(
    shape: Shape[Values], node: Node | None, where: Location, problems: Collector
) -> Values:
    """Return the values in front matter that begins at `where`; `node` is None if there is none.

    What is missing in it is not told where it is itself the problem.
    """
    report = Report(UTC)
    values = shape.read(node or Mapping((), where), report) or Values(report, where)
    if node is not None or not problems.problems:
        problems.add(*report.problems)
    return values
