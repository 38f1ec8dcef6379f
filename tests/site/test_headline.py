from __future__ import annotations

import re
from dataclasses import replace

import pytest
from acme_site import (
    CANCELLED,
    CONFIG,
    EVERYTHING,
    NOTICE,
    OPEN,
    RESOLVED,
    RUNNING,
    UNREADABLE,
    UPCOMING,
    at,
    by_path,
    site_of,
    sites_of,
    update,
)
from hypothesis import given
from hypothesis import strategies as st

from statusgen.languages.catalogues import read_language
from statusgen.model import (
    Affected,
    Change,
    ComponentStatus,
    Impact,
    Incident,
    Override,
    StandIn,
    Status,
)
from statusgen.site.pages.front_page import render_front_page
from statusgen.site.views.headline import ALL_WELL, headline
from statusgen.site.words.language import ENGLISH

_BACK = [Change(id_, ComponentStatus.OPERATIONAL) for id_ in ("checkout", "api")]
MONITORING = OPEN._replace(
    updates=(
        *OPEN.updates,
        update(OPEN.id, Status.MONITORING, "2026-11-21 11:00", "Works again.", _BACK),
    ),
)
VAGUE = Incident(
    id="vague",
    title="Something is odd",
    impact=Impact.NONE,
    updates=(update("vague", Status.INVESTIGATING, "2026-11-21 11:00"),),
)
MISSPELT = RESOLVED._replace(title="The till", stand_in=StandIn(commit="0123abc"))
DOWN = {
    "api": ComponentStatus.MAJOR_OUTAGE,
    "checkout": ComponentStatus.MAJOR_OUTAGE,
    "refunds": ComponentStatus.MAJOR_OUTAGE,
}
TOTAL = OPEN._replace(components=tuple(Affected(*one) for one in DOWN.items()))


@pytest.mark.parametrize(
    ("incidents", "text", "word", "state"),
    [
        ([], ALL_WELL, ALL_WELL, "operational"),
        ([RESOLVED, CANCELLED], ALL_WELL, ALL_WELL, "operational"),
        ([NOTICE, UPCOMING], ALL_WELL, ALL_WELL, "operational"),
        ([OPEN], OPEN.title, "Partial outage", "partial_outage"),
        ([TOTAL], TOTAL.title, "Major outage", "major_outage"),
        (
            [MONITORING],
            MONITORING.title,
            "Monitoring",
            "degraded_performance",
        ),
        ([VAGUE], "Something is odd", "Open incident", "degraded_performance"),
        ([VAGUE, MONITORING], MONITORING.title, "Open incident", "major_outage"),
        (
            [UNREADABLE],
            "One report could not be read: 2026-11-19-broken",
            "Report unreadable",
            "unknown",
        ),
        (
            [UNREADABLE, MISSPELT],
            "2 reports could not be read: The till and 2026-11-19-broken",
            "Report unreadable",
            "unknown",
        ),
        ([RUNNING], "Under maintenance: Refunds", "Under maintenance", "under_maintenance"),
        (
            [RUNNING._replace(components=())],
            "Under maintenance: Refunds are maintained",
            "Under maintenance",
            "under_maintenance",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_the_headline_says_the_worst_that_is_true(
    incidents: list[Incident],
    text: str,
    word: str,
    state: str,
) -> None:
    found = headline(site_of(incidents))
    assert (found.text, found.word, found.state) == (text, word, state)


@pytest.mark.parametrize(
    "title", [ALL_WELL, "All Systems Operational.", "Operational", "Alle Systeme funktionieren"]
)
def test_an_open_incident_never_reads_like_the_all_clear(title: str) -> None:
    german = read_language("de")
    assert german.gettext(ALL_WELL) == "Alle Systeme funktionieren"
    open_ = OPEN._replace(title=title)
    english, other = sites_of([open_], languages=(ENGLISH, german))
    assert headline(english).text == "Partial outage: Checkout and API"
    assert headline(other).text == "Teilausfall: Checkout und API"
    vague = VAGUE._replace(title=title)
    assert headline(replace(english, history=site_of([vague]).history)).text == "Open incident"
    for site in (english, other):
        front = by_path(render_front_page(site))["index.html"].decode()
        for heading in re.findall("<title>.*?</title>|<h1.*?</h1>", front):
            assert title not in heading


def test_an_unreadable_report_is_named_beside_an_outage() -> None:
    assert headline(site_of([OPEN, UNREADABLE])).also == (
        "One report could not be read: 2026-11-19-broken",
    )


def test_a_status_set_by_hand_counts_without_any_incident() -> None:
    override = Override(ComponentStatus.DEGRADED_PERFORMANCE, at("2026-11-21 10:00"))
    api, *others = CONFIG.components
    config = CONFIG._replace(components=(api._replace(override=override), *others))
    assert headline(site_of([], config)).text == "Degraded performance: API"


def test_components_of_the_same_name_are_told_apart_by_their_group() -> None:
    api, checkout, refunds, *others = CONFIG.components
    override = Override(ComponentStatus.MAJOR_OUTAGE, at("2026-11-21 10:00"))
    twin = refunds._replace(name="API", override=override)
    config = CONFIG._replace(components=(api, checkout, twin, *others))
    assert headline(site_of([], config)).text == "Major outage: Payments \N{EN DASH} API"


@pytest.mark.parametrize("language", ["en", "de"])
def test_nothing_is_called_operational_where_there_is_no_component(language: str) -> None:
    gone = tuple(one for one in CONFIG.components if one.until)
    for components in ((), gone):
        config = CONFIG._replace(components=components, groups=(), layout=())
        site = replace(site_of([], config), language=read_language(language))
        found = headline(site)
        assert (found.text, found.state) == (site.language.gettext("No open incident"), "unknown")
        assert headline(site_of([VAGUE], config)).text == VAGUE.title


def test_the_worst_open_incident_leads_and_the_others_are_counted() -> None:
    found = headline(site_of([VAGUE, OPEN]))
    assert found.text == OPEN.title
    assert found.also == ("1 more incident is open",)


@given(st.sets(st.sampled_from((*EVERYTHING, UNREADABLE, MISSPELT, MONITORING, VAGUE))))
def test_all_is_never_well_while_anything_is_open_or_unreadable(incidents: set[Incident]) -> None:
    site = site_of(sorted({one.id: one for one in incidents}.values()))
    history = site.history
    trouble = bool(history.open_incidents or history.unreadable or history.running)
    assert (headline(site).text == ALL_WELL) is not trouble
