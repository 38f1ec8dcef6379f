from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

import pytest
from acme_site import CANCELLED, OPEN, RESOLVED, RUNNING, UPCOMING, by_path, site_of
from lxml import html

from statusgen.model import Impact, Incident
from statusgen.site.embeds.embed import frame_notice, render_embed


def test_the_frame_the_scripts_and_the_style_are_written() -> None:
    assert sorted(by_path(render_embed(site_of()))) == [
        "embed/banner.js",
        "embed/frame.css",
        "embed/frame.html",
        "embed/frame.js",
        "embed/script.js",
    ]


@pytest.mark.parametrize(
    ("incidents", "title", "state"),
    [
        ((RUNNING, OPEN), OPEN.title, "Investigating"),
        ((RUNNING, UPCOMING, RESOLVED), RUNNING.title, "In progress"),
        ((RESOLVED, CANCELLED), "Acme", "All systems operational"),
    ],
    ids=["incident", "maintenance", "nothing"],
)
def test_the_frame_shows_an_incident_before_maintenance(
    incidents: Sequence[Incident],
    title: str,
    state: str,
) -> None:
    site = site_of(incidents)
    notice = frame_notice(site)
    assert (notice.title, notice.state) == (title, state)
    page = html.fromstring(by_path(render_embed(site))["embed/frame.html"])
    (main,) = page.iter("main")
    assert main.get("data-id") == notice.id
    assert main.get("data-update") == notice.update
    assert main.get("class") == notice.look
    assert page.findtext(".//h1") == title
    (link,) = page.iter("a")
    assert link.get("href") == f"../{notice.path}index.html"


def test_the_banner_is_small_and_the_same_in_every_encoding() -> None:
    banner = by_path(render_embed(site_of()))["embed/banner.js"]
    assert len(banner) < 2250
    assert banner.isascii()


def test_of_several_open_incidents_the_frame_shows_the_worst() -> None:
    start = OPEN.updates[0].at + timedelta(minutes=5)
    update = OPEN.updates[0]._replace(id="later", at=start, changes=())
    newer = Incident("newer", "Newer", impact=Impact.NONE, updates=(update,))
    assert frame_notice(site_of([newer, OPEN])).title == OPEN.title


def test_nothing_to_show_has_no_id() -> None:
    assert frame_notice(site_of([RESOLVED])).id == ""


def test_scripts_write_text_only_as_text() -> None:
    for path, content in by_path(render_embed(site_of())).items():
        if path.endswith(".js"):
            code = re.sub(r"/\*.*?\*/", "", content.decode(), flags=re.DOTALL)
            for unsafe in (
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "eval",
            ):
                assert unsafe not in code
