"""The coach's rules by their names, and what a page makes of them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class CoachRule(StrEnum):
    """A rule on how an incident is told; the value is its id for ever."""

    FIRST_POST = "IC-01"
    OVERDUE_PROMISE = "IC-02"
    CADENCE = "IC-03"
    NO_NEXT_UPDATE = "IC-04"
    TIME_ORDER = "IC-05"
    WEEKDAY = "IC-07"
    TEXT_VERSUS_FIELD = "IC-08"
    TIME_WITHOUT_ZONE = "IC-09"
    RELATIVE_DAY = "IC-10"
    GENERIC_TITLE = "IC-11"
    VENDOR_FIRST = "IC-12"
    EARLY_CAUSE = "IC-13"
    HARD_ETA = "IC-14"
    PASSED_ETA = "IC-15"
    NO_IMPACT = "IC-16"
    EMPTY_RESOLVE = "IC-17"
    NO_WINDOW = "IC-18"
    REPEAT = "IC-19"
    PROMISED_POSTMORTEM = "IC-20"
    POSTMORTEM_DUE = "IC-21"
    POSTMORTEM_PARTS = "IC-22"
    BLAME = "IC-23"
    BOILER_APOLOGY = "IC-24"
    TONE = "IC-25"
    LONG_SENTENCE = "IC-26"
    LONG_UPDATE = "IC-27"
    PLACEHOLDER = "IC-28"
    LEAK = "IC-29"
    SECRET = "IC-30"  # noqa: S105  an id, no secret
    PERSONAL_DATA = "IC-31"
    JARGON = "IC-32"
    SEVERITY_MISMATCH = "IC-33"
    STATUS_REGRESS = "IC-34"
    STUCK = "IC-35"
    NOTICE_LEAD = "IC-36"
    UNCLEAR_MIDNIGHT = "IC-37"
    LINK_TEXT = "IC-38"
    LONG_TITLE = "IC-39"
    LANGUAGE_GAP = "IC-40"
    TYPO = "IC-41"
    READABILITY = "IC-42"


class Strictness(StrEnum):
    """What a page makes of a rule."""

    OFF = "off"
    ADVICE = "advice"
    WARNING = "warning"
    ERROR = "error"


class Coaching(NamedTuple):
    """How the coach judges this page: rules that weigh other than usual, and since when.

    What was over before the day `since` is not judged.
    """

    rules: tuple[tuple[CoachRule, Strictness], ...] = ()
    since: date | None = None
