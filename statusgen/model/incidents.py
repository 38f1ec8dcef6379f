"""What an incident file says: the whole, its updates, and the same in other words."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from statusgen.model.states import ComponentStatus, Impact, Kind, Notify, Status

PUBLIC = "public"
INTERNAL = "internal"
"""The audience that also sees internal blocks."""

NOBODY = ""
"""The audience of a file of which nobody can tell whom it is for."""


class Change(NamedTuple):
    """What an update says of one component.

    `before` is written by imports only, where the source's own old status is not the one that
    follows from the updates before.
    """

    component: str
    status: ComponentStatus
    before: ComponentStatus | None = None


class Action(NamedTuple):
    """What a closing text sets out to do: a corrective action, or a commitment to customers.

    `owner` is who does it, `due` the last day for it; both may be left open.
    """

    text: str
    owner: str = ""
    due: date | None = None
    is_done: bool = False
    is_commitment: bool = False


class Update(NamedTuple):
    """One entry in the course of an incident, a maintenance or a notice.

    `id` is twelve characters of [0-9a-z]: `code` where the file has one, else derived from the
    incident's id and `at`, so that correcting the text keeps it. `actions` follow from the text.
    `created`, `updated`, `tweet_id` and `custom_tweet` carry what an import found and nothing else
    could tell.
    """

    id: str
    status: Status
    at: datetime
    text: str = ""
    changes: tuple[Change, ...] = ()
    next_update: datetime | None = None
    eta: datetime | None = None
    impact: Impact | None = None
    notify: Notify = Notify.YES
    author: str = ""
    code: str = ""
    created: datetime | None = None
    updated: datetime | None = None
    tweet_id: str = ""
    custom_tweet: str = ""
    actions: tuple[Action, ...] = ()


class Affected(NamedTuple):
    """A component in the front matter; without a status it gets the one that fits the impact."""

    component: str
    status: ComponentStatus | None = None


class Translation(NamedTuple):
    """An incident's texts in a language that is not the page's main one, as far as there are any.

    `texts` are those of updates, by their ids; `path` is the file.
    """

    language: str
    path: str = ""
    title: str = ""
    summary: str = ""
    texts: tuple[tuple[str, str], ...] = ()


class StandIn(NamedTuple):
    """Says that an incident is not what its file says today, because that could not be read.

    `commit` names the older version that was read instead; where there was none it is empty, and
    `raw` is the file's text as far as it is text at all.
    """

    raw: str = ""
    commit: str = ""


class Incident(NamedTuple):
    """What one file says: an incident, a maintenance (perhaps recurring) or a notice.

    `updates` stand oldest first. `impact` is None where the file leaves it out. `started`,
    `detected` and `ended` are the real window where it differs from the updates; `starts`, `ends`
    and `repeat` (an RRULE) are a maintenance's window, or the time a notice is shown. `postmortem`
    says whether one is owed where the impact asks for it.
    `translations` are sorted by language. On a page in a language that is not the main one,
    `foreign` are the texts that are not in it.
    """

    id: str
    title: str
    kind: Kind = Kind.INCIDENT
    path: str = ""
    summary: str = ""
    impact: Impact | None = None
    components: tuple[Affected, ...] = ()
    updates: tuple[Update, ...] = ()
    started: datetime | None = None
    detected: datetime | None = None
    ended: datetime | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    repeat: str = ""
    cause: str = ""
    upstream: str = ""
    tags: tuple[str, ...] = ()
    postmortem: bool = True
    draft: bool = False
    pin: bool = False
    audience: str = PUBLIC
    aliases: tuple[str, ...] = ()
    code: str = ""
    created: datetime | None = None
    updated: datetime | None = None
    stand_in: StandIn | None = None
    translations: tuple[Translation, ...] = ()
    foreign: frozenset[str] = frozenset()
