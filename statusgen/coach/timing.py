"""When things are told: the first notice, promises, the next update, postmortems, lead times.

What is owed at `now` is what `timeline.owed` says; here it gets a place and a word of advice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from statusgen.coach.case import Case, Finding
from statusgen.content.spots import Spot
from statusgen.model import CoachRule, Impact, Kind, Status, Update
from statusgen.problems import Severity
from statusgen.reading.times import write_time
from statusgen.timeline import Record
from statusgen.timeline.facts import first_notice_limit
from statusgen.timeline.owed import Duty, Owing, duties_of

_FAR_AHEAD = timedelta(hours=4)  # a next update of something critical
_LONGEST_MONITORING = timedelta(hours=24)
_LONGEST_OPEN = timedelta(days=7)
_NOTICE_LEAD = timedelta(hours=72)
_LANGUAGE_GRACE = timedelta(minutes=30)
_RULE_OF = {
    Owing.PROMISED_UPDATE: CoachRule.OVERDUE_PROMISE,
    Owing.UPDATE: CoachRule.CADENCE,
    Owing.ETA: CoachRule.PASSED_ETA,
    Owing.MAINTENANCE_END: CoachRule.STUCK,
    Owing.POSTMORTEM: CoachRule.POSTMORTEM_DUE,
}


def check(case: Case) -> Iterator[Finding]:
    """Judge when things are told, and what is owed now."""
    zone = ZoneInfo(case.config.page.timezone)
    for record in case.records:
        for duty in duties_of(record, case.config.cadence, zone):
            if duty.kind in _RULE_OF and duty.is_owed(case.now):
                yield _owed(case, record, duty)
        if record.kind is Kind.INCIDENT:
            yield from _first_notice(case, record)
            yield from _next_update(case, record)
            yield from _stuck(case, record)
            yield from _promised_postmortem(case, record)
        yield from _language_gap(case, record)
    yield from _lead(case)


def _owed(case: Case, record: Record, duty: Duty) -> Finding:
    rule = _RULE_OF[duty.kind]
    due = write_time(duty.due or duty.owed_from)
    late = _span(duty.late_by(case.now))
    message = {
        CoachRule.OVERDUE_PROMISE: f"an update was promised by {due}, and none came for {late}",
        CoachRule.CADENCE: f"an update was due by {due}, {late} ago",
        CoachRule.PASSED_ETA: f"it should have been over by {due}, {late} ago",
        CoachRule.STUCK: f"the maintenance should have been over by {due}, {late} ago",
        CoachRule.POSTMORTEM_DUE: f"a postmortem was due by {due}, {late} ago",
    }[rule]
    key = {CoachRule.OVERDUE_PROMISE: "next update", CoachRule.PASSED_ETA: "eta"}.get(rule, "")
    return Finding(rule, message, _newest(case, record, key))


def _newest(case: Case, record: Record, key: str = "") -> Spot:
    """Return the place of the newest update in effect, as far as the file has it."""
    for update in reversed(record.updates):
        if update in case.incident.updates:
            return case.spot_of_update(update, key)
    return case.spot_of_key("starts")


def _first_notice(case: Case, record: Record) -> Iterator[Finding]:
    incident = case.incident
    noticed = incident.detected or incident.started
    if noticed is None or not record.updates:
        return
    delay = record.updates[0].at - noticed
    limit = timedelta(seconds=first_notice_limit(record.impact))
    if delay > limit:
        message = f"the first notice came after {_span(delay)}; readers wait {_span(limit)}"
        # Once it is over nothing can be done about it but to say so.
        severity = None if record.is_open else Severity.ADVICE
        spot = case.spot_of_update(record.updates[0])
        yield Finding(CoachRule.FIRST_POST, message, spot, severity=severity)


def _next_update(case: Case, record: Record) -> Iterator[Finding]:
    if not record.is_open or not record.updates or record.impact is Impact.NONE:
        return
    newest = record.updates[-1]
    if record.next_update is None:
        message = "nobody knows when you will write again"
        yield Finding(CoachRule.NO_NEXT_UPDATE, message, _newest(case, record))
    elif record.impact is Impact.CRITICAL and record.next_update - newest.at > _FAR_AHEAD:
        message = f"the next update is {_span(record.next_update - newest.at)} away"
        spot = _newest(case, record, "next update")
        yield Finding(CoachRule.NO_NEXT_UPDATE, message, spot)


def _stuck(case: Case, record: Record) -> Iterator[Finding]:
    if not record.is_open:
        return
    watched = record.monitoring_at if record.status is Status.MONITORING else None
    if watched is not None and case.now - watched > _LONGEST_MONITORING:
        message = f"it has been watched for {_span(case.now - watched)}"
    elif case.now - record.created > _LONGEST_OPEN:
        message = f"it has been open for {_span(case.now - record.created)}"
    else:
        return
    yield Finding(CoachRule.STUCK, message, _newest(case, record))


def _promised_postmortem(case: Case, record: Record) -> Iterator[Finding]:
    """Find a promise to tell more that nothing followed."""
    limit = case.config.cadence.postmortem
    if record.is_open or not limit or record.status is Status.POSTMORTEM:
        return
    for passage in case.own:
        update, words = passage.update, passage.words
        if update is None or words is None or update.at + limit >= case.now:
            continue
        promise = next(passage.matches(words.promised_postmortem), None)
        if promise is not None and _is_last_word(update, record):
            message = f"this promises more, and nothing came for {_span(case.now - update.at)}"
            spot = passage.spot_of(promise.start())
            yield Finding(CoachRule.PROMISED_POSTMORTEM, message, spot)


def _is_last_word(update: Update, record: Record) -> bool:
    return all(one.at <= update.at for one in record.updates)


def _lead(case: Case) -> Iterator[Finding]:
    incident = case.incident
    if incident.kind is not Kind.MAINTENANCE or incident.starts is None or incident.repeat:
        return
    if any(one.status is Status.CANCELLED for one in incident.updates):
        return
    first = min([one.at for one in incident.updates], default=incident.created)
    announced = min(first, incident.created) if first and incident.created else first
    if announced is None or announced >= incident.starts or incident.starts < case.now:
        return
    lead = incident.starts - announced
    if lead < _NOTICE_LEAD:
        message = f"it is announced {_span(lead)} ahead, and people plan in days"
        yield Finding(CoachRule.NOTICE_LEAD, message, case.spot_of_key("starts"))


def _language_gap(case: Case, record: Record) -> Iterator[Finding]:
    """Tell which of the page's languages the newest update is missing in."""
    others = case.config.page.languages[1:]
    written = [one for one in record.updates if one in case.incident.updates and one.text]
    if not others or not record.is_open or not written:
        return
    newest = written[-1]
    if case.now - newest.at <= _LANGUAGE_GRACE:
        return
    told = {one.language for one in case.incident.translations if newest.id in dict(one.texts)}
    missing = [one for one in others if one not in told]
    if missing:
        message = f"the newest update is not there in {', '.join(missing)}"
        yield Finding(CoachRule.LANGUAGE_GAP, message, case.spot_of_update(newest))


def _span(time: timedelta) -> str:
    """Return '2 d 3 h' or '1 h 20 min', cut off at minutes."""
    minutes = int(time.total_seconds() // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [f"{count} {unit}" for count, unit in ((days, "d"), (hours, "h"), (minutes, "min"))]
    return " ".join([one for one in parts if not one.startswith("0 ")][:2]) or "0 min"
