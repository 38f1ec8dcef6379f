"""Ways to reach the operator: addresses of config.yml, filled in for the page on which they stand.

What is filled in are names and titles, which may be anything, so each is encoded as a part of an
address; what the address itself may be, config.yml's reader has seen to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote

from statusgen.site.context import Site, component_path
from statusgen.site.views.names import names_of
from statusgen.site.views.records import RecordView

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_MAIL = re.compile(r"mailto:[^?]*")
_GITHUB = re.compile(r"https?://[^/]+/[^/?#]+/[^/?#]+/issues/new(?=[?#]|\Z)")
_GITLAB = re.compile(r"https?://[^?#]+/-/issues/new(?=[?#]|\Z)")


class AnswerView(NamedTuple):
    """An answer to a question, as a link."""

    label: str
    url: str


def general_report(site: Site) -> str:
    """Return where readers report a problem with anything; empty if nowhere."""
    return _report(site, site.config.page.name, {"url": site.home})


def component_report(site: Site, component_id: str) -> str:
    """Return where readers report a problem with a component; empty if nowhere."""
    name = names_of(site)[component_id].full
    values = {
        "component": name,
        "component_id": component_id,
        "url": f"{site.home}{component_path(component_id)}",
    }
    return _report(site, name, values)


def record_report(site: Site, record: RecordView) -> str:
    """Return where readers report a problem that has to do with a record; empty if nowhere."""
    return _report(site, record.title, _values_of(record))


def record_feedback(site: Site, record: RecordView) -> tuple[AnswerView, ...]:
    """Return the answers to whether a record's updates help: yes and no, or one for both."""
    address = site.config.page.feedback
    if not address:
        return ()
    _ = site.language.gettext
    values = _values_of(record)
    if "{answer}" not in address and not _subject_key(address):
        return (AnswerView(_("Tell us"), _filled(address, values)),)
    yes = _("Helpful: %(title)s") % {"title": record.title}
    no = _("Not helpful: %(title)s") % {"title": record.title}
    return (
        AnswerView(_("Yes"), _with_subject(address, yes, values | {"answer": "yes"})),
        AnswerView(_("No"), _with_subject(address, no, values | {"answer": "no"})),
    )


def _values_of(record: RecordView) -> dict[str, str]:
    first = record.components[0] if len(record.components) == 1 else None
    return {
        "component": first.name if first else "",
        "component_id": first.component if first else "",
        "incident": record.id,
        "title": record.title,
        "url": record.url,
    }


def _report(site: Site, about: str, values: Mapping[str, str]) -> str:
    address = site.config.page.report
    subject = site.language.gettext("Problem: %(about)s") % {"about": about}
    return _with_subject(address, subject, values) if address else ""


def _filled(address: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: _encoded(values.get(found[1], "")), address)


def _encoded(text: str) -> str:
    return quote(text, safe="", errors="replace")


def _with_subject(address: str, subject: str, values: Mapping[str, str]) -> str:
    """Return an address filled in, with a subject where its kind has one and it has none."""
    key = _subject_key(address)
    filled = _filled(address, values)
    if not key:
        return filled
    before, mark, fragment = filled.partition("#")
    joint = "&" if "?" in before else "?"
    return f"{before}{joint}{key}={_encoded(subject)}{mark}{fragment}"


def _subject_key(address: str) -> str:
    """Return the parameter that an address lacks for the subject of a message or an issue."""
    for pattern, key in ((_MAIL, "subject"), (_GITLAB, "issue%5Btitle%5D"), (_GITHUB, "title")):
        if pattern.match(address):
            names = re.findall(r"[?&]([^=&#]+)=", address)
            return "" if {key, key.replace("%5B", "[").replace("%5D", "]")} & {*names} else key
    return ""
