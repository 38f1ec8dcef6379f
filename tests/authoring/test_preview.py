"""What is shown before it is written: the window of a maintenance or a notice, on a line."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from statusgen.authoring.preview import preview
from statusgen.model import Incident, Kind

STARTS = datetime(2026, 12, 5, 5, tzinfo=UTC)
ENDS = datetime(2026, 12, 5, 6, tzinfo=UTC)
WEEKLY = "FREQ=WEEKLY"


@pytest.mark.parametrize(
    ("starts", "ends", "repeat", "line"),
    [
        (STARTS, ENDS, "", "From 2026-12-05 05:00 UTC to 2026-12-05 06:00 UTC"),
        (STARTS, ENDS, WEEKLY, f"From 2026-12-05 05:00 UTC to 2026-12-05 06:00 UTC, {WEEKLY}"),
        (STARTS, None, "", "From 2026-12-05 05:00 UTC"),
        (None, ENDS, "", "Until 2026-12-05 06:00 UTC"),
    ],
)
def test_the_window_is_told_as_far_as_it_is_known(
    starts: datetime | None, ends: datetime | None, repeat: str, line: str
) -> None:
    work = Incident(
        "upgrade", "Upgrade", kind=Kind.MAINTENANCE, starts=starts, ends=ends, repeat=repeat
    )
    assert list(preview(work, None, ZoneInfo("UTC"))) == ["Maintenance: Upgrade", line]


def test_the_window_is_in_the_page_s_zone() -> None:
    work = Incident("upgrade", "Upgrade", kind=Kind.MAINTENANCE, starts=STARTS, ends=ENDS)
    _, line = preview(work, None, ZoneInfo("Europe/Berlin"))
    assert line == "From 2026-12-05 06:00 CET to 2026-12-05 07:00 CET"


def test_what_has_no_window_has_no_line_of_one() -> None:
    assert list(preview(Incident("a", "A"), None, ZoneInfo("UTC"))) == ["Incident: A"]


def test_on_a_narrow_terminal_no_word_is_cut() -> None:
    text = "Some customers see an error when they pay by card."
    one = Incident("a", "Cards", summary=text)
    lines = list(preview(one, None, ZoneInfo("UTC"), 38))
    assert "Some customers see an error when they" in lines
    assert "pay by card." in lines
