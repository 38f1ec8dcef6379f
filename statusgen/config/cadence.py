"""The keys of `cadence`: how soon an update or a postmortem is owed, or a reminder sent."""

from __future__ import annotations

from statusgen.model import Cadence
from statusgen.reading.fields import Shape, defaulted
from statusgen.reading.words import INTERVAL

_PLAIN = Cadence()
_CRITICAL = defaulted(
    "critical",
    INTERVAL,
    "From one update of an open incident to the next, where none is promised: critical impact.",
    _PLAIN.critical,
)
_MAJOR = defaulted("major", INTERVAL, "The same for major impact.", _PLAIN.major)
_MINOR = defaulted("minor", INTERVAL, "The same for minor impact.", _PLAIN.minor)
_POSTMORTEM = defaulted(
    "postmortem",
    INTERVAL,
    "From the resolution of a major or critical incident to its postmortem.",
    _PLAIN.postmortem,
)
_REMINDER = defaulted(
    "reminder",
    INTERVAL,
    "How long before a maintenance [channels](notify.md) remind people of it.",
    _PLAIN.reminder,
)
_KEYS = (_CRITICAL, _MAJOR, _MINOR, _POSTMORTEM, _REMINDER)

CADENCE = Shape("the cadence", _KEYS, lambda values: Cadence(*(values[key] for key in _KEYS)))
