from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from acme_site import CONFIG, at, site_of, update

from statusgen.model import (
    Affected,
    Component,
    ComponentStatus,
    Config,
    Incident,
    Kind,
    Objective,
    Status,
    UptimeRule,
)
from statusgen.site.context import Site
from statusgen.site.pages.uptime_page import render_uptime
from statusgen.site.views.uptime import UptimeView, figure_views, rule_text, uptime_view
from statusgen.site.words.language import ENGLISH

API = CONFIG.components[0]
TODAY = date(2026, 11, 21)


def outage(start: str, end: str, status: str = "major_outage") -> Incident:
    id_ = f"outage-{start[:10]}"
    return Incident(
        id=id_,
        title=f"Outage of {start[:10]}",
        components=(Affected("api", ComponentStatus(status)),),
        updates=(
            update(id_, Status.INVESTIGATING, start),
            update(id_, Status.RESOLVED, end),
        ),
    )


def site_with(*incidents: Incident, component: Component = API, rule: str = "") -> Site:
    """Return a site of one component."""
    config = CONFIG._replace(components=(component,), groups=(), layout=("api",))
    if rule:
        config = config._replace(uptime=UptimeRule(rule, partial=100))
    return site_of(incidents, config)


def view_of(*incidents: Incident, component: Component = API) -> UptimeView:
    return uptime_view(site_with(*incidents, component=component), component, with_days=True)


def test_a_perfect_bar_is_one_run_and_exactly_100_percent() -> None:
    view = view_of()
    assert [(run.start, run.length, run.state) for run in view.runs] == [(0, 90, "operational")]
    assert view.figure.percent == "100"
    assert view.days == ()


def test_a_bar_marks_each_day_by_its_worst_status() -> None:
    view = view_of(
        outage("2026-11-20 10:00", "2026-11-20 11:00", "degraded_performance"),
        outage("2026-11-20 12:00", "2026-11-20 12:01", "partial_outage"),
        outage("2026-11-18 10:00", "2026-11-19 11:00"),
    )
    assert [(run.start, run.length, run.state) for run in view.runs] == [
        (0, 86, "operational"),
        (86, 2, "major_outage"),
        (88, 1, "partial_outage"),
        (89, 1, "operational"),
    ]


def test_a_higher_mark_is_a_worse_state() -> None:
    statuses = ("degraded_performance", "partial_outage", "major_outage")
    incidents = [
        outage(f"2026-11-{10 + 2 * number} 10:00", f"2026-11-{10 + 2 * number} 11:00", status)
        for number, status in enumerate(statuses)
    ]
    view = view_of(*incidents, component=API._replace(since=date(2026, 11, 1)))
    heights = {run.state: run.height for run in view.runs}
    order = ("unknown", "operational", *statuses)
    assert sorted(heights, key=heights.__getitem__) == list(order)
    assert len(set(heights.values())) == len(order)


def test_days_without_data_are_unknown_and_not_up() -> None:
    view = view_of(component=API._replace(since=TODAY - timedelta(days=9)))
    assert [(run.length, run.state) for run in view.runs] == [(80, "unknown"), (10, "operational")]
    never = view_of(component=API._replace(uptime=Objective(source="probes")))
    assert [(run.length, run.state) for run in never.runs] == [(90, "unknown")]
    assert (never.figure.percent, never.figure.source) == ("", "our probes")


def test_days_on_which_a_component_was_not_there_are_not_told_as_imperfect() -> None:
    for component in (
        API._replace(since=TODAY - timedelta(days=9)),
        API._replace(until=TODAY - timedelta(days=9)),
        API._replace(uptime=Objective(source="probes")),
    ):
        assert view_of(component=component).days == ()


def test_the_days_that_were_not_perfect_tell_how_long_and_why() -> None:
    incident = outage("2026-11-18 22:30", "2026-11-19 11:00")
    newest, oldest = view_of(incident).days
    assert (newest.date, oldest.date) == (date(2026, 11, 19), date(2026, 11, 18))
    assert newest.lasted == ((ComponentStatus.MAJOR_OUTAGE, "12 h"),)
    assert oldest.lasted == ((ComponentStatus.MAJOR_OUTAGE, "30 min"),)
    assert {link.title for day in (newest, oldest) for link in day.records} == {incident.title}
    assert {link.link for link in newest.records} == {f"incidents/{incident.id}/index.html"}


def test_maintenance_is_marked_although_it_counts_as_up() -> None:
    maintenance = Incident(
        id="m",
        title="M",
        kind=Kind.MAINTENANCE,
        components=(Affected("api"),),
        starts=at("2026-11-19 10:00"),
        ends=at("2026-11-19 12:00"),
    )
    view = view_of(maintenance)
    assert [run.state for run in view.runs] == ["operational", "under_maintenance", "operational"]
    assert view.figure.percent == "100"


def test_a_figure_is_cut_off_and_says_what_it_means() -> None:
    site = site_with(outage("2026-11-20 10:00", "2026-11-20 10:01"), rule="incident-io")
    figure = uptime_view(site, API, with_days=False).figure
    assert figure.percent == "99.99"
    assert (figure.period, figure.last - figure.first) == ("last 90 days", timedelta(days=89))
    assert (figure.rule, figure.source) == ("incident-io", "our reports")


@pytest.mark.parametrize(("objective", "is_met"), [(99.9, True), (99.99999, False), (None, False)])
def test_an_objective_is_compared_with_the_exact_figure(
    objective: float | None,
    is_met: bool,  # noqa: FBT001 (the expected value)
) -> None:
    component = API._replace(uptime=Objective(objective=objective))
    figure = view_of(outage("2026-11-20 10:00", "2026-11-20 10:01"), component=component).figure
    assert (figure.objective, figure.is_met) == (objective, is_met)


def test_the_other_usual_periods_follow() -> None:
    site = site_with(outage("2026-11-10 00:00", "2026-11-11 00:00"))
    figures = {one.period: one.percent for one in figure_views(site, API)}
    # The 30 days have 721 hours: the clocks changed on 25 October.
    assert figures == {
        "last 7 days": "100",
        "last 30 days": "96.67",
        "last 90 days": "98.88",
        "last 365 days": "99.69",
    }


def test_a_figure_says_how_many_of_its_days_it_knows_of() -> None:
    def counted(since: date) -> dict[str, str]:
        api = API._replace(since=since)
        site = site_of([], CONFIG._replace(components=(api, *CONFIG.components[1:])))
        return {one.period: one.counted for one in figure_views(site, api)}

    assert set(counted(date(2020, 1, 1)).values()) == {""}
    assert counted(TODAY - timedelta(days=9)) == {
        "last 7 days": "",
        "last 30 days": "10 days counted",
        "last 90 days": "10 days counted",
        "last 365 days": "10 days counted",
    }
    assert set(counted(TODAY).values()) == {"1 day counted"}
    assert set(counted(TODAY + timedelta(days=1)).values()) == {""}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (
            UptimeRule(),
            "statuspage, which counts 100 % of major outage and 30 % of partial outage as",
        ),
        (
            UptimeRule("custom", degraded=5, partial=50),
            "100 % of major outage, 50 % of partial outage and 5 % of degraded performance",
        ),
        (UptimeRule("custom", partial=0, major=0), "custom: nothing counts as down."),
    ],
)
def test_the_rule_is_told_in_words(rule: UptimeRule, text: str) -> None:
    assert text in rule_text(rule, ENGLISH).replace("\N{NO-BREAK SPACE}", " ")


def table_rows(config: Config, *incidents: Incident) -> list[list[str]]:
    """Return the rows of the uptime page's first table of periods as words."""
    ((_, content),) = render_uptime(site_of(incidents, config))
    text = content.decode().replace("\N{NO-BREAK SPACE}", " ")
    table = text.partition('id="table-1"')[2].partition("</table>")[0]
    return [
        [re.sub("<[^>]+>", "", cell) for cell in re.findall("<t[dh].*?</t[dh]>", row)]
        for row in table.split("<tr>")[1:]
    ]


def test_the_uptime_page_has_each_group_before_its_components() -> None:
    config = CONFIG._replace(page=CONFIG.page._replace(timezone="UTC", since=date(2026, 11, 1)))
    incident = outage("2026-11-20 00:00", "2026-11-21 00:00")._replace(
        components=(Affected("refunds", ComponentStatus.MAJOR_OUTAGE),),
    )
    head, *rows = table_rows(config, incident)
    assert head == ["Component", "7 days", "30 days", "90 days", "365 days", "Source"]
    assert [row[0] for row in rows] == [
        "API",
        "Payments",
        "Checkout",
        "Refunds",
        "Fax",
    ]
    cells = {row[0]: row[1:3] for row in rows}
    assert cells["Refunds"] == ["85.71 %", "95.23 %"]
    assert cells["Payments"] == ["92.85 %", "97.61 %"]
    assert cells["Fax"] == ["unknown", "unknown"]
    assert {row[-1] for row in rows} == {"our reports", "average of its components"}
