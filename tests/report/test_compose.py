"""What belongs to a period, what is not known, and what is set beside it."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from timeline.values import API, MAJOR, WEB, at, config, incident, maintenance, update

from statusgen.model import Component, Config, Group, Impact, Incident, Objective, Override, StandIn
from statusgen.report import Report, parse_period, report_of
from statusgen.timeline import derive
from statusgen.timeline.costs import BY_HAND, costs
from statusgen.timeline.days import Period

NOW = "2026-11-26 10:00"
TODAY = date(2026, 11, 26)
TARGET = API._replace(uptime=Objective(objective=99.9))
HOUR = 3600


def outage(start: str, end: str | None = None, id_: str = "out", **fields: object) -> Incident:
    updates = [update("investigating", start)]
    if end is not None:
        updates.append(update("resolved", end))
    return incident(*updates, components={"api": MAJOR}, id=id_, **fields)


def report(
    *told: Incident,
    period: str = "2026-10",
    page: Config | None = None,
    now: str = NOW,
) -> Report:
    history = derive(page or config(API), told, at(now))
    asked = parse_period(period, TODAY).asked
    assert asked is not None
    return report_of(history, asked)


# ── what belongs to it ────────────────────────────────────────────────────────────────────────


def test_an_incident_counts_where_it_began_and_costs_where_it_was() -> None:
    told = outage("2026-09-30 23:00", "2026-10-01 02:00")
    september, october = report(told, period="2026-09"), report(told)
    assert [one.figures.incidents for one in (september, october)] == [1, 0]
    assert [one.lost for one in (*september.incidents, *october.carried)] == [HOUR, 2 * HOUR]
    assert october.figures.lost == 2 * HOUR


def test_what_was_over_before_the_period_is_not_carried_into_it() -> None:
    assert report(outage("2026-09-30 22:00", "2026-09-30 23:00")).carried == ()


def test_what_is_still_open_is_carried_into_every_period_since() -> None:
    told = outage("2026-09-30 22:00")
    assert [one.ended for one in report(told).carried] == [None]
    assert report(told, period="2027-01").carried == ()


def test_an_incident_whose_only_time_lies_ahead_began_now() -> None:
    told = outage("2027-11-26 09:00")
    assert report(told, period="2026-11").figures.incidents == 1
    assert report(told, period="2027-11").figures.incidents == 0


def test_an_unreadable_file_is_counted_so_that_nobody_trusts_the_figures() -> None:
    assert report(outage("2026-10-02 10:00", stand_in=StandIn("?"))).unreadable == 1


# ── what is not known ─────────────────────────────────────────────────────────────────────────


def test_a_period_to_come_is_unknown_and_has_no_months() -> None:
    found = report(outage("2026-10-02 10:00", "2026-10-02 11:00"), period="2027-03")
    assert (found.figures.uptime, found.figures.incidents) == (None, 0)
    assert found.components[0].unknown == 31 * 86400
    assert found.months == ()


def test_a_page_without_components_has_incidents_all_the_same() -> None:
    empty = config(API)._replace(components=())
    found = report(outage("2026-10-02 10:00", "2026-10-02 11:00"), page=empty)
    assert (found.figures.uptime, found.figures.incidents, found.components) == (None, 1, ())


def test_of_nothing_at_all_there_is_a_report() -> None:
    found = report()
    assert found.figures.uptime == 1
    assert found.figures.first_notice == (0, None, None, None)
    assert (found.vendors, found.causes, found.silences) == ((), (), ())


def test_a_component_that_came_later_counts_from_its_day() -> None:
    page = config(API, WEB._replace(since=date(2026, 10, 30)))
    web = report(page=page).components[1]
    assert (web.uptime.counted, web.unknown) == (2 * 86400, 29 * 86400)
    assert web.previous is None


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({"since": date(2026, 11, 1)}, ["api"]),
        ({"since": date(2026, 10, 31)}, ["api", "web"]),
        ({"until": date(2026, 9, 30)}, ["api"]),
        ({"until": date(2026, 10, 1)}, ["api", "web"]),
    ],
)
def test_a_component_that_was_not_there_is_not_in_it(
    fields: dict[str, date], names: list[str]
) -> None:
    page = config(API, Component("web", "Web", **fields))  # type: ignore[arg-type]  # days
    assert [one.component.id for one in report(page=page).components] == names


@pytest.mark.parametrize(("period", "hours"), [("2026-03", 743), ("2026-10", 745)])
def test_a_month_in_which_clocks_change_is_as_long_as_it_is(period: str, hours: int) -> None:
    (api,) = report(period=period, page=config(API, zone="Europe/Berlin")).components
    assert api.uptime.counted == hours * HOUR


# ── objectives ────────────────────────────────────────────────────────────────────────────────


def test_exactly_the_objective_is_met_and_leaves_nothing() -> None:
    start = at("2026-10-05 10:00")
    allowed = timedelta(seconds=31 * 86400 // 1000)
    for longer, is_met in ((0, True), (1, False)):
        end = start + allowed + timedelta(seconds=longer)
        told = incident(
            update("investigating", start), update("resolved", end), components={"api": MAJOR}
        )
        (api,) = report(told, page=config(TARGET)).components
        assert api.is_met is is_met
        assert api.budget is not None
        assert (api.budget.left >= 0) is is_met


def test_a_whole_objective_that_is_reached_to_the_second_is_met() -> None:
    page = config(API._replace(uptime=Objective(objective=99.9)))
    told = outage("2026-10-05 10:00", "2026-10-05 10:01:26")
    (api,) = report(told, page=page, period="2026-10-05").components
    assert api.uptime.fraction == 1 - Fraction(86, 86400)
    assert api.is_met


@pytest.mark.parametrize(
    ("objectives", "expected"),
    [((99.9, 99.9), 99.9), ((99.9, 99.0), None), ((99.9, None), None), ((None, None), None)],
)
def test_a_group_has_the_objective_that_its_components_share(
    objectives: tuple[float | None, ...], expected: float | None
) -> None:
    children = [
        Component(id_, id_, group="all", uptime=Objective(objective=objective))
        for id_, objective in zip(("api", "web"), objectives, strict=True)
    ]
    page = config(*children, groups=(Group("all", "All"),))
    told = outage("2026-10-05 00:00", "2026-10-06 00:00")
    (group,) = report(told, page=page).groups
    assert group.objective == expected
    assert group.uptime == 1 - Fraction(1, 62)
    assert group.is_met is (None if expected is None else False)


# ── whose the loss was ────────────────────────────────────────────────────────────────────────


def test_a_second_is_laid_to_the_worst_and_of_equals_to_the_first() -> None:
    told = [
        outage("2026-10-02 10:00", "2026-10-02 12:00", "one", upstream="Cloud"),
        outage("2026-10-02 11:00", "2026-10-02 13:00", "two"),
    ]
    found = report(*told)
    assert [one.lost for one in found.incidents] == [2 * HOUR, HOUR]
    assert [(one.name, one.lost, one.share) for one in found.vendors] == [
        ("Cloud", Fraction(2 * HOUR), Fraction(2, 3)),
        ("", Fraction(HOUR), Fraction(1, 3)),
    ]


def test_a_status_set_by_hand_is_no_incidents_loss() -> None:
    component = API._replace(override=Override(MAJOR, at("2026-10-02 10:00")))
    page = config(component)
    told = outage("2026-10-02 12:00", "2026-10-02 13:00")
    history = derive(page, [told], at(NOW))
    month = Period(date(2026, 10, 1), date(2026, 10, 31))
    found = costs(history, component, history.records, *month)
    assert found == {BY_HAND: 2 * HOUR * 100, "out": HOUR * 100}


def test_spellings_of_a_vendor_that_differ_in_capitals_are_one() -> None:
    told = [
        outage("2026-10-02 10:00", "2026-10-02 11:00", "one", upstream="Cloud"),
        outage("2026-10-03 10:00", "2026-10-03 11:00", "two", upstream=" CLOUD"),
    ]
    assert [(one.name, one.incidents) for one in report(*told).vendors] == [("Cloud", 2)]


# ── what came again ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("earlier", "cause", "is_found"),
    [
        ("2026-07-06 10:00", "Deployment", True),
        ("2026-07-04 10:00", "Deployment", True),
        ("2026-07-04 09:59", "Deployment", False),
        ("2026-09-01 10:00", "capacity", False),
        ("2026-09-01 10:00", "", False),
    ],
)
def test_an_incident_recurs_with_its_cause_within_90_days(
    earlier: str, cause: str, *, is_found: bool
) -> None:
    told = [
        outage(earlier, "2026-09-02 10:00", "one", cause=cause),
        outage("2026-10-02 10:00", "2026-10-02 11:00", "two", cause="deployment"),
    ]
    found = report(*told).recurrences
    assert [(one.record.id, one.earlier.id) for one in found] == [("two", "one")] * is_found


# ── months, and what was before ───────────────────────────────────────────────────────────────


def test_twelve_months_are_set_side_by_side_from_the_first_of_which_anything_is_known() -> None:
    told = outage("2026-05-02 10:00", "2026-05-02 11:00")
    firsts = [one.period.first for one in report(told).months]
    assert firsts == [date(2026, month, 1) for month in range(5, 11)]
    page = config(API)._replace(page=config(API).page._replace(since=date(2020, 1, 1)))
    assert len(report(told, page=page).months) == 12
    assert len(report(told, page=page, period="2024-01..2026-06").months) == 30


def test_months_end_with_the_present_one() -> None:
    page = config(API)._replace(page=config(API).page._replace(since=date(2026, 10, 10)))
    firsts = [one.period.first for one in report(page=page, period="2026").months]
    assert firsts == [date(2026, 10, 1), date(2026, 11, 1)]


def test_the_period_before_has_figures_of_its_own() -> None:
    told = [
        outage("2026-09-02 10:00", "2026-09-02 11:00", "one", impact=Impact.MINOR),
        outage("2026-10-02 10:00", "2026-10-02 12:00", "two"),
    ]
    found = report(*told)
    assert found.previous.impacts == ((Impact.MINOR, 1),)
    assert found.previous.to_resolve.median == HOUR
    assert found.figures.to_resolve.median == 2 * HOUR
    assert found.components[0].previous == 1 - Fraction(HOUR, 30 * 86400)


# ── maintenance, postmortems ──────────────────────────────────────────────────────────────────


def test_a_maintenance_tells_its_lead_and_how_much_it_went_over() -> None:
    told = maintenance(
        "2026-10-08 04:00",
        "2026-10-08 05:00",
        update("scheduled", "2026-10-05 04:00"),
        update("in_progress", "2026-10-08 05:00"),
        update("completed", "2026-10-08 05:20"),
    )
    (found,) = report(told).maintenance
    assert (found.lead, found.lasted, found.overrun) == (3 * 86400, 80 * 60, 20 * 60)


def test_a_lead_that_only_the_clock_knows_is_not_known() -> None:
    (found,) = report(maintenance("2026-10-08 04:00", "2026-10-08 05:00")).maintenance
    assert (found.lead, found.lasted, found.overrun) == (None, HOUR, 0)


def test_a_maintenance_that_was_called_off_is_listed_and_not_counted() -> None:
    called_off = update("cancelled", "2026-10-07 04:00")
    found = report(maintenance("2026-10-08 04:00", "2026-10-08 05:00", called_off))
    assert found.figures.maintenances == 0
    assert [one.overrun for one in found.maintenance] == [None]


@pytest.mark.parametrize(
    ("written", "now", "expected"),
    [
        (None, "2026-10-05 10:59", (0, 0)),
        (None, "2026-10-05 11:00", (0, 1)),
        ("2026-10-05 11:00", NOW, (1, 1)),
        ("2026-10-05 11:01", NOW, (0, 1)),
    ],
)
def test_a_postmortem_is_due_after_72_hours(
    written: str | None, now: str, expected: tuple[int, int]
) -> None:
    told = outage("2026-10-02 10:00", "2026-10-02 11:00")
    if written is not None:
        told = told._replace(updates=(*told.updates, update("postmortem", written)))
    assert report(told, now=now).figures.postmortems == expected


def test_what_is_still_silent_is_the_longest_silence() -> None:
    told = outage("2026-10-02 10:00")
    (silence,) = report(told).silences
    assert (silence.end, silence.seconds) == (None, 55 * 86400)
