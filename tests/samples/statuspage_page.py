"""A page with all that Statuspage's format allows, and what real pages have in them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from statuspage_source import (
    PAGE,
    affected,
    component,
    group,
    incident,
    maintenance,
    summary,
    update,
)

Json = dict[str, Any]
MARKDOWN = """\
*bold* _it_ `code` [l](http://acme.example) # h
# h1
- a
1. b
> q
    code
\ttab
| a | b |
|---|---|
<b\\>ok & &amp; &lt; \\* ~~x~~ https://acme.example/a_b_c?x=1&y=2."""


def _day(day: int, clock: str = "10:00:00") -> str:
    return f"2026-11-{day:02}T{clock}.000Z"


API = component(
    1,
    "API",
    position=1,
    description='REST & GraphQL: "all" of it',
    start_date="2026-02-01",
    showcase=True,
    status="under_maintenance",
)
CHECKOUT = component(2, "Checkout", position=1)
PAYMENTS_API = component(3, "API", position=2)
SHOP = component(4, "API", position=1, only_show_if_degraded=True)
JAPANESE = component(5, "日本語", position=1, status="partial_outage")
PAYMENTS = group(6, "Payments", [CHECKOUT, PAYMENTS_API], position=2)
KANJI = group(7, "決済", [SHOP, JAPANESE], position=2, status="partial_outage")
BY_HAND = component(
    8,
    "Checkout",
    position=3,
    status="degraded_performance",
    updated_at="2026-11-20T10:00:00.000Z",
)
ACCENTS = component(9, "Ünïcode & Co. #1 - x", position=3, description="")
GONE = component(10, "Gone", position=4)
LISTED = [API, JAPANESE, SHOP, CHECKOUT, PAYMENTS_API, KANJI, PAYMENTS, ACCENTS, BY_HAND]
LISTED.sort(key=lambda one: one["position"])


def incidents() -> list[Json]:
    """Return incidents of every kind, newest first."""
    found = [
        incident(
            1,
            [
                update(
                    1,
                    "investigating",
                    _day(1),
                    "Looking.",
                    affected_components=[
                        affected("Payments - Checkout", CHECKOUT, "operational", "major_outage"),
                        affected("API", API, "operational", "degraded_performance"),
                    ],
                ),
                update(
                    2,
                    "identified",
                    _day(1, "10:10:00"),
                    "Found.\r\nSecond line\r\n\r\nNew paragraph.",
                    affected_components=[
                        affected("Payments - Checkout", CHECKOUT, "operational", "partial_outage"),
                    ],
                    tweet_id=123456789012345678,
                    custom_tweet='We are "on" it: yes',
                ),
                update(3, "monitoring", _day(1, "10:20:00"), None, deliver_notifications=False),
                update(
                    4,
                    "resolved",
                    _day(1, "10:30:00"),
                    affected_components=[
                        affected("Payments - Checkout", CHECKOUT, "partial_outage", "operational"),
                    ],
                ),
                update(
                    5,
                    "postmortem",
                    _day(3),
                    "# Summary\n\n## Cause\n\n* one\n* two\n\n## Resolved · 2026-11-01 10:00\n",
                ),
            ],
            [API, CHECKOUT],
            impact="critical",
        ),
        incident(
            2,
            [
                update(10, "investigating", _day(4), "next update: soon\ncomponents: api"),
                update(11, "investigating", _day(4), "## Resolved · 2026-11-04 10:05 UTC\nsame"),
                update(12, "identified", _day(4), "---\ntitle: x\n---"),
                update(13, "resolved", _day(4, "11:00:00"), "<<<<<<< HEAD\na\n=======\n>>>>>>> x"),
            ],
        ),
        incident(
            3,
            [
                update(20, "investigating", _day(5), MARKDOWN),
                update(21, "resolved", _day(5, "11:00:00"), "  leading and\n\n\n\ndeep\n"),
            ],
            name='"Quotes": #1 - {x} [y] & *z* \' %  two spaces',
        ),
        incident(
            4,
            [
                update(
                    30,
                    "resolved",
                    _day(6),
                    "Told the day after",
                    created_at="2026-11-07T10:00:00.500Z",
                    updated_at="2026-11-08T10:00:00.501Z",
                ),
            ],
            started_at="2026-11-07T10:00:00.490Z",
            updated_at="2026-11-08T10:00:01.000Z",
            impact="none",
        ),
        incident(
            5,
            [
                update(40, "investigating", _day(7), "< 5 minutes, see <host>"),
                update(
                    41,
                    "resolved",
                    _day(7, "10:01:00"),
                    'ok <a href="https://acme.example/?a=1&amp;b=2">link</a><br>and < 5 minutes',
                ),
            ],
            impact="major",
        ),
        incident(
            6,
            [
                update(
                    50,
                    "investigating",
                    _day(9),
                    "still open 😀 — ¿qué?",
                    affected_components=[
                        affected("決済 - 日本語", JAPANESE, "operational", "partial_outage"),
                    ],
                ),
            ],
            [JAPANESE],
            impact="major",
        ),
        incident(
            7,
            [
                update(
                    60,
                    "investigating",
                    _day(10),
                    "renamed and vanished",
                    affected_components=[
                        affected("Shop", CHECKOUT, "operational", "degraded_performance"),
                        affected("Gone", GONE, "operational", "major_outage"),
                    ],
                ),
                update(
                    61,
                    "resolved",
                    _day(10, "10:05:00"),
                    affected_components=[
                        affected("Shop", CHECKOUT, "degraded_performance", "operational"),
                        affected("Gone", GONE, "major_outage", "operational"),
                    ],
                ),
            ],
            [CHECKOUT],
            impact="critical",
        ),
    ]
    return [deepcopy(one) for one in reversed(found)]


def maintenances() -> list[Json]:
    """Return maintenances in every state, by the start of their windows."""
    planned = update(70, "scheduled", _day(1, "09:00:00"), "Planned.")

    def begun(number: int, day: int, clock: str) -> Json:
        return update(number, "in_progress", _day(day, clock), "Begun.")

    found = [
        maintenance(
            20,
            [
                {**planned, "id": "m00000000001"},
                begun(71, 12, "11:00:25"),
                update(72, "verifying", _day(12, "12:00:25"), "Looking."),
                update(73, "completed", _day(12, "13:00:25"), "Done."),
            ],
            _day(12, "11:00:00"),
            _day(12, "13:00:00"),
        ),
        maintenance(
            21,
            [
                {**planned, "id": "m00000000002"},
                update(74, "completed", _day(13, "13:00:25"), "It was never said to begin."),
            ],
            _day(13, "11:00:00"),
            _day(13, "13:00:00"),
        ),
        maintenance(
            22,
            [update(75, "completed", _day(14, "13:00:25"), "Told afterwards.")],
            _day(14, "11:00:00"),
            _day(14, "13:00:00"),
            impact="major",
        ),
        maintenance(
            23,
            [
                {**planned, "id": "m00000000003"},
                begun(76, 20, "11:00:25"),
                begun(77, 21, "05:00:25"),
            ],
            _day(20, "11:00:00"),
            _day(20, "13:00:00"),
        ),
        maintenance(
            24,
            [
                {**planned, "id": "m00000000004"},
                update(78, "verifying", _day(21, "10:00:25"), "Looking."),
            ],
            _day(21, "09:00:00"),
            _day(21, "10:00:00"),
        ),
        maintenance(
            25,
            [
                {**planned, "id": "m00000000005"},
                update(
                    79,
                    "in_progress",
                    _day(21, "11:00:25"),
                    "Begun.",
                    affected_components=[
                        affected("API", API, "operational", "under_maintenance"),
                    ],
                ),
            ],
            _day(21, "11:00:00"),
            _day(21, "13:00:00"),
            components=[API],
            started_at=_day(21, "11:00:00"),
        ),
        maintenance(
            26,
            [
                {
                    **planned,
                    "id": "m00000000006",
                    "affected_components": [affected("API", API, "operational", "operational")],
                },
            ],
            _day(25, "10:00:00"),
            _day(25, "12:00:00"),
            components=[API],
        ),
    ]
    return [deepcopy(one) for one in found]


def whole_page() -> dict[str, Json]:
    """Return the page's responses by file name, captured at noon of 21 November 2026."""
    is_open = {"investigating", "identified", "monitoring"}
    running = {"scheduled", "in_progress", "verifying"}
    shown = summary(
        LISTED,
        [one for one in incidents() if one["status"] in is_open],
        [one for one in maintenances() if one["status"] in running],
    )
    for one in shown["incidents"]:
        del one["reminder_intervals"]  # no summary seen has it
    shown["status"] = {"indicator": "minor", "description": "Minor Service Outage"}
    return {
        "summary.json": shown,
        "components.json": {"page": PAGE, "components": LISTED},
        "incidents.json": {"page": PAGE, "incidents": incidents()},
        "scheduled-maintenances.json": {"page": PAGE, "scheduled_maintenances": maintenances()},
    }
