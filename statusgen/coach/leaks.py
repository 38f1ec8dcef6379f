"""What must not be published: secrets, names of the inside, personal data, unfinished texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from statusgen.coach.case import Case, Finding, Passage
from statusgen.model import CoachRule

_SECRET = re.compile(
    r"(?P<aws>\b(?:AKIA|ASIA)[0-9A-Z]{16}\b)"
    r"|(?P<github>\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_[A-Za-z0-9_]{60,}\b)"
    r"|(?P<gitlab>\bglpat-[A-Za-z0-9_-]{20,})"
    r"|(?P<slack>\bxox[abeoprs]-[A-Za-z0-9-]{10,}|hooks\.slack\.com/services/T\w+/B\w+/\w{16,})"
    r"|(?P<stripe>\b[rs]k_live_[A-Za-z0-9]{16,})"
    r"|(?P<google>\bAIza[A-Za-z0-9_-]{35}\b)"
    r"|(?P<discord>discord(?:app)?\.com/api/webhooks/\d+/[\w-]{20,})"
    r"|(?P<teams>\.webhook\.office\.com/webhookb2/[\w@-]{20,})"
    r"|(?P<telegram>\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b)"
    r"|(?P<token>\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,})"
    r"|(?P<key>-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----)"
    r"|(?P<password>\b[a-z][a-z0-9+.-]*://[^\s/:@]+:[^\s/:@]{3,}@[\w.-]+)"
)
_NAMES = {
    "aws": "an AWS access key",
    "github": "a GitHub token",
    "gitlab": "a GitLab token",
    "slack": "a Slack token or webhook",
    "stripe": "a Stripe key",
    "google": "a Google API key",
    "discord": "a Discord webhook",
    "teams": "a Teams webhook",
    "telegram": "a Telegram bot token",
    "token": "a signed token (JWT)",
    "key": "a private key",
    "password": "an address with a password in it",
}
_INSIDE = re.compile(
    r"(?P<address>(?<![\d.])(?:10(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}"
    r"|192\.168(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){2}"
    r"|172\.(?:1[6-9]|2\d|3[01])(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){2})(?![\d.]*\d))"
    r"|(?P<host>\b(?!example\b)[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\."
    r"(?:internal|local|corp|intranet|lan|localdomain)\b(?![.\w/-]*\.md\b))"
    r"|(?P<trace>Traceback \(most recent call last\)|^\s+at [\w.$]+\([\w.]+\.java:\d+\)"
    r"|\bgoroutine \d+ \[\w+)"
    r"|(?P<account>\barn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d{12}:\S+)",
    re.MULTILINE,
)
_INSIDE_NAMES = {
    "address": "'{}' is an address of your own network",
    "host": "'{}' is a name of your own network",
    "trace": "a stack trace is for your own people",
    "account": "'{}' names your account at a vendor",
}
_MAIL = re.compile(r"\b[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}\b", re.IGNORECASE)
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
    for match in _SECRET.finditer(passage.text):
        kind = _NAMES[match.lastgroup or ""]
        message = f"this looks like {kind}, and everybody could use it"
        hint = "revoke it now: whatever was in a commit is known; then delete it here"
        yield Finding(CoachRule.SECRET, message, passage.spot_of(match.start()), hint)


def _placeholders(passage: Passage) -> Iterator[Finding]:
    if passage.words is None:
        return
    for match in passage.matches(passage.words.placeholder):
        message = f"'{match[0][:40]}' is still to be filled in"
        yield Finding(CoachRule.PLACEHOLDER, message, passage.spot_of(match.start()))


def _inside(passage: Passage) -> Iterator[Finding]:
    for match in _INSIDE.finditer(passage.text):
        message = _INSIDE_NAMES[match.lastgroup or ""].format(match[0].strip()[:60])
        yield Finding(CoachRule.LEAK, message, passage.spot_of(match.start()))


def _personal(passage: Passage, case: Case) -> Iterator[Finding]:
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
