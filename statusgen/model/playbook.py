"""What a file in `playbook/` says: a text that was approved before the day it is needed."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from statusgen.model.incidents import Affected
from statusgen.model.states import Impact, Kind, Status


class PlaybookText(NamedTuple):
    """The text for one situation, in one language.

    `title` and `text` may have placeholders. `title` becomes that of an incident which is opened
    with the text; `use` tells a writer when to take it. `status` is None where the text fits any,
    and keeps the incident's own. `review` is the day by which somebody should read it again.
    """

    name: str
    language: str
    title: str
    path: str = ""
    use: str = ""
    kind: Kind = Kind.INCIDENT
    status: Status | None = None
    impact: Impact | None = None
    components: tuple[Affected, ...] = ()
    review: date | None = None
    text: str = ""
