from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html import escape
from itertools import pairwise

import pytest
from acme_site import (
    CONFIG,
    NOTICE,
    NOW,
    OPEN,
    RESOLVED,
    RUNNING,
    UNREADABLE,
    at,
    by_path,
    component_pages_of,
    site_of,
    update,
    whole_site,
)
from written_pages import (
    Page,
    page,
)

from statusgen.model import Affected, Component, Impact, Incident, StandIn, Status
from statusgen.site.markdown import render
from statusgen.site.pages.front_page import render_front_page


def test_the_front_page_begins_with_the_state() -> None:
    found = page("index.html", [OPEN])
    assert found.text.startswith("Partial outage \N{EN DASH} Acme status")
    assert "Partial outage Card payments fail for <some> customers & shops Since" in found.text


def test_the_headline_of_the_front_page_is_the_worst_incidents_title() -> None:
    (title,) = (record.title for record in site_of([OPEN]).history.open_incidents)
    assert f">{escape(title)}</a></h1>" in whole_site(site_of([OPEN]))["index.html"].decode()


def test_notices_are_for_times_in_which_nothing_is_wrong_unless_they_are_pinned() -> None:
    assert NOTICE.title in page("index.html", [NOTICE]).text
    assert NOTICE.title not in page("index.html", [NOTICE, OPEN]).text
    assert NOTICE.title in page("index.html", [NOTICE._replace(pin=True), OPEN]).text


def test_the_time_without_incidents_is_told_only_while_nothing_is_wrong() -> None:
    said = "No incident for 203 days; the last one was The till was closed"
    assert said in page("index.html", [RESOLVED]).text
    assert "No incident for" not in page("index.html", [RESOLVED, OPEN]).text
    assert "No incident for" not in page("index.html", []).text


def test_lists_are_in_the_order_of_the_days_that_they_show() -> None:
    code = "2026-11-19-disks"
    announced = update(code, Status.SCHEDULED, "2026-11-01 09:00", "We change the disks.")
    disks = RUNNING._replace(
        id=code,
        title="Disks are changed",
        components=(Affected("checkout"),),
        starts=at("2026-11-19 02:00"),
        ends=at("2026-11-19 03:00"),
        updates=(announced,),
    )
    stumble = RESOLVED._replace(
        id="2026-11-12-stumble",
        title="It stumbled",
        updates=tuple(
            update("2026-11-12-stumble", status, f"2026-11-12 {clock}")
            for status, clock in ((Status.INVESTIGATING, "08:00"), (Status.RESOLVED, "09:00"))
        ),
    )
    own = by_path(component_pages_of(site_of([disks, stumble])))["components/checkout/index.html"]
    front = page("index.html", [disks, stumble])
    for found, heading in ((front, "The last 14 days"), (Page(own.decode()), "Reports")):
        shown = found.text[found.text.rindex(heading) :]
        assert shown.index(disks.title) < shown.index(stumble.title), heading
    early = disks._replace(id="2026-11-18-early", title="Early", starts=at("2026-11-18 02:00"))
    early = early._replace(
        ends=at("2026-11-18 03:00"), updates=(announced._replace(at=at("2026-11-17 09:00")),)
    )
    text = page("maintenance/index.html", [disks, early]).text
    assert text.index(disks.title) < text.index(early.title)


def test_a_next_update_that_has_not_come_is_said_to_be_late() -> None:
    promise = OPEN.updates[-1]._replace(next_update=NOW - timedelta(minutes=5))
    late = OPEN._replace(updates=(*OPEN.updates[:-1], promise))
    for path in ("index.html", f"incidents/{OPEN.id}/index.html"):
        assert "It is late." in page(path, [late]).text


def test_an_unreadable_report_is_shown_with_its_raw_text_and_an_unknown_impact() -> None:
    for path in ("index.html", f"incidents/{UNREADABLE.id}/index.html"):
        found = page(path, [UNREADABLE])
        assert "cannot be read at the moment. Its impact is not known" in found.text
        assert "Unknown impact" in found.text
        assert "--- title: [" in found.text
        assert "No impact" not in found.text
    assert "All systems operational" not in page("index.html", [UNREADABLE]).text


def test_an_older_version_that_stands_in_is_shown_even_if_it_is_over() -> None:
    incident = RESOLVED._replace(stand_in=StandIn(commit="0123456789abcdef"))
    found = page("index.html", [incident])
    assert "One report could not be read: The till was closed" in found.text
    assert "It stays open." in found.text
    text = page(f"incidents/{RESOLVED.id}/index.html", [incident]).text
    assert "This is the version of commit 0123456789ab" in text


def test_links_of_a_text_lead_to_the_same_place_from_the_front_page() -> None:
    assert f"incidents/{OPEN.id}/log.html" in page("index.html", [OPEN]).links
    assert "log.html" in page(f"incidents/{OPEN.id}/index.html", [OPEN]).links


def test_a_group_names_the_component_that_is_down() -> None:
    assert "Payments Partial outage: Checkout" in page("index.html", [OPEN]).text


def test_a_notice_and_running_maintenance_stand_on_the_front_page() -> None:
    found = page("index.html", [NOTICE, RUNNING])
    assert "Notice API v1 ends in spring" in found.text
    assert "Maintenance · In progress Refunds are maintained" in found.text


def test_components_that_are_gone_or_hidden_while_well_are_not_listed() -> None:
    api, *others = CONFIG.components
    config = CONFIG._replace(components=(api._replace(only_show_if_degraded=True), *others))
    for incidents, listed in (([], False), ([OPEN], True)):
        ((_, content),) = render_front_page(site_of(incidents, config))
        found = Page(content.decode())
        assert ("components/api/index.html" in found.links) is listed
        assert "components/fax/index.html" not in found.links


def test_the_page_of_a_component_that_is_gone_does_not_call_it_operational() -> None:
    text = Page(by_path(component_pages_of(site_of([])))["components/fax/index.html"].decode()).text
    assert text.startswith("No longer in use: ")
    assert "Operational" not in text


def test_only_a_page_without_components_says_that_none_is_set_up() -> None:
    said = "No component is set up yet"
    hidden = tuple(one._replace(only_show_if_degraded=True) for one in CONFIG.components)
    for components, is_said in ((), True), (hidden, False):
        config = CONFIG._replace(components=components, groups=(), layout=())
        ((_, content),) = render_front_page(site_of([], config))
        assert (said in Page(content.decode()).text) is is_said


def test_nothing_was_reported_is_said_only_if_nothing_stands_above() -> None:
    assert "Nothing was reported." in page("index.html", []).text
    for one in (OPEN, RUNNING, NOTICE):
        text = page("index.html", [one]).text
        assert "Nothing else was reported." in text
        assert "Nothing was reported." not in text


def test_of_many_affected_components_the_front_page_names_twelve() -> None:
    components = tuple(Component(f"c{number}", f"Service {number}") for number in range(40))
    config = CONFIG._replace(
        components=components, groups=(), layout=tuple(one.id for one in components)
    )
    wide = OPEN._replace(
        components=tuple(Affected(one.id) for one in components),
        updates=tuple(one._replace(changes=()) for one in OPEN.updates),
    )
    ((_, content),) = render_front_page(site_of([wide], config))
    text = Page(content.decode()).text
    assert "Affects Service 0 Service 1 " in text
    assert "Service 11 28 more" in text


def test_headings_of_an_update_follow_those_above_them() -> None:
    def told(one: Incident) -> Incident:
        newest = one.updates[-1]._replace(text="### Cause\n\nA disk.\n\n#### More\n\nText.")
        return one._replace(updates=(*one.updates[:-1], newest))

    second = told(OPEN._replace(id="second", pin=True))
    site = replace(site_of([told(OPEN), second]), markdown=lambda text: render(text).html)
    ((_, content),) = render_front_page(site)
    levels = [int(level) for level in re.findall(r"<h([1-6])", content.decode())]
    assert all(level <= above + 1 for above, level in pairwise(levels))


def test_worse_incidents_stand_before_others() -> None:
    graver = OPEN._replace(id="graver", title="Graver", impact=Impact.CRITICAL)
    lighter = [
        OPEN._replace(id=f"lighter-{number}", title=f"Lighter {number}", impact=Impact.MINOR)
        for number in range(2)
    ]
    found = page("index.html", [*lighter, graver, OPEN]).text
    assert found.index("Graver") < found.index(OPEN.title) < found.index("Lighter 0")


def many(count: int, *, is_open: bool) -> list[Incident]:
    """Return incidents of the last days."""
    last = Status.MONITORING if is_open else Status.RESOLVED
    return [
        Incident(
            id=f"incident-{number:04}",
            title=f"Incident {number}",
            components=(Affected("api"),),
            updates=(
                update(f"incident-{number:04}", Status.INVESTIGATING, f"{when:%Y-%m-%d %H:%M}"),
                update(
                    f"incident-{number:04}", last, f"{when + timedelta(minutes=5):%Y-%m-%d %H:%M}"
                ),
            ),
        )
        for number in range(count)
        for when in (NOW - timedelta(hours=1, minutes=number),)
    ]


@pytest.mark.parametrize("is_open", [False, True])
def test_front_and_component_pages_are_bounded(is_open: bool) -> None:  # noqa: FBT001 (both)
    sizes = []
    for count in (100, 400):
        site = site_of(many(count, is_open=is_open))
        files = by_path([*render_front_page(site), *component_pages_of(site)])
        sizes.append([len(files[path]) for path in sorted(files)])
    assert all(abs(few - more) < 100 for few, more in zip(*sizes, strict=True))


def test_what_is_left_out_of_the_front_page_is_counted_and_linked() -> None:
    assert "88 more, and the whole history" in page("index.html", many(100, is_open=False)).text
    assert "80 more in the history" in page("index.html", many(100, is_open=True)).text


def test_long_incidents_show_their_newest_updates_on_the_front_page() -> None:
    updates = tuple(
        update("long", Status.INVESTIGATING, f"2026-11-21 10:{minute:02}", f"Minute {minute}.")
        for minute in range(30)
    )
    text = page("index.html", [Incident(id="long", title="Long", updates=updates)]).text
    assert "Minute 29." in text
    assert "Minute 24." not in text
    assert "All 30 updates" in text
