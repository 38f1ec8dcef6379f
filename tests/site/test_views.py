from __future__ import annotations

import pytest
from acme_site import (
    NOTICE,
    OPEN,
    RESOLVED,
    UNREADABLE,
    UPCOMING,
    at,
    site_of,
    update,
)

from statusgen.model import (
    Affected,
    Change,
    ComponentStatus,
    Incident,
    Kind,
    StandIn,
    Status,
)
from statusgen.site.views.lines import line_view
from statusgen.site.views.records import MOST_RAW, RecordView, record_view

DEGRADED = ComponentStatus.DEGRADED_PERFORMANCE
PARTIAL = ComponentStatus.PARTIAL_OUTAGE
WELL = ComponentStatus.OPERATIONAL

WEEKLY = Incident(
    id="weekly",
    title="Weekly",
    kind=Kind.MAINTENANCE,
    components=(Affected("api"),),
    starts=at("2026-11-04 02:00"),
    ends=at("2026-11-04 02:30"),
    repeat="FREQ=WEEKLY",
)


def view_of(incident: Incident) -> RecordView:
    """Return the view of an incident's newest record."""
    site = site_of([incident])
    return record_view(site, [*site.history.records, *site.history.notices][0])


def test_an_update_that_keeps_the_status_is_called_update() -> None:
    assert [one.label for one in view_of(OPEN).updates] == ["Update", "Investigating"]


def test_updates_stand_newest_first_and_have_addresses() -> None:
    newest, oldest = view_of(OPEN).updates
    assert newest.at > oldest.at
    assert newest.anchor == f"#update-{newest.id}"
    assert newest.url == f"https://status.acme.example/incidents/{OPEN.id}/#update-{newest.id}"


def test_the_first_update_also_changes_what_the_front_matter_names() -> None:
    newest, oldest = view_of(OPEN).updates
    assert [(one.name, one.status) for one in oldest.changes] == [
        ("Checkout", ComponentStatus.MAJOR_OUTAGE),
        ("API", DEGRADED),
    ]
    assert [(one.before, one.status) for one in newest.changes] == [
        (ComponentStatus.MAJOR_OUTAGE, PARTIAL),
    ]


def test_a_change_has_the_name_of_its_time_and_what_is_affected_that_of_today() -> None:
    view = view_of(RESOLVED)
    assert {one.name for update in view.updates for one in update.changes} == {"Payments - Till"}
    assert [one.name for one in view.components] == ["Checkout"]


def test_what_is_affected_has_its_status_now_and_its_worst() -> None:
    (checkout,) = view_of(RESOLVED).components
    assert (checkout.status, checkout.worst) == (WELL, DEGRADED)
    checkout, api = view_of(OPEN).components
    assert (checkout.status, checkout.worst) == (PARTIAL, ComponentStatus.MAJOR_OUTAGE)
    assert (api.status, api.worst) == (DEGRADED, DEGRADED)


def test_an_unknown_component_stands_for_itself_and_has_no_page() -> None:
    incident = OPEN._replace(
        components=(Affected("gone", PARTIAL),),
        updates=(
            update(
                OPEN.id,
                Status.INVESTIGATING,
                "2026-11-21 10:05",
                changes=[Change("lost", PARTIAL)],
            ),
        ),
    )
    view = view_of(incident)
    assert {(one.name, one.path) for one in view.components} == {("gone", ""), ("lost", "")}
    assert {one.name for one in view.updates[0].changes} == {"gone", "lost"}


def test_a_summary_that_announces_the_maintenance_is_shown_once() -> None:
    view = view_of(UPCOMING)
    assert view.summary == ""
    assert [one.html for one in view.updates] == ["<p>We move the database.</p>"]


def test_a_summary_that_no_update_repeats_is_kept() -> None:
    assert view_of(OPEN._replace(summary="Cards & cash.")).summary == "<p>Cards &amp; cash.</p>"


def test_an_occurrence_is_an_anchor_on_the_page_of_its_maintenance() -> None:
    view = view_of(WEEKLY)
    assert view.id == "weekly@2026-11-25"
    assert (view.path, view.anchor) == ("incidents/weekly/", "#2026-11-25")
    assert view.link == "incidents/weekly/index.html#2026-11-25"
    assert view.url == "https://status.acme.example/incidents/weekly/#2026-11-25"


@pytest.mark.parametrize(
    ("incident", "state", "label"),
    [
        (OPEN, "critical", "Critical impact"),
        (RESOLVED, "minor", "Minor impact"),
        (UPCOMING, "maintenance", "Maintenance"),
        (NOTICE, "notice", ""),
        (UNREADABLE, "unknown", "Unknown impact"),
        (RESOLVED._replace(stand_in=StandIn(commit="0123abc")), "minor", "Minor impact"),
        (OPEN._replace(stand_in=StandIn(raw="x")), "critical", "Critical impact"),
    ],
    ids=lambda value: value.id if isinstance(value, Incident) else None,
)
def test_the_state_is_the_impact_unless_that_is_not_known(
    incident: Incident,
    state: str,
    label: str,
) -> None:
    site = site_of([incident])
    (record,) = (*site.history.records, *site.history.notices)
    for view in (record_view(site, record), line_view(site, record)):
        assert (view.state, view.impact_label) == (state, label)


def test_what_stands_in_for_a_file_is_told_and_the_raw_text_bounded() -> None:
    view = view_of(UNREADABLE._replace(stand_in=StandIn(raw="x" * 1_000_000)))
    assert view.is_stand_in
    assert view.raw == "x" * MOST_RAW
    older = view_of(RESOLVED._replace(stand_in=StandIn(commit="0123abc")))
    assert (older.is_stand_in, older.stand_in_commit, older.raw) == (True, "0123abc", "")


def test_a_line_has_its_end_and_how_long_it_lasted() -> None:
    site = site_of([RESOLVED, OPEN])
    newest, oldest = (line_view(site, record) for record in site.history.records)
    assert (newest.ended, newest.duration) == (None, "")
    assert (oldest.ended, oldest.duration) == (at("2026-05-02 09:00"), "1 h")


def test_the_real_window_beats_the_updates() -> None:
    incident = RESOLVED._replace(
        started=at("2026-05-02 07:00"),
        ended=at("2026-05-02 08:20"),
    )
    site = site_of([incident])
    assert line_view(site, site.history.records[0]).duration == "1 h 20 min"


def test_a_postmortem_does_not_move_the_end() -> None:
    site = site_of([RESOLVED])
    line = line_view(site, site.history.records[0])
    assert line.status is Status.POSTMORTEM
    assert line.ended == at("2026-05-02 09:00")


def lasting(start: str, end: str, status: ComponentStatus) -> Incident:
    return Incident(
        id="long",
        title="Long",
        components=(Affected("api", status),),
        updates=(
            update("long", Status.INVESTIGATING, start),
            update("long", Status.RESOLVED, end),
        ),
    )


@pytest.mark.parametrize(
    ("status", "down", "share"),
    [
        (ComponentStatus.MAJOR_OUTAGE, "2 h", "0.092"),
        (ComponentStatus.PARTIAL_OUTAGE, "36 min", "0.027"),
        (ComponentStatus.DEGRADED_PERFORMANCE, "", ""),
    ],
)
def test_what_is_over_says_what_it_took_from_uptime_by_the_rule(
    status: ComponentStatus, down: str, share: str
) -> None:
    site = site_of([lasting("2026-11-20 10:00", "2026-11-20 12:00", status)])
    (one,) = record_view(site, site.history.records[0]).components
    assert (one.down, one.share) == (down, share)
