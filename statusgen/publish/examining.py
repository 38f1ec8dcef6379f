"""Gathers what `doctor` judges: hosts, targets, clocks, ages. Each look may fail by itself."""

from __future__ import annotations

import hashlib
import socket
import ssl
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from statusgen.problems import Severity
from statusgen.publish.age import SUMMARY, next_change_of
from statusgen.publish.asking import Answer, AskError, Server, addresses_of
from statusgen.publish.publishing import Place
from statusgen.publish.release import UnreadableError
from statusgen.publish.separation import Host
from statusgen.publish.target import TargetError
from statusgen.site.words.formats import ENGLISH_FORMATS

SKEW = timedelta(minutes=5)
"""A clock that is further off makes updates look as if they came from the future."""

_span = ENGLISH_FORMATS.duration_text


class Finding(NamedTuple):
    """One thing that was looked at: good (no severity) or not, a code and a sentence."""

    severity: Severity | None
    code: str
    message: str


def host_of(role: str, url: str, seconds: float) -> Host:
    """Return what can be found out about the host of an address; its name alone, if nothing can."""
    parts = urlsplit(url)
    name = (parts.hostname or "").lower()
    host = Host(role, name)
    try:
        addresses = addresses_of(url)
    except AskError:
        return host
    host = host._replace(addresses=frozenset(addresses), alias=_alias_of(name))
    if parts.scheme != "https":
        return host
    return _with_certificate(host, addresses[0], parts.port or 443, seconds)


def target_findings(places: Iterable[Place], now: datetime) -> Iterator[Finding]:
    """Yield for each target whether it can be asked, and how old its release is."""
    for place in places:
        try:
            live = place.make().live()
        except (TargetError, UnreadableError) as error:
            yield Finding(Severity.ERROR, "target", f"{place.name}: {error}")
            continue
        if live is None:
            yield Finding(Severity.WARNING, "target", f"{place.name}: nothing is published yet")
            continue
        age = now - datetime.fromtimestamp(live.at, UTC)
        said = f"release {live.number}, {_span(age)} old"
        if not live.served:
            lost = f"{said}, but readers do not get it, since what led to it is lost"
            yield Finding(Severity.ERROR, "target", f"{place.name}: {lost}: publish again")
        elif live.held:
            yield Finding(Severity.WARNING, "held", f"{place.name}: {said}, held by a rollback")
        else:
            yield Finding(None, "target", f"{place.name}: {said}")


def page_findings(
    url: str, now: datetime, stale_after: timedelta, seconds: float
) -> Iterator[Finding]:
    """Yield what the page itself tells: the clocks of both sides, and whether it is overdue."""
    try:
        answer = Server(url, addresses_of(url)[0], seconds).get(SUMMARY)
    except AskError as error:
        yield Finding(Severity.ERROR, "unreachable", f"{url}: {error.reason}")
        return
    yield from _clock_findings(answer, now)
    try:
        moment = next_change_of(answer.body)
    except UnreadableError:
        yield Finding(Severity.ERROR, "wrong-site", f"{url}/{SUMMARY} is not one of statusgen's")
        return
    if moment is not None and stale_after and now > moment + stale_after:
        said = f"the page should have been built anew {_span(now - moment)} ago: does anything run?"
        yield Finding(Severity.ERROR, "stale", said)
    else:
        yield Finding(None, "stale", "the page is as new as it should be")


def _clock_findings(answer: Answer, now: datetime) -> Iterator[Finding]:
    try:
        theirs = parsedate_to_datetime(answer.headers["date"])
    except (KeyError, ValueError, TypeError):
        return
    skew = abs(now - theirs)
    if skew > SKEW:
        said = f"this machine's clock and the page's host's are {_span(skew)} apart"
        yield Finding(Severity.ERROR, "clock", said)
    else:
        yield Finding(None, "clock", "this machine's clock and the page's host's agree")


def _alias_of(name: str) -> str:
    """Return the name that a name is an alias for; '' if it is none."""
    try:
        found = socket.getaddrinfo(name, None, flags=socket.AI_CANONNAME)
    except OSError:
        return ""
    canonical = next((one[3] for one in found if one[3]), "").rstrip(".").lower()
    return "" if canonical == name else canonical


def _with_certificate(host: Host, ip: str, port: int, seconds: float) -> Host:
    """Return the host with its certificate, if it shows one that can be trusted."""
    try:
        with (
            socket.create_connection((ip, port), seconds) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=host.name) as safe,
        ):
            raw, told = safe.getpeercert(binary_form=True) or b"", safe.getpeercert() or {}
    except OSError:
        return host
    pairs = [pair for pair in told.get("subjectAltName", ()) if isinstance(pair, tuple)]
    names = frozenset(str(pair[1]).lower() for pair in pairs if pair[0] == "DNS")
    return host._replace(certificate=hashlib.sha256(raw).hexdigest(), names=names)
