from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from coach_examples import CONFIG, EXAMPLES, PATH
from stopwatch import within

from statusgen.coach import judge
from statusgen.content import parse_incident
from statusgen.content.spots import locate_spots
from statusgen.model import Coaching, CoachRule, Config, Incident, Strictness
from statusgen.problems import Severity
from statusgen.timeline.owed import GRACE

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def incident(rule: str) -> Incident:
    return read(EXAMPLES[rule])


def read(text: str) -> Incident:
    raw = text.lstrip().encode()
    return parse_incident(PATH, raw, ZoneInfo("UTC"), {"api", "checkout"}).incident


def rules(one: Incident, config: Config = CONFIG, now: datetime = NOW) -> list[str]:
    return sorted(finding.rule.value for finding in judge(config, [one], now))


def with_rules(*rules_: tuple[CoachRule, Strictness], since: date | None = None) -> Config:
    return CONFIG._replace(coach=Coaching(rules_, since))


# ── what a page makes of a rule ───────────────────────────────────────────────────────────────


def test_a_rule_that_is_off_says_nothing() -> None:
    off = with_rules((CoachRule.RELATIVE_DAY, Strictness.OFF))
    assert rules(incident("IC-10")) == ["IC-10"]
    assert rules(incident("IC-10"), off) == []


@pytest.mark.parametrize("strictness", [Strictness.ADVICE, Strictness.WARNING, Strictness.ERROR])
def test_a_rule_weighs_what_the_page_says(strictness: Strictness) -> None:
    config = with_rules((CoachRule.RELATIVE_DAY, strictness))
    (finding,) = judge(config, [incident("IC-10")], NOW)
    assert finding.severity is not None
    assert finding.severity.value == strictness.value


def test_of_what_was_over_before_a_day_nothing_is_said() -> None:
    over = incident("IC-17")
    assert rules(over, with_rules(since=date(2026, 11, 20))) == ["IC-17"]
    assert rules(over, with_rules(since=date(2026, 11, 21))) == []


def test_what_is_open_is_judged_however_old_it_is() -> None:
    assert "IC-10" in rules(incident("IC-10"), with_rules(since=date(2026, 11, 22)))


def test_of_imported_texts_there_is_advice_at_most_but_secrets_stay_errors() -> None:
    text = EXAMPLES["IC-30"].replace("UTC\n\nCard", "UTC\ncode: abc\n\nCard yesterday: card")
    found = {one.rule.value: one.severity for one in judge(CONFIG, [read(text)], NOW)}
    assert found["IC-30"] is Severity.ERROR
    assert found["IC-10"] is Severity.ADVICE


def test_what_goes_on_after_an_import_is_judged_in_full() -> None:
    text = EXAMPLES["IC-10"].replace("---\n\n", "code: abc\n---\n\n")
    found = {one.rule.value: one.severity for one in judge(CONFIG, [read(text)], NOW)}
    assert found["IC-10"] is Severity.WARNING


def test_a_draft_is_judged_by_its_texts_and_owes_nothing() -> None:
    draft = read(EXAMPLES["IC-02"].replace("---\n\n", "draft: true\n---\n\n"))
    assert rules(draft) == []
    assert rules(incident("IC-10")._replace(draft=True)) == ["IC-10"]


def test_names_of_the_inside_may_stand_in_what_is_for_the_company() -> None:
    assert rules(incident("IC-29")._replace(audience="internal")) == []


def test_no_message_repeats_a_secret() -> None:
    (finding,) = judge(CONFIG, [incident("IC-30")], NOW)
    assert "AKIA" not in f"{finding.message}{finding.hint}"


# ── at the second ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("rule", "example", "due"),
    [
        ("IC-02", "IC-02", NOW.replace(hour=11, minute=55) + GRACE),
        ("IC-03", "IC-03", NOW.replace(hour=11, minute=50)),
        ("IC-15", "IC-15", NOW.replace(hour=11, minute=55)),
        ("IC-21", "IC-21", datetime(2026, 11, 17, 11, 2, tzinfo=UTC)),
        ("IC-20", "IC-20", datetime(2026, 11, 17, 11, 2, 1, tzinfo=UTC)),
        ("IC-35", "IC-35", datetime(2026, 11, 17, 11, 50, 1, tzinfo=UTC)),
    ],
)
def test_what_falls_due_is_told_from_that_second_on(rule: str, example: str, due: datetime) -> None:
    one = incident(example)
    assert rule in rules(one, now=due)
    assert rule not in rules(one, now=due - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("started", "impact", "told"),
    [
        ("11:35", "degraded_performance", []),
        ("11:34", "degraded_performance", ["IC-01"]),
        ("11:40", "major_outage", []),
        ("11:39", "major_outage", ["IC-01"]),
    ],
)
def test_the_first_notice_is_expected_sooner_the_worse_it_is(
    started: str, impact: str, told: list[str]
) -> None:
    text = EXAMPLES["IC-01"].replace("11:20", started).replace("degraded_performance", impact)
    assert rules(read(text)) == told


@pytest.mark.parametrize(
    ("announced", "told"), [("2026-11-19 05:00", []), ("2026-11-19 05:01", ["IC-36"])]
)
def test_a_maintenance_is_announced_three_days_ahead(announced: str, told: list[str]) -> None:
    one = read(EXAMPLES["IC-36"].replace("2026-11-21 09:00", announced))
    assert rules(one) == told


def test_of_a_cancelled_maintenance_no_lead_is_asked() -> None:
    text = EXAMPLES["IC-36"] + "\n## Cancelled · 2026-11-21 10:00 UTC\n\nIt will not happen.\n"
    assert rules(read(text)) == []


# ── where it stands ───────────────────────────────────────────────────────────────────────────

LAYOUTS = {
    "plain": "## Identified · 2026-11-20 10:00 UTC\n\nOne.\nTwo.\nX Three.\n",
    "key lines": "## Identified · 2026-11-20 10:00 UTC\nauthor: Ann\n\nX One.\n",
    "a prose key": "## Identified · 2026-11-20 10:00 UTC\nimpact: some of you\n\nX One.\n",
    "a stray change": (
        "## Identified · 2026-11-20 10:00 UTC\n\nOne.\ncomponents: api=operational\nX Two.\n"
    ),
    "an escaped heading": (
        "## Identified · 2026-11-20 10:00 UTC\n\n\\## Resolved · 2026-11-20 11:00 UTC\nX Two.\n"
    ),
    "the second of a minute": (
        "## Identified · 2026-11-20 10:00 UTC\n\nOne.\n\n"
        "## Identified · 2026-11-20 10:00 UTC\n\nX Two.\n"
    ),
    "newest first": (
        "## Resolved · 2026-11-20 11:00 UTC\n\nDone.\n\n"
        "## Identified · 2026-11-20 10:00 UTC\n\nX Two.\n"
    ),
    "lines of windows": "## Identified · 2026-11-20 10:00 UTC\r\n\r\nOne.\r\nX Two.\r\n",
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_a_finding_has_the_place_of_its_words(layout: str) -> None:
    text = f"---\ntitle: Cards fail\n---\n\n{layout}".replace("X", "AKIAIOSFODNN7EXAMPLE")
    raw = text.encode()
    one = parse_incident(PATH, raw, ZoneInfo("UTC"), {"api"}).incident
    (secret,) = [f for f in judge(CONFIG, [one], NOW) if f.rule is CoachRule.SECRET]
    (where,) = locate_spots(PATH, raw, ZoneInfo("UTC"), [secret.spot])
    line = text.replace("\r\n", "\n").split("\n")[where.line - 1]
    assert line[where.column - 1 :].startswith("AKIA")


def test_of_one_rule_no_more_is_said_than_anybody_reads() -> None:
    updates = "".join(
        f"\n## Update · 2026-11-21 {10 + minute // 60}:{minute % 60:02} UTC\n\n{'the ' * 200}\n"
        for minute in range(300)
    )
    text = f"---\ntitle: Payments fail\ncomponents: [checkout]\n---\n{updates}"
    with within(2):
        found = judge(CONFIG, [read(text)], NOW)
        locate_spots(PATH, text.encode(), ZoneInfo("UTC"), [one.spot for one in found])
    slips = [one for one in found if one.rule is CoachRule.TYPO]
    assert len(slips) == 30
    assert slips[-1].message.endswith(", and there is more of this")
