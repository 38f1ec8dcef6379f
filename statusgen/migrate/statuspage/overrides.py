"""What components were at the moment of capture, where no incident says so.

Statuspage lets a person set a component's status without an incident, and an incident's components
back to operational while it is still open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from statusgen.migrate.statuspage.fields import Remarks
from statusgen.migrate.statuspage.records import Capture, newest
from statusgen.model import ComponentStatus, Config, Incident, Override
from statusgen.timeline import derive


def with_overrides(config: Config, incidents: Sequence[Incident], capture: Capture) -> Config:
    """Return the configuration with a status set by hand where the incidents imply another one.

    Only a response that lists the page's components says what they are: an incident repeats their
    states at a moment that has nothing to do with it.
    """
    moment = capture.listed_at
    if moment is None:
        return config
    wanted = _wanted(config, capture, moment)
    plain = _replaced(config, dict.fromkeys(wanted))
    needed = _unmet(plain, incidents, wanted, moment)
    overridden = _replaced(plain, needed)
    late = _unmet(overridden, incidents, needed, moment)
    return _replaced(
        overridden,
        {code: override._replace(at=moment) for code, override in late.items()},
    )


def report_indicator(
    config: Config,
    incidents: Sequence[Incident],
    capture: Capture,
    remarks: Remarks,
) -> None:
    """Report if the page as a whole comes out otherwise than the source itself sums it up."""
    if capture.listed_at is None or not capture.indicator:
        return
    indicator = derive(config, incidents, capture.listed_at).page.indicator
    if indicator != capture.indicator:
        message = f"{capture.indicator} at the source, {indicator} by the components here"
        remarks.lost("import-differs", "config.yml", "status.indicator", message)


def _wanted(config: Config, capture: Capture, moment: datetime) -> dict[str, Override]:
    """Return the statuses at the source, each since its component's last change.

    What an earlier import saw of a later change stays.
    """
    known = set(ComponentStatus)
    changed = {one.code: one.updated for one in config.components}
    return {
        one.code: Override(ComponentStatus(one.status), min(one.updated or moment, moment))
        for one in (seen.component for seen in capture.components if seen.listed)
        if not one.is_group
        and one.status in known
        and newest(one.updated, changed.get(one.code)) == one.updated
    }


def _unmet(
    config: Config,
    incidents: Sequence[Incident],
    wanted: Mapping[str, Override],
    moment: datetime,
) -> dict[str, Override]:
    """Return the wanted statuses that the configuration and the incidents do not come to."""
    states = derive(config, incidents, moment).components.values()
    statuses = {state.component.code: state.status for state in states}
    return {code: one for code, one in wanted.items() if statuses.get(code) is not one.status}


def _replaced(config: Config, overrides: Mapping[str, Override | None]) -> Config:
    return config._replace(
        components=tuple(
            one._replace(override=overrides[one.code]) if one.code in overrides else one
            for one in config.components
        ),
    )
