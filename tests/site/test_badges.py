from __future__ import annotations

import json

import pytest
from acme_site import (
    CONFIG,
    EVERYTHING,
    NOW,
    OPEN,
    RESOLVED,
    UNREADABLE,
    at,
    by_path,
    site_of,
    update,
)
from lxml import etree

from statusgen.model import Affected, ComponentStatus, Incident, Objective, Status
from statusgen.site.context import Site
from statusgen.site.embeds.badges import Badge, badge_svg, render_badges, uptime_badge
from statusgen.site.look.colour import lowest_contrast, parse_colour
from statusgen.site.look.glyphs import text_width

GREEN, RED, GREY = "#1d7048", "#b01f30", "#665f57"


def shields(site: Site, path: str) -> dict[str, object]:
    data: dict[str, object] = json.loads(by_path(render_badges(site))[path])
    return data


def test_the_page_and_each_component_have_badges() -> None:
    paths = ["badge.svg", "api/statusgen/v1/badges/status.json"]
    for one in CONFIG.components:
        paths += [
            f"components/{one.id}/badge.svg",
            f"api/statusgen/v1/badges/components/{one.id}/status.json",
            f"api/statusgen/v1/badges/components/{one.id}/uptime.json",
        ]
    assert list(by_path(render_badges(site_of()))) == paths


def test_the_letters_of_a_badge_stay_joined_where_its_text_is_stretched() -> None:
    drawn = badge_svg(Badge("خدمة الدفع", "Operational", ComponentStatus.OPERATIONAL)).decode()
    assert drawn.count('lengthAdjust="spacingAndGlyphs"') == drawn.count("<text") == 2


def test_shields_json_has_what_shields_requires() -> None:
    for path, content in by_path(render_badges(site_of(EVERYTHING))).items():
        if path.endswith(".json"):
            data = json.loads(content)
            assert list(data) == ["schemaVersion", "label", "message", "color"]
            assert data["schemaVersion"] == 1
            assert data["message"]


@pytest.mark.parametrize(
    ("incidents", "message", "colour"),
    [
        ((RESOLVED,), "All systems operational", GREEN),
        ((OPEN,), "Major outage", RED),
        ((UNREADABLE,), "Report unreadable", GREY),
    ],
)
def test_the_pages_badge_says_what_the_headline_says(
    incidents: tuple[Incident, ...],
    message: str,
    colour: str,
) -> None:
    first = tuple(
        one._replace(updates=one.updates[:1]) if one is OPEN else one for one in incidents
    )
    badge = shields(site_of(first), "api/statusgen/v1/badges/status.json")
    assert badge["message"] == message
    assert badge["color"] == colour[1:]


def test_no_badge_is_green_while_an_incident_is_open_although_its_components_are_back() -> None:
    said = update("x", Status.MONITORING, "2026-11-21 11:00", "Watching.")
    watched = Incident(
        "x",
        "X",
        components=(Affected("api", ComponentStatus.OPERATIONAL),),
        updates=(said,),
    )
    badge = shields(site_of([watched]), "api/statusgen/v1/badges/status.json")
    assert badge["color"] != GREEN[1:]


def test_a_component_has_its_own_status() -> None:
    folder = "api/statusgen/v1/badges/components"
    assert shields(site_of(), f"{folder}/checkout/status.json") == {
        "schemaVersion": 1,
        "label": "Payments - Checkout",
        "message": "Partial outage",
        "color": "b0430a",
    }
    assert shields(site_of(), f"{folder}/fax/status.json")["message"] == "no longer in use"


@pytest.mark.parametrize(
    ("objective", "state"),
    [(None, "figure"), (99.0, "operational"), (99.99, "major_outage")],
)
def test_uptime_is_measured_against_its_objective(objective: float | None, state: str) -> None:
    api = CONFIG.components[0]._replace(uptime=Objective(objective=objective))
    config = CONFIG._replace(components=(api, *CONFIG.components[1:]))
    down = Incident(
        "x",
        "X",
        components=(Affected("api", ComponentStatus.MAJOR_OUTAGE),),
        updates=(
            update("x", Status.INVESTIGATING, "2026-11-01 10:00"),
            update("x", Status.RESOLVED, "2026-11-01 11:00"),
        ),
    )
    badge = uptime_badge(site_of([down], config), api)
    assert badge == Badge("API uptime, 90 days", "99.95\N{NO-BREAK SPACE}%", state)


def test_unknown_is_not_up() -> None:
    api = CONFIG.components[0]._replace(since=NOW.date().replace(year=2027))
    config = CONFIG._replace(components=(api,), groups=(), layout=("api",))
    assert uptime_badge(site_of([], config), api) == Badge(
        "API uptime, 90 days", "unknown", "unknown"
    )


def test_an_svg_is_well_formed_whatever_its_texts_are() -> None:
    root = etree.fromstring(badge_svg(Badge("<b>&\"'</b>", "Отказ 障害 💥", "major_outage")))
    texts = [str(one.text) for one in root.iter("{*}text")]
    assert texts == ["<b>&\"'</b>", "Отказ 障害 💥"]
    assert root.get("aria-label") == "<b>&\"'</b>: Отказ 障害 💥"
    assert root.findtext("{*}title") == root.get("aria-label")


def test_an_svg_is_as_wide_as_its_texts() -> None:
    root = etree.fromstring(badge_svg(Badge("Acme", "Operational", "operational")))
    assert root.get("width") == str(text_width("Acme") + text_width("Operational") + 24 + 15)
    assert text_width("iiii") < text_width("aaaa") < text_width("WWWW") <= text_width("障害障害")


@pytest.mark.parametrize("moment", ["2026-11-21 12:00", "2026-11-21 12:04"])
def test_badges_are_the_same_within_a_step_of_the_count(moment: str) -> None:
    assert by_path(render_badges(site_of(now=at(moment)))) == by_path(render_badges(site_of()))


STATES = (*ComponentStatus, "unknown")


def test_each_state_has_a_shape_of_its_own() -> None:
    shapes = set()
    for state in STATES:
        root = etree.fromstring(badge_svg(Badge("Acme", "x", state)))
        shapes.add(root.xpath("string(.//*[local-name()='g']/*[local-name()='path']/@d)"))
    assert len(shapes) == len(STATES)


@pytest.mark.parametrize("state", [*STATES, "figure"])
def test_white_is_legible_on_every_part(state: str) -> None:
    root = etree.fromstring(badge_svg(Badge("Acme", "x", state)))
    colours = [parse_colour(str(one.get("fill"))) for one in root if one.get("fill")]
    *grounds, white = colours
    assert len(grounds) == 2
    assert lowest_contrast(white, grounds) >= 4.5


def test_widths_are_those_of_the_face() -> None:
    assert text_width("") == 0
    assert text_width("Operational") == 64
    assert text_width("Zürich") == text_width("Zurich")
    assert text_width("障害") == 22
