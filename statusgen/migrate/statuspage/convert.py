"""A Statuspage record becomes an incident of ours, with all that its updates say.

Only what the file must say in any case is set here. Times and impact that follow from the updates
are compared, and written where they do not follow, by `settle`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from statusgen.content import normal_text
from statusgen.migrate.statuspage.fields import Remarks
from statusgen.migrate.statuspage.html_text import to_markdown
from statusgen.migrate.statuspage.html_tree import is_html
from statusgen.migrate.statuspage.records import EVER, SourceIncident, SourceUpdate
from statusgen.model import (
    AT_WORK,
    CLOSING,
    STATUSES,
    Affected,
    Change,
    ComponentStatus,
    Impact,
    Incident,
    Kind,
    Notify,
    Status,
    Update,
    derive_code,
)
from statusgen.site.markdown import escape_text, plain_text

_PLANNED = frozenset({"scheduled", "in_progress", "verifying", "completed"})
_IN_MAINTENANCE = {
    "investigating": Status.IN_PROGRESS,
    "identified": Status.IN_PROGRESS,
    "monitoring": Status.VERIFYING,
    "resolved": Status.COMPLETED,
}
_WELL = ComponentStatus.OPERATIONAL
_SHORTEST = timedelta(minutes=1)
_SOONEST = timedelta(seconds=1)


class Dated(NamedTuple):
    """An update of the source and the moment at which it counts."""

    at: datetime
    source: SourceUpdate


def kind_of(source: SourceIncident) -> Kind:
    """Tell whether a record is a maintenance: by its list, its window, its impact or its words."""
    words = {source.status, *(update.status for update in source.updates)}
    is_marked = source.planned or source.starts is not None
    is_planned = is_marked or source.impact == Impact.MAINTENANCE or bool(words & _PLANNED)
    return Kind.MAINTENANCE if is_planned else Kind.INCIDENT


def convert(source: SourceIncident, ids: Mapping[str, str], remarks: Remarks) -> Incident:
    """Return an incident with its updates; `ids` are our ids of components by their codes."""
    return _Conversion(source, ids, remarks).incident()


class _Conversion:
    """One record on its way. `codes` are those of its updates so far."""

    def __init__(self, source: SourceIncident, ids: Mapping[str, str], remarks: Remarks) -> None:
        self.source = source
        self.ids = ids
        self.remarks = remarks
        self.kind = kind_of(source)
        self.codes: set[str] = set()
        self.without_status: list[str] = []

    def incident(self) -> Incident:
        source = self.source
        updates = self._updates()
        starts, ends = self._window(updates) if self.kind is Kind.MAINTENANCE else (None, None)
        if ends is not None:
            updates += self._overrun(updates, ends)
        return Incident(
            id=source.code,
            code=source.code,
            title=source.name or self._stand_in_title(),
            kind=self.kind,
            updates=updates,
            components=self._listed(updates),
            starts=starts,
            ends=ends,
            aliases=tuple(filter(None, (source.shortlink, source.address))),
        )

    def _stand_in_title(self) -> str:
        self._changed("import-no-title", "name", "there is no title; the id stands for it")
        return f"Incident {self.source.code}"

    def _updates(self) -> tuple[Update, ...]:
        dated = [Dated(self._moment(update), update) for update in reversed(self.source.updates)]
        dated.sort(key=lambda one: (one.at, one.source.created or one.at))
        updates: list[Update] = []
        statuses: dict[str, ComponentStatus] = {}
        for one in dated:
            before = updates[-1].status if updates else STATUSES[self.kind][0]
            updates.append(self._update(one, before, statuses))
        updates = self._with_postmortem(updates)
        return tuple(self._with_end(updates) if updates else self._only_status())

    def _moment(self, update: SourceUpdate) -> datetime:
        moment = update.shown or update.created or update.updated or self.source.created
        if update.shown is None:
            message = "there is no time; that of its creation was taken"
            if moment is None:
                message = f"there is no time; {self._best_time():%Y-%m-%d %H:%M} UTC was taken"
            self._note("import-no-time", f"{update.where}.display_at", message, lost=not moment)
        return moment or self._best_time()

    def _best_time(self) -> datetime:
        """Return when it was over, or else began: a record without a time is still on the page."""
        source = self.source
        known = (source.resolved, source.monitoring, source.started, source.created)
        return next((moment for moment in known if moment), source.seen_at)

    def _update(
        self,
        dated: Dated,
        before: Status,
        statuses: dict[str, ComponentStatus],
    ) -> Update:
        source = dated.source
        status = self._status(source.status, before, f"{source.where}.status")
        code = self._code(source)
        return Update(
            id=code,
            code=code,
            status=status,
            at=dated.at,
            text=self._text(source.body, f"{source.where}.body", status),
            changes=self._changes(source, statuses),
            notify=Notify.YES if source.notify else Notify.NO,
            created=source.created,
            updated=source.updated,
            tweet_id=source.tweet_id,
            custom_tweet=source.custom_tweet,
        )

    def _code(self, update: SourceUpdate) -> str:
        """Return the update's id; where it has none, or that of another, it gets one."""
        code = update.code
        if not code or code in self.codes:
            code = derive_code(self.source.code, update.where)
            fault = f"a second update has the id {update.code}" if update.code else "there is no id"
            self._lost("import-no-id", f"{update.where}.id", f"{fault}; it is {code} here")
        self.codes.add(code)
        return code

    def _status(self, word: str, before: Status, where: str) -> Status:
        """Return our word; one that nobody knows keeps the status before it."""
        allowed = {status.value: status for status in STATUSES[self.kind]}
        if word in allowed:
            return allowed[word]
        if self.kind is Kind.MAINTENANCE and word in _IN_MAINTENANCE:
            status = _IN_MAINTENANCE[word]
            self._changed("import-other-status", where, f"a maintenance is {status}, not {word}")
            return status
        self._lost("import-unknown-value", where, f"unknown status '{word}', taken as {before}")
        return before

    def _text(self, body: str, where: str, status: Status) -> str:
        if is_html(body):
            converted = to_markdown(body)
            for left_out in converted.left_out:
                self._lost("import-html", where, f"left out: {left_out[:80]}")
            return normal_text(converted.text)
        text = normal_text(body)
        if status is not Status.POSTMORTEM or plain_text(text) != body:
            text = normal_text(escape_text(body))
        if plain_text(text) != body:
            self._changed("import-space", where, "blank lines and spaces at its ends are gone")
        return text

    def _changes(
        self,
        update: SourceUpdate,
        statuses: dict[str, ComponentStatus],
    ) -> tuple[Change, ...]:
        """Return what the update did; `statuses` is what the updates before it left behind."""
        changes: dict[str, Change] = {}
        for index, affected in enumerate(update.affected):
            where = f"{update.where}.affected_components[{index}]"
            component = self.ids.get(affected.code)
            if component is None:
                self._lost("import-no-id", where, f"no component '{affected.name}' is known")
                continue
            if component in changes:
                self._lost(
                    "import-equal-ids", where, f"'{affected.name}' stands twice; the last counts"
                )
            new = self._component_status(affected.new, f"{where}.new_status")
            old = self._component_status(affected.old, f"{where}.old_status")
            if new is None:
                self.without_status.append(component)
                continue
            derived = statuses.get(component, _WELL)
            changes[component] = Change(component, new, None if old in {None, derived} else old)
        statuses.update((change.component, change.status) for change in changes.values())
        return tuple(changes.values())

    def _component_status(self, word: str, where: str) -> ComponentStatus | None:
        try:
            return ComponentStatus(word)
        except ValueError:
            self._lost("import-unknown-value", where, f"unknown component status '{word}'")
            return None

    def _listed(self, updates: tuple[Update, ...]) -> tuple[Affected, ...]:
        """Return the components that the record concerns and no update names."""
        named = {change.component for update in updates for change in update.changes}
        listed = dict.fromkeys(self.without_status)
        codes = (component.code for component in self.source.components)
        listed.update((self.ids[code], _WELL) for code in codes if code in self.ids)
        for component in self.without_status:
            listed[component] = None
        return tuple(Affected(*item) for item in listed.items() if item[0] not in named)

    def _with_postmortem(self, updates: list[Update]) -> list[Update]:
        """Put the postmortem's text where it belongs: under the update of that name."""
        body = self.source.postmortem
        if not body:
            return updates
        if self.source.is_postmortem_held_back:
            message = "left out: the postmortem is not published"
            self._lost("import-no-place", self._place("postmortem_body"), message)
            return updates
        text = self._text(body, self._place("postmortem_body"), Status.POSTMORTEM)
        index = next(
            (i for i, update in enumerate(updates) if update.status is Status.POSTMORTEM),
            None,
        )
        if index is None:
            at = self.source.postmortem_at or self.source.updated or self.source.resolved
            last = updates[-1].at if updates else EVER
            code = derive_code(self.source.code, "postmortem")
            moment = max(at or last, last)
            return [
                *updates,
                Update(code, Status.POSTMORTEM, moment, text, notify=Notify.NO, code=code),
            ]
        if not updates[index].text:
            updates[index] = updates[index]._replace(text=text)
        elif updates[index].text != text:
            self._lost(
                "import-no-place",
                self._place("postmortem_body"),
                "it differs from the text of the postmortem's update, which was kept",
            )
        return updates

    def _only_status(self) -> list[Update]:
        """Return an update without words for a record that has none: it keeps the status."""
        source = self.source
        status = self._status(source.status, STATUSES[self.kind][0], self._place("status"))
        if status is Status.SCHEDULED:
            return []
        self._changed(
            "import-no-updates",
            self._place("incident_updates"),
            f"there is none; one without text says that it is {status}",
        )
        code = derive_code(source.code, "status")
        return [Update(code, status, self._best_time(), notify=Notify.NO, code=code)]

    def _with_end(self, updates: list[Update]) -> list[Update]:
        """Add an update without words, where the others leave open what the source has as over.

        Or the other way round: an incident that is open at the source is never over here.
        """
        source, last = self.source, updates[-1]
        told = {status.value: status for status in STATUSES[self.kind]}.get(source.status)
        is_over = told in CLOSING
        if told is None or is_over is (last.status in CLOSING):
            return updates
        if not is_over and self.kind is Kind.MAINTENANCE:
            return updates
        self._changed(
            "import-no-updates",
            self._place("status"),
            f"it is {last.status} by its updates; one without text says that it is {told}",
        )
        code = derive_code(source.code, "status")
        at = max(last.at, source.resolved or last.at) if is_over else last.at + _SOONEST
        return [*updates, Update(code, told, at, notify=Notify.NO, code=code)]

    def _window(self, updates: tuple[Update, ...]) -> tuple[datetime, datetime]:
        source = self.source
        begun = (update.at for update in updates if update.status is not Status.SCHEDULED)
        starts = source.starts or next(begun, None) or source.started or source.created or EVER
        ends = source.ends or source.resolved or starts + timedelta(hours=1)
        for key, moment in (("scheduled_for", source.starts), ("scheduled_until", source.ends)):
            if moment is None:
                self._changed("import-no-time", self._place(key), "it was taken from the updates")
        if ends <= starts:
            self._changed(
                "import-no-time",
                self._place("scheduled_until"),
                "it is not after scheduled_for; a minute was taken for the window",
            )
            ends = starts + _SHORTEST
        return starts, ends

    def _overrun(self, updates: tuple[Update, ...], ends: datetime) -> tuple[Update, ...]:
        """Return an update without words for what went on at its end: the clock would end it."""
        newest = updates[-1] if updates else None
        goes_on = newest and newest.status in AT_WORK and newest.at < ends <= self.source.seen_at
        if not newest or not goes_on:
            return ()
        self._changed(
            "import-overrun",
            self._place("status"),
            f"it was still {newest.status} after its end; an update without text says so",
        )
        code = derive_code(self.source.code, "overrun")
        return (Update(code, newest.status, ends, notify=Notify.NO, code=code),)

    # ── remarks ───────────────────────────────────────────────────────────────────────────────

    def _place(self, key: str) -> str:
        return f"{self.source.where}.{key}" if self.source.where else key

    def _lost(self, code: str, where: str, message: str) -> None:
        self._note(code, where, message, lost=True)

    def _changed(self, code: str, where: str, message: str) -> None:
        self._note(code, where if "." in where else self._place(where), message, lost=False)

    def _note(self, code: str, where: str, message: str, *, lost: bool) -> None:
        note = self.remarks.lost if lost else self.remarks.changed
        note(code, self.source.file, where, message)
