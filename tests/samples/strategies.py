"""Hypothesis strategies for whole incidents, valid ones: what a file can say and read back.

Each is made once: to make and validate one costs Hypothesis more than to draw from it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from statusgen.content import arranged, normal_text
from statusgen.model import (
    STATUSES,
    Affected,
    Change,
    ComponentStatus,
    Impact,
    Incident,
    Kind,
    Notify,
    Update,
)

COMPONENTS = ("api", "checkout", "web-app", "eu-1")

_FIRST = datetime(2010, 1, 1)
_LAST = datetime(2035, 12, 31)

# Lines that mean something at the wrong place; every text is made of such and of harmless ones.
TRICKY_LINES = (
    "## Resolved · 2026-01-02 10:00 UTC",
    "## Resolvd · 2026-01-02 10:00 UTC",
    "\\## Resolved · 2026-01-02 10:00 UTC",
    "\\\\## Update - 10:00 UTC",
    "  ## Resolved · 2026-01-02 10:00 UTC",
    " ## Cause",
    "## Cause",
    "  ## Cause",
    "\\## Cause",
    "##",
    "##Resolved · 2026-01-02 10:00 UTC",
    "### Monitoring · 2026-01-02 10:00 UTC",
    "### Cause",
    "### Resolved",
    "###Resolved",
    "\\###Resolved",
    "### Behoben · 2026-01-02 10:00 UTC",
    "**Resolved** 10:00 UTC",
    "# Postmortem · 2026-01-02 10:00 UTC",
    "## Postmortem",
    "Resolved - 2026-01-02 10:00 UTC",
    "---",
    "\\---",
    "-----",
    "components: api=major_outage",
    " components: api=major_outage, checkout = operational",
    "components: api=unknown",
    "next update: +30m",
    "Impact: some of you cannot sign in",
    "code: abcdefghijkl",
    "```",
    "~~~~",
    "    ```",
    "<!-- a comment",
    "-->",
    "<<<<<<< HEAD",
    "=======",
    "\\=======",
    ">>>>>>> branch",
    "|||||||",
    "title: Another one",
    "  indented",
    "- item",
    "- [ ] Mend it (Ana, due 2026-12-15)",
    "- [x] Commitment: a credit (due 2026-02-30)",
    "- [ ] Commitment: a credit",
    "* * *",
    "text with two spaces at its end  ",
    "Wir prüfen es – 🚑 早く",
    "\tindented by a tab",
    "",
    " ",
)


@cache
def moments() -> SearchStrategy[datetime]:
    """Return times in UTC: most on whole minutes, some with seconds, some with fractions."""
    return st.builds(
        _moment,
        st.datetimes(_FIRST, _LAST),
        st.sampled_from((60_000_000, 60_000_000, 1_000_000, 1_000, 1)),
    )


def _moment(at: datetime, step: int) -> datetime:
    """Return `at` as whole steps of so many microseconds, in UTC."""
    at = at.replace(tzinfo=UTC)
    return at - (at - datetime(1970, 1, 1, tzinfo=UTC)) % timedelta(microseconds=step)


@cache
def characters() -> SearchStrategy[str]:
    """Return characters that a text may have: no controls, no surrogates, no line ends."""
    return st.characters(
        exclude_categories=("Cc", "Cs", "Zl", "Zp"),
        exclude_characters="\ufffe\uffff",
    )


@cache
def texts() -> SearchStrategy[str]:
    """Return Markdown in normal form, full of lines that look like something else."""
    line = st.one_of(st.sampled_from(TRICKY_LINES), st.text(characters(), max_size=30))
    return st.lists(line, max_size=8).map("\n".join).map(normal_text)


@cache
def lines(max_size: int = 60) -> SearchStrategy[str]:
    """Return one line of text, not empty, without blanks at its ends."""
    return st.text(characters(), min_size=1, max_size=max_size).map(str.strip).filter(bool)


@cache
def ids() -> SearchStrategy[str]:
    """Return ids of incidents."""
    return st.from_regex(r"\A[a-z0-9][a-z0-9-]{0,30}\Z").filter(
        lambda one: not re.fullmatch("con|prn|aux|nul|com[0-9]|lpt[0-9]", one)
    )


@cache
def codes() -> SearchStrategy[str]:
    """Return codes as other systems have them."""
    return st.from_regex(r"\A[0-9a-z]{12}\Z")


@cache
def changes() -> SearchStrategy[tuple[Change, ...]]:
    """Return what an update says of components."""
    change = st.builds(
        Change,
        st.sampled_from(COMPONENTS),
        st.sampled_from(ComponentStatus),
        st.none() | st.sampled_from(ComponentStatus),
    )
    return st.lists(change, max_size=3, unique_by=lambda one: one.component).map(tuple)


@cache
def updates(kind: Kind) -> SearchStrategy[Update]:
    """Return updates of a kind; their ids come from `arranged`."""
    at = moments()
    return st.builds(
        Update,
        id=st.just(""),
        status=st.sampled_from(STATUSES[kind]),
        at=at,
        text=texts(),
        changes=changes(),
        next_update=st.none() | moments(),
        eta=st.none() | moments(),
        impact=st.none() | st.sampled_from(Impact),
        notify=st.sampled_from(Notify),
        author=st.just("") | lines(),
        code=st.just("") | codes(),
        created=st.none() | moments(),
        updated=st.none() | moments(),
        tweet_id=st.just("") | st.from_regex(r"\A[0-9]{10,20}\Z"),
        custom_tweet=st.just("") | lines(280),
    )


@cache
def affected() -> SearchStrategy[tuple[Affected, ...]]:
    """Return the components of a front matter."""
    one = st.builds(
        Affected, st.sampled_from(COMPONENTS), st.none() | st.sampled_from(ComponentStatus)
    )
    return st.lists(one, max_size=4, unique_by=lambda one: one.component).map(tuple)


@st.composite
def incidents(draw: st.DrawFn, *, distinct_times: bool = False) -> Incident:
    """Return a valid incident, a maintenance or a notice; with distinct times if asked for."""
    kind = draw(_KINDS)
    is_maintenance = kind is Kind.MAINTENANCE
    course = draw(_courses(kind, distinct_times=distinct_times))
    window = sorted(draw(_WINDOWS))
    real = sorted(draw(_PERIODS))
    has_window = is_maintenance or (kind is Kind.NOTICE and draw(_FLAGS))
    incident = Incident(
        draw(ids()),
        draw(lines()),
        kind,
        path="",
        summary=draw(texts()),
        impact=draw(_IMPACTS if is_maintenance else _IMPACTS_OF_FAULTS),
        components=draw(affected()),
        updates=tuple(course),
        started=real[0],
        detected=draw(_SOMETIMES),
        ended=real[1] if draw(_FLAGS) else None,
        starts=window[0] if has_window else None,
        ends=window[1] if has_window else None,
        repeat=draw(_REPEATS) if is_maintenance else "",
        cause=draw(_MAYBE_LINES),
        upstream=draw(_MAYBE_LINES),
        tags=tuple(draw(_TAGS)),
        postmortem=draw(_FLAGS),
        draft=draw(_FLAGS),
        pin=draw(_FLAGS),
        audience=draw(_AUDIENCES),
        aliases=draw(_ALIASES),
        code=draw(_MAYBE_CODES),
        created=draw(_SOMETIMES),
        updated=draw(_SOMETIMES),
    )
    incident = incident._replace(path=f"incidents/{incident.id}.md")
    return arranged(_with_distinct_codes(incident))


@cache
def _courses(kind: Kind, *, distinct_times: bool) -> SearchStrategy[list[Update]]:
    """Return the updates of an incident of a kind."""
    return st.lists(
        updates(kind),
        min_size=0 if kind is Kind.MAINTENANCE else 1,
        max_size=5,
        unique_by=(lambda one: one.at) if distinct_times else None,
    )


_KINDS = st.sampled_from(Kind)
_FLAGS = st.booleans()
_IMPACTS = st.none() | st.sampled_from(Impact)
_IMPACTS_OF_FAULTS = st.none() | st.sampled_from(
    [one for one in Impact if one is not Impact.MAINTENANCE]
)
_SOMETIMES = st.none() | moments()
_WINDOWS = st.lists(moments(), min_size=2, max_size=2, unique=True)
_PERIODS = st.lists(moments(), min_size=2, max_size=2)
_REPEATS = st.sampled_from(("", "FREQ=WEEKLY;BYDAY=WE"))
_MAYBE_LINES = st.just("") | lines()
_MAYBE_CODES = st.just("") | codes()
_TAGS = st.lists(lines(20).filter(lambda tag: "," not in tag), max_size=3)
_AUDIENCES = st.sampled_from(("public", "staff", "premium-customers"))
_ALIASES = st.sampled_from(((), ("/incidents/42", "https://stspg.example/abc?d=e")))


def _with_distinct_codes(incident: Incident) -> Incident:
    seen: set[str] = set()
    course = []
    for update in incident.updates:
        course.append(update._replace(code="") if update.code in seen else update)
        seen.add(update.code)
    return incident._replace(updates=tuple(course))
