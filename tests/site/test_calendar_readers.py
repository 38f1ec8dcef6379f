"""A program that people read calendars with reads ours."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from acme_site import UPCOMING, by_path, calendars_of, site_of

from statusgen.model import Affected, Incident, Kind

pytestmark = pytest.mark.skipif(shutil.which("khal") is None, reason="khal is not installed")

CONFIG = """\
[calendars]
[[maintenance]]
path = {folder}
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
default_timezone = UTC
local_timezone = UTC
[sqlite]
path = {folder}/../khal.db
"""


def khal(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["khal", "-c", str(folder / "khal.conf"), *arguments],
        env={"HOME": str(folder), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def listed(folder: Path, calendar: bytes, day: datetime, days: int) -> list[str]:
    """Return what khal lists of a calendar that was imported, from a day on."""
    (folder / "calendar").mkdir()
    (folder / "maintenance.ics").write_bytes(calendar)
    (folder / "khal.conf").write_text(CONFIG.format(folder=folder / "calendar"))
    khal(folder, "import", "--batch", "-a", "maintenance", str(folder / "maintenance.ics"))
    shown = ["--format", "{start-long} {end-time} {title}", "--day-format", ""]
    lines = khal(folder, "list", *shown, f"{day:%Y-%m-%d}", f"{days}d")
    return [line for line in lines.splitlines() if line]


def test_khal_shows_a_maintenance_at_its_time(tmp_path: Path) -> None:
    calendar = by_path(calendars_of(site_of([UPCOMING])))["maintenance.ics"]
    assert UPCOMING.starts is not None
    assert UPCOMING.ends is not None
    start, end = (one.astimezone(UTC) for one in (UPCOMING.starts, UPCOMING.ends))
    assert listed(tmp_path, calendar, start, 1) == [
        f"{start:%Y-%m-%d %H:%M} {end:%H:%M} Database maintenance"
    ]


def test_khal_shows_a_recurring_maintenance_up_to_the_next_time(tmp_path: Path) -> None:
    start = datetime(2026, 10, 14, 2, 0, tzinfo=UTC)
    weekly = Incident(
        "weekly",
        "Weekly maintenance",
        Kind.MAINTENANCE,
        components=(Affected("api"),),
        starts=start,
        ends=start + timedelta(minutes=30),
        repeat="FREQ=WEEKLY",
    )
    calendar = by_path(calendars_of(site_of([weekly])))["maintenance.ics"]
    found = listed(tmp_path, calendar, datetime(2026, 11, 10, tzinfo=UTC), 28)
    assert [line.split(" ")[0] for line in found] == ["2026-11-11", "2026-11-18", "2026-11-25"]
    assert all("Weekly maintenance" in line for line in found)
