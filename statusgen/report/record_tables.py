"""The tables of a report that are about incidents and maintenance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from statusgen.report.incidents import promises_of
from statusgen.report.table import Row, Table
from statusgen.report.values import IncidentFigures, MaintenanceFigures, Report, Share
from statusgen.report.words import NOTHING, duration, promises_text
from statusgen.site.context import Site, record_url
from statusgen.site.views.names import names_of
from statusgen.site.words.wording import impact_label, label, listed, state_of
from statusgen.timeline.record import Record
from statusgen.timeline.uptime import percent

MOST_ROWS = 200
"""So many incidents or maintenances are listed; all of them are in CSV and JSON."""

MOST_SILENCES = 5


def incidents_table(site: Site, report: Report) -> Table:
    """Return the incidents of the period, oldest first, those that reach into it before them."""
    language = site.language
    _ = language.gettext
    every = (*report.carried, *report.incidents)
    return Table(
        key="incidents",
        title=_("Incidents"),
        about=more_text(site, len(every)),
        columns=(
            _("Incident"),
            _("Began"),
            _("First notice after"),
            _("Longest gap"),
            _("Promised updates in time"),
            _("Resolved after"),
            _("Postmortem after"),
            _("Time lost"),
        ),
        rows=tuple(_incident_row(site, one) for one in every[-MOST_ROWS:]),
        texts=frozenset({1}),
    )


def more_text(site: Site, number: int) -> str:
    """Return that not all of so many rows are shown; '' if they are."""
    if number <= MOST_ROWS:
        return ""
    return site.language.gettext("The last %(shown)s of %(count)s are shown.") % {
        "shown": site.language.formats.number_text(MOST_ROWS),
        "count": site.language.formats.number_text(number),
    }


def _incident_row(site: Site, one: IncidentFigures) -> Row:
    language, record, facts = site.language, one.record, one.facts
    return _row(
        site,
        record,
        _moment(site, record.started),
        duration(facts.first_notice, language),
        duration(max(facts.gaps, default=None), language),
        promises_text(promises_of([facts]), language),
        language.gettext("open") if record.is_open else duration(facts.to_resolve, language),
        duration(facts.postmortem, language),
        duration(one.lost or None, language),
        about=(impact_label(record, language), _components(site, record.components)),
    )


def silences_table(site: Site, report: Report) -> Table:
    """Return the longest times that readers waited for an update."""
    language = site.language
    _ = language.gettext
    return Table(
        key="silences",
        title=_("Longest times without an update"),
        about="",
        columns=(_("Incident"), _("From"), _("To"), _("Lasted")),
        rows=tuple(
            _row(
                site,
                one.record,
                _moment(site, one.start),
                _moment(site, one.end) if one.end else _("still waiting"),
                duration(one.seconds, language),
            )
            for one in report.silences[:MOST_SILENCES]
        ),
        texts=frozenset({1, 2}),
    )


def recurrences_table(site: Site, report: Report) -> Table:
    """Return the incidents that had been there before."""
    language = site.language
    _ = language.gettext
    return Table(
        key="recurrences",
        title=_("What came again"),
        about=_("The same cause in the same component within 90 days."),
        columns=(_("Incident"), _("Cause"), _("Components"), _("As before in"), _("After")),
        rows=tuple(
            _row(
                site,
                one.record,
                one.record.incident.cause,
                _components(site, one.components),
                one.earlier.title,
                duration(one.seconds, language),
            )
            for one in report.recurrences[-MOST_ROWS:]
        ),
        texts=frozenset({1, 2, 3}),
    )


def vendors_table(site: Site, report: Report) -> Table:
    """Return what vendors had a part in; none if no incident names one."""
    _ = site.language.gettext
    rows = _share_rows(site, report.vendors, _("our own"))
    return Table("vendors", _("By vendor"), "", (_("Vendor"), *_share_columns(site)), rows)


def causes_table(site: Site, report: Report) -> Table:
    """Return what causes had a part in; none if no incident states one."""
    _ = site.language.gettext
    rows = _share_rows(site, report.causes, _("not stated"))
    return Table("causes", _("By cause"), "", (_("Cause"), *_share_columns(site)), rows)


def _share_columns(site: Site) -> tuple[str, ...]:
    _ = site.language.gettext
    return (_("Incidents"), _("Time lost"), _("Share"), _("Time to resolve, median"))


def _share_rows(site: Site, shares: Sequence[Share], rest: str) -> tuple[Row, ...]:
    """Return a row of each share, that without a name as `rest`; none if no share has a name."""
    language = site.language
    if not any(one.name for one in shares):
        return ()
    return tuple(
        Row(
            (
                one.name or rest,
                language.formats.number_text(one.incidents),
                duration(one.lost, language),
                NOTHING if one.share is None else language.formats.percent_text(percent(one.share)),
                duration(one.to_resolve.median, language),
            )
        )
        for one in shares
    )


def maintenance_table(site: Site, report: Report) -> Table:
    """Return the maintenances of the period."""
    language = site.language
    _ = language.gettext
    return Table(
        key="maintenance",
        title=_("Maintenance"),
        about=more_text(site, len(report.maintenance)),
        columns=(
            _("Maintenance"),
            _("Began"),
            _("Announced before"),
            _("Lasted"),
            _("Over its time"),
        ),
        rows=tuple(_maintenance_row(site, one) for one in report.maintenance[-MOST_ROWS:]),
        texts=frozenset({1}),
    )


def _maintenance_row(site: Site, one: MaintenanceFigures) -> Row:
    language, record = site.language, one.record
    return _row(
        site,
        record,
        _moment(site, record.window.start if record.window else record.started),
        duration(one.lead, language),
        duration(one.lasted, language),
        duration(one.overrun or None, language),
        about=(label(record.status, language), _components(site, record.components)),
    )


def _row(site: Site, record: Record, *cells: str, about: Sequence[str] = ()) -> Row:
    """Return a row that a record's title names, and what else is said of it below that."""
    more = " · ".join(filter(None, about))
    return Row((record.title, *cells), more, state_of(record), record_url(site, record))


def _components(site: Site, ids: Sequence[str]) -> str:
    names = names_of(site)
    return listed([names[id_].short if id_ in names else id_ for id_ in ids], site.language)


def _moment(site: Site, moment: datetime) -> str:
    return site.language.formats.moment_text(moment.astimezone(site.zone))
