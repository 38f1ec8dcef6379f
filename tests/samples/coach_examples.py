"""An example of each of the coach's rules, and what is said of it: docs/coach.md shows both."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from statusgen.coach import judge
from statusgen.content import parse_incident
from statusgen.content.spots import locate_spots
from statusgen.model import Component, Config, Page
from statusgen.problems import Problem, Severity

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PATH = "incidents/example.md"
CONFIG = Config(
    Page("Acme", "https://status.acme.example"),
    components=(Component("api", "API"), Component("checkout", "Checkout")),
)
TWO_LANGUAGES = Config(
    Page("Acme", "https://status.acme.example", languages=("en", "de")),
    components=CONFIG.components,
)


def said_of(rule: str) -> str:
    """Return what the coach says of a rule's example, as far as it is this rule that says it."""
    return "\n".join(str(one) for one in problems_of(rule) if one.code == rule)


def problems_of(rule: str) -> list[Problem]:
    """Return all that the coach says of a rule's example."""
    config = TWO_LANGUAGES if rule == "IC-40" else CONFIG
    raw = EXAMPLES[rule].lstrip().encode()
    ids = {one.id for one in config.components}
    reading = parse_incident(PATH, raw, ZoneInfo("UTC"), ids)
    assert reading.problems == (), rule
    found = judge(config, [reading.incident], NOW)
    places = locate_spots(PATH, raw, ZoneInfo("UTC"), [one.spot for one in found])
    return [
        Problem(one.rule.value, one.message, where, one.hint, one.severity or Severity.ADVICE)
        for one, where in zip(found, places, strict=True)
    ]


def _told(text: str, status: str = "Investigating", title: str = "Card payments fail") -> str:
    return f"""
---
title: {title}
components: {{checkout: degraded_performance}}
---

## {status} · 2026-11-21 11:50 UTC
next update: 12:20 UTC

{text}
"""


def _over(text: str, keys: str = "", day: str = "2026-11-20") -> str:
    return f"""
---
title: Card payments fail
components: {{checkout: degraded_performance}}{keys}
---

## Investigating · {day} 10:05 UTC

About one in five card payments is declined.

## Resolved · {day} 11:02 UTC

{text}
"""


_GOOD_END = "Card payments work again. They failed from 09:58 to 10:55 UTC."


def _work(starts: str, ends: str, announced: str, text: str) -> str:
    return f"""
---
title: Card payments move to a new gateway
type: maintenance
starts: {starts}
ends: {ends}
components: [checkout]
---

## Scheduled · {announced}

{text}
"""


_HARD = (
    "Authorisation requests originating from international institutions encounter failures "
    "because intermediary infrastructure components experience connectivity degradation."
)

EXAMPLES: dict[str, str] = {
    "IC-01": _told("Card payments are declined.").replace(
        "---\n\n", "detected: 2026-11-21 11:20 UTC\n---\n\n"
    ),
    "IC-02": _told("Card payments are declined.").replace("12:20", "11:55"),
    "IC-03": _told("Card payments are declined.")
    .replace("11:50", "10:50")
    .replace("next update: 12:20 UTC\n", ""),
    "IC-04": _told("Card payments are declined.").replace("next update: 12:20 UTC\n", ""),
    "IC-05": _over(_GOOD_END, "\nstarted: 2026-11-20 10:30 UTC"),
    "IC-07": _told("Card payments will be slow until Sunday, 23 November 2026."),
    "IC-08": _work(
        "2026-12-05 05:30 UTC",
        "2026-12-05 06:00 UTC",
        "2026-11-16 09:00 UTC",
        "Card payments may fail on 5 December 2026 between 05:00 and 06:00 UTC.",
    ).replace("05:00 and 06:00 UTC", "05:00 UTC and 06:00 UTC"),
    "IC-09": _told("Card payments fail since 11:40."),
    "IC-10": _told("Card payments fail since yesterday."),
    "IC-11": _told("Card payments are declined.", title="Disruption with some services"),
    "IC-12": _told("Cloudflare has an outage."),
    "IC-13": _told("Card payments fail. The root cause is a bad release."),
    "IC-14": _told("Card payments fail. This will be fixed in 10 minutes."),
    "IC-15": _told("Card payments fail.").replace("UTC\n\nCard", "UTC\neta: 11:55 UTC\n\nCard"),
    "IC-16": _told("We are investigating the issue.", title="Service disruption"),
    "IC-17": _over("This incident has been resolved."),
    "IC-18": _over("Card payments work again.").replace("degraded_performance", "major_outage"),
    "IC-19": _told("Card payments are declined.")
    + """
## Update · 2026-11-21 11:58 UTC
next update: 12:20 UTC

Card payments are declined.
""",
    "IC-20": _over(f"{_GOOD_END} A full report will follow.", day="2026-11-14"),
    "IC-21": _over(_GOOD_END, day="2026-11-14").replace("degraded_performance", "major_outage"),
    "IC-22": _over(_GOOD_END, "\nimpact: minor")
    + """
## Postmortem · 2026-11-20 15:00 UTC

The gateway refused our connections. We are very sorry, and thank all who wrote to us on that day,
who were patient with our support, and who told us what they saw, which was of great help to those
who worked on it until it was over.
""",
    "IC-23": _told("Card payments fail. An engineer deleted a key by mistake.", "Identified"),
    "IC-24": _told("Card payments fail. We apologize for any inconvenience."),
    "IC-25": _told("Card payments fail. Hang in there!"),
    "IC-26": _told(
        "Card payments fail for those who pay with a card of a bank that asks for a second "
        "factor, which most do in Europe, while cards of other banks and all transfers work as "
        "they should and no payment is taken twice or lost."
    ),
    "IC-27": _told(
        "\n".join(["Card payments fail. We looked at the gateway and saw nothing odd."] * 11)
    ),
    "IC-28": _told("Card payments fail. TODO: say for whom."),
    "IC-29": _told("Card payments fail: db-07.corp is down.", "Identified"),
    "IC-30": _told("Card payments fail: AKIAIOSFODNN7EXAMPLE is blocked.", "Identified"),
    "IC-31": _told("Card payments fail. Write to jane.doe@acme.test."),
    "IC-32": _told("Card payments fail with 5xx."),
    "IC-33": _told("Card payments fail.").replace("---\n\n", "impact: critical\n---\n\n"),
    "IC-34": _over(_GOOD_END)
    + """
## Identified · 2026-11-20 12:00 UTC

Card payments fail.

## Resolved · 2026-11-20 12:30 UTC

Card payments work.
""",
    "IC-35": _told("Card payments fail.")
    .replace("2026-11-21 11:50", "2026-11-10 11:50")
    .replace("12:20", "2026-11-21 12:20"),
    "IC-36": _work(
        "2026-11-22 05:00 UTC",
        "2026-11-22 06:00 UTC",
        "2026-11-21 09:00 UTC",
        "Card payments may fail for ten minutes.",
    ),
    "IC-37": _told("Card payments may fail until midnight."),
    "IC-38": _told("Card payments fail. What works is listed [here](https://acme.example/pay)."),
    "IC-39": _told(
        "Card payments are declined.",
        title="Card payments fail for some customers who pay with a card of a bank that asks twice",
    ),
    "IC-40": _told("Card payments are declined.").replace("11:50", "11:20"),
    "IC-41": _told("Card payments fail since the the update."),
    "IC-42": _told(
        "\n".join([_HARD] * 5),
    ),
}
