"""What must not be published: secrets, names of the inside, personal data, unfinished texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from statusgen.coach.case import Case, Finding, Passage
from statusgen.model import CoachRule


class _Mark(NamedTuple):
    """Something that must not be published: a part that every one of it has, and its form.

    The part is looked for first: forms are slow to look for in thousands of texts.
    """

    words: str
    parts: tuple[str, ...]
    form: re.Pattern[str]


def _mark(words: str, parts: str, form: str) -> _Mark:
    return _Mark(words, tuple(parts.split()), re.compile(form, re.MULTILINE))


_SECRETS = (
    _mark("an AWS access key", "AKIA ASIA", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    _mark(
        "a GitHub token",
        "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_",
        r"\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_[A-Za-z0-9_]{60,}\b",
    ),
    _mark("a GitLab token", "glpat-", r"\bglpat-[A-Za-z0-9_-]{20,}"),
    _mark("a Slack token", "xox", r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
    _mark(
        "a Slack webhook",
        "hooks.slack.com",
        r"hooks\.slack\.com/(?:services|workflows)/T\w+/[AB]\w+/[\w/]{16,}",
    ),
    _mark("a Stripe key", "k_live_", r"\b[rs]k_live_[A-Za-z0-9]{16,}"),
    _mark("a Google API key", "AIza", r"\bAIza[A-Za-z0-9_-]{35}(?![\w-])"),
    _mark(
        "a Discord webhook", "/api/webhooks/", r"discord(?:app)?\.com/api/webhooks/\d+/[\w-]{20,}"
    ),
    _mark("a Teams webhook", "webhook.office.com", r"\.webhook\.office\.com/webhookb2/[\w@-]{20,}"),
    _mark("a Telegram bot token", ":AA", r"\b\d{8,10}:AA[A-Za-z0-9_-]{33}(?![\w-])"),
    _mark(
        "a signed token (JWT)",
        "eyJ",
        r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}",
    ),
    _mark("a private key", "PRIVATE", r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    _mark(
        "an address with a password in it",
        "://",
        r"\b[a-z][a-z0-9+.-]{0,20}://[^\s/:@]{1,80}:[^\s/:@]{3,80}@[\w.-]+",
    ),
)
_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_INSIDE = (
    _mark(
        "'{}' is an address of your own network",
        "10. 192.168. 172.",
        rf"(?<![\d.])(?:10(?:\.{_OCTET}){{3}}|192\.168(?:\.{_OCTET}){{2}}"
        rf"|172\.(?:1[6-9]|2\d|3[01])(?:\.{_OCTET}){{2}})(?![\d.]*\d)",
    ),
    _mark(
        "'{}' is a name of your own network",
        ".internal .local .corp .intranet .lan",
        r"\b(?:[a-z0-9-]{1,63}\.){1,6}(?:internal|local|corp|intranet|lan|localdomain)\b(?![\w.-]*\w)",
    ),
    _mark(
        "a stack trace is for your own people",
        "Traceback .java: goroutine",
        r"Traceback \(most recent call last\)|^\s+at [\w.$]+\([\w.]+\.java:\d+\)"
        r"|\bgoroutine \d+ \[\w+",
    ),
    _mark(
        "'{}' names your account at a vendor",
        "arn:aws",
        r"\barn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d{12}:[^\s`'\")]+",
    ),
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,}\b", re.IGNORECASE)
_MAILBOXES = re.compile(
    r"(?:support|help|hilfe|info|status|security|abuse|contact|kontakt|service|noreply|no-reply|"
    r"feedback|sales|press|privacy|datenschutz|postmaster|hello|team|care|kundenservice|jobs|"
    r"billing|admin|git|users?|dev|lists?|.*-(?:dev|users|list|team|support))@|.*@(?:[\w-]+\.)*"
    r"(?:example(?:\.\w+)?|googlegroups\.com|lists\..*)$",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w./+-])\+\d{1,3}[ ./-]?(?:\(?\d{1,5}\)?[ ./-]?){2,5}\d{2,}(?![\w-])")
_FEWEST_DIGITS = 9


def check(case: Case) -> Iterator[Finding]:
    """Judge what texts give away."""
    for passage in case.passages:
        yield from _secrets(passage)
        yield from _placeholders(passage)
        if case.is_public:
            yield from _inside(passage)
            yield from _personal(passage, case)


def _secrets(passage: Passage) -> Iterator[Finding]:
    """Yield a finding for each secret, which no message repeats."""
    for mark, match in _marked(passage.text, _SECRETS):
        message = f"this looks like {mark.words}, and everybody could use it"
        hint = "revoke it now: whatever was in a commit is known; then delete it here"
        yield Finding(CoachRule.SECRET, message, passage.spot_of(match.start()), hint)


def _marked(text: str, marks: Iterable[_Mark]) -> Iterator[tuple[_Mark, re.Match[str]]]:
    for mark in marks:
        if any(part in text for part in mark.parts):
            for match in mark.form.finditer(text):
                yield mark, match


def _placeholders(passage: Passage) -> Iterator[Finding]:
    if passage.words is None:
        return
    for match in passage.matches(passage.words.placeholder):
        if passage.text[match.end() : match.end() + 1] == "(":
            continue  # it is the text of a link
        message = f"'{match[0][:40]}' is still to be filled in"
        yield Finding(CoachRule.PLACEHOLDER, message, passage.spot_of(match.start()))


def _inside(passage: Passage) -> Iterator[Finding]:
    for mark, match in _marked(passage.text, _INSIDE):
        message = mark.words.format(match[0].strip()[:60])
        yield Finding(CoachRule.LEAK, message, passage.spot_of(match.start()))


def _personal(passage: Passage, case: Case) -> Iterator[Finding]:
    if "@" not in passage.text and "+" not in passage.text:
        return
    contacts = f"{case.config.page.support} {case.config.page.report} {case.config.page.feedback}"
    for match in _MAIL.finditer(passage.text):
        if match[0] not in contacts and not _MAILBOXES.match(match[0]):
            message = "this looks like the address of a person"
            spot = passage.spot_of(match.start())
            yield Finding(CoachRule.PERSONAL_DATA, message, spot)
    for match in _PHONE.finditer(passage.prose):
        digits = re.sub(r"\D", "", match[0])
        if len(digits) >= _FEWEST_DIGITS and digits not in re.sub(r"\D", "", contacts):
            message = "this looks like a telephone number"
            spot = passage.spot_of(match.start())
            yield Finding(CoachRule.PERSONAL_DATA, message, spot)
