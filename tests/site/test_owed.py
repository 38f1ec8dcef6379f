"""What is owed: pages, JSON and the timeline say the same, at any moment."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from acme_site import CONFIG, OPEN, RESOLVED, by_path, site_of, update
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from strategies import COMPONENTS, incidents, moments

from statusgen.memory.pages import Pages
from statusgen.model import (
    Action,
    Affected,
    Component,
    ComponentStatus,
    Config,
    Impact,
    Incident,
    Kind,
    Page,
    Status,
)
from statusgen.site.api.v1 import render_api_v1
from statusgen.site.context import Site
from statusgen.site.lasting import (
    incident_outputs,
    incident_parts,
    month_parts,
    records_by_incident,
)
from statusgen.site.markdown import render
from statusgen.timeline.days import end_of, moment_of

PAGE = Config(
    page=Page("Acme", "https://status.acme.example", timezone="America/St_Johns"),
    components=tuple(Component(one, one.title()) for one in COMPONENTS),
    layout=COMPONENTS,
)
several = st.lists(incidents(), max_size=4, unique_by=lambda one: one.id)
Owed = Counter[tuple[str, str]]
"""Kinds of what is owed with the ids of their incidents."""


def site_at(found: Iterable[Incident], now: datetime, config: Config = PAGE) -> Site:
    public = [one._replace(draft=False, audience="public") for one in found]
    return replace(site_of(public, config, now), markdown=lambda text: render(text).html)


def said_by_pages(site: Site) -> Owed:
    found: Owed = Counter()
    for path, raw in by_path(incident_outputs(site, records_by_incident(site))).items():
        if not path.endswith(".html"):
            continue
        page: Any = html.fromstring(raw.decode())
        for mark in page.xpath("//*[@data-owed]"):
            kind = mark.get("data-owed")
            number = re.search("[0-9]+", mark.text) if kind in {"action", "commitment"} else None
            found[kind, path.split("/")[1]] += int(number[0]) if number else 1
    return found


def owed_json(site: Site) -> dict[str, list[dict[str, str]]]:
    content = by_path(render_api_v1(site))["api/statusgen/v1/owed.json"]
    found: dict[str, list[dict[str, str]]] = json.loads(content)
    return found


def said_by_json(site: Site) -> Owed:
    return Counter((one["kind"], one["id"].partition("@")[0]) for one in owed_json(site)["owed"])


def counted_slowly(site: Site) -> Owed:
    """Return what is owed by the rules of docs/incidents.md, from what each record shows."""
    now, found = site.history.now, Counter[tuple[str, str]]()
    every_minutes = {Impact.CRITICAL: 15, Impact.MAJOR: 30, Impact.MINOR: 60}
    for record in (*site.history.records, *site.history.notices):
        id_, updates = record.incident.id, record.updates
        newest = updates[-1] if updates else None
        if record.is_open:
            promise = newest.next_update if newest else None
            last = newest.at if newest else record.created
            if promise:
                found["promised_update", id_] += (now - promise).total_seconds() >= 61
            elif record.kind is Kind.INCIDENT and record.impact in every_minutes:
                silence = (now - last).total_seconds()
                found["update", id_] += silence >= 60 * every_minutes[record.impact]
            found["eta", id_] += newest is not None and newest.eta is not None and newest.eta <= now
            window = record.window if record.kind is Kind.MAINTENANCE else None
            if window and window.end > window.start:
                found["maintenance_end", id_] += window.end <= now
            continue
        if (
            record.kind is Kind.INCIDENT
            and record.incident.postmortem
            and record.impact in {Impact.MAJOR, Impact.CRITICAL}
            and newest is not None
            and not newest.code
            and Status.POSTMORTEM not in {one.status for one in updates}
            and record.resolved_at is not None
        ):
            found["postmortem", id_] += (now - record.resolved_at).total_seconds() >= 72 * 3600
        for action in (one for each in updates for one in each.actions if not one.is_done):
            is_over = action.due is None or moment_of(end_of(action.due, site.zone)) <= now
            found["commitment" if action.is_commitment else "action", id_] += is_over
    return +found


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(several, moments())
def test_pages_and_json_have_what_is_owed_by_the_rules(
    found: list[Incident],
    now: datetime,
) -> None:
    site = site_at([one._replace(repeat="") for one in found], now)
    expected = counted_slowly(site)
    assert said_by_json(site) == expected
    assert said_by_pages(site) == expected


def test_occurrences_of_a_recurring_maintenance_say_it_too() -> None:
    weekly = Incident(
        "weekly",
        "Weekly",
        kind=Kind.MAINTENANCE,
        starts=datetime.fromisoformat("2026-11-02T03:00Z"),
        ends=datetime.fromisoformat("2026-11-02T04:00Z"),
        repeat="FREQ=WEEKLY",
        updates=(
            update("weekly", Status.VERIFYING, "2026-11-09 04:10")._replace(
                next_update=datetime.fromisoformat("2026-11-09T04:30Z"),
                eta=datetime.fromisoformat("2026-11-09T05:00Z"),
            ),
        ),
    )
    site = site_at([weekly], datetime.fromisoformat("2026-11-09T06:00Z"))
    kinds = ("promised_update", "eta", "maintenance_end")
    assert said_by_json(site) == Counter((kind, "weekly") for kind in kinds)
    assert said_by_pages(site) == said_by_json(site)


# ── what a page says ──────────────────────────────────────────────────────────────────────────

MAJOR = RESOLVED._replace(
    components=(Affected("checkout", ComponentStatus.PARTIAL_OUTAGE),),
    updates=RESOLVED.updates[:3],
)
FALLS_DUE = datetime.fromisoformat("2026-05-05T09:00Z")


def facts_of(incident: Incident, now: datetime) -> dict[str, str]:
    """Return the facts of an incident's page, by their names."""
    site = site_at([incident], now, CONFIG)
    outputs = by_path(incident_outputs(site, records_by_incident(site)))
    page: Any = html.fromstring(outputs[f"incidents/{incident.id}/index.html"].decode())
    (facts,) = page.xpath("//article/dl[@class='facts']")
    return {row.findtext("dt"): " ".join(row.find("dd").text_content().split()) for row in facts}


def test_a_page_says_until_when_a_postmortem_is_due() -> None:
    facts = facts_of(MAJOR, FALLS_DUE - timedelta(seconds=1))
    assert facts["Postmortem due"] == "Tue 5 May 2026, 11:00 CEST (09:00 UTC)"


def test_and_calmly_that_it_has_not_come() -> None:
    facts = facts_of(MAJOR, FALLS_DUE)
    said = "Tue 5 May 2026, 11:00 CEST (09:00 UTC) It has not come yet."
    assert facts["Postmortem due"] == said


def test_with_a_postmortem_nothing_is_said_of_it() -> None:
    assert "Postmortem due" not in facts_of(RESOLVED, FALLS_DUE)


def test_an_open_incident_that_promised_nothing_says_that_its_update_is_late() -> None:
    facts = facts_of(OPEN, datetime.fromisoformat("2026-11-21T10:35Z"))
    assert facts["Next update"] == "It is late."
    assert "Next update" not in facts_of(OPEN, datetime.fromisoformat("2026-11-21T10:34:59Z"))


def test_actions_and_commitments_are_counted() -> None:
    *others, postmortem = RESOLVED.updates
    actions = (
        Action("Mend it", "Ana", date(2026, 5, 5)),
        Action("Test it", "Bo", date(2026, 5, 4), is_done=True),
        Action("A credit", due=date(2026, 6, 1), is_commitment=True),
    )
    told = RESOLVED._replace(updates=(*others, postmortem._replace(actions=actions)))
    facts = facts_of(told, datetime.fromisoformat("2026-05-05T22:00Z"))
    assert facts["Corrective actions"] == "1 of 2 done · 1 overdue"
    assert facts["Commitments"] == "0 of 1 done"


def test_json_says_what_is_ahead() -> None:
    site = site_at([MAJOR], FALLS_DUE - timedelta(seconds=1), CONFIG)
    assert owed_json(site)["owed"] == []
    (ahead,) = owed_json(site)["ahead"]
    assert (ahead["kind"], ahead["due_at"]) == ("postmortem", "2026-05-05T09:00:00Z")


# ── renewal ───────────────────────────────────────────────────────────────────────────────────


def test_a_page_is_rendered_again_until_it_has_said_that_something_is_late() -> None:
    def is_settled(now: datetime) -> bool:
        site = site_at([MAJOR], now, CONFIG)
        pages = Pages(None, site, {MAJOR.path: "digest"})
        parts = [*month_parts(site), *incident_parts(site, records_by_incident(site))]
        return None not in map(pages.key, parts)

    assert not is_settled(FALLS_DUE - timedelta(seconds=1))
    assert is_settled(FALLS_DUE)
    assert site_at([MAJOR], FALLS_DUE - timedelta(seconds=1), CONFIG).history.next_change == (
        FALLS_DUE
    )
