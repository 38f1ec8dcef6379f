"""For whom a file is: what may be read of it, and what may be told of its problems."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from zoneinfo import ZoneInfo

from statusgen.content.incident import Reading, parse_incident
from statusgen.content.signing import SIGN
from statusgen.content.text_page import parse_text_page
from statusgen.model import NOBODY, PUBLIC, Config, Incident, TextPage
from statusgen.problems import Problem, has_errors
from statusgen.reading.characters import REPLACEMENT, decode

_SURELY_PUBLIC = re.compile(r"(?m)^audience[ \t]*:[ \t]*public[ \t]*$")
_MENTIONED = re.compile(r"""(?mi)^[ \t"'?{]*audience\b|[{,\s"']audience["']?\s*:""")


def is_for(audience: str, own: str) -> bool:
    """Tell whether something for the audience `own` is shown on the site of `audience`."""
    return own in (PUBLIC, audience)


def signed_for(
    audience: str, config: Config, incidents: Iterable[Incident]
) -> tuple[Config, tuple[Incident, ...]]:
    """Return what a site for an audience of its own shows, with its sign at the names of both."""
    if audience == PUBLIC:
        return config, tuple(incidents)
    page = config.page._replace(
        name=f"{SIGN} {config.page.name}",
        translations=tuple(
            one._replace(text=f"{SIGN} {one.text}") if one.field == "name" else one
            for one in config.page.translations
        ),
    )
    return config._replace(page=page), tuple(map(_signed, incidents))


def _signed(incident: Incident) -> Incident:
    if incident.audience == PUBLIC:
        return incident
    return incident._replace(
        title=f"{SIGN} {incident.title}",
        translations=tuple(
            one._replace(title=f"{SIGN} {one.title}") if one.title else one
            for one in incident.translations
        ),
    )


def read_for(
    path: str,
    raw: bytes,
    zone: ZoneInfo,
    components: Collection[str],
    audience: str,
) -> Reading:
    """Read an incident file for an audience; of one for another, nothing but that it is there.

    A file that cannot be read and speaks of an audience may be for anybody: it is for `NOBODY`.
    """
    reading = parse_incident(path, raw, zone, components, audience)
    own = reading.incident.audience
    if reading.readable and is_for(audience, own):
        return reading
    text, _ = decode(raw, path)
    if own == PUBLIC and not reading.readable and _may_be_private(text):
        own = NOBODY
    if is_for(audience, own):
        return reading
    incident = Incident(reading.incident.id, "", path=path, audience=own)
    problems = tuple(_withheld(problem, own, text) for problem in reading.problems)
    return Reading(incident, problems, reading.readable)


def read_page_for(
    path: str, raw: bytes, page_id: str, language: str, audience: str
) -> tuple[TextPage | None, tuple[Problem, ...]]:
    """Read a page of text for an audience; of one for another there is nothing but its problems."""
    page, problems = parse_text_page(path, raw, page_id, language, audience)
    own = page.audience
    text, _ = decode(raw, path)
    if own == PUBLIC and has_errors(problems) and _may_be_private(text):
        own = NOBODY
    if own == PUBLIC:
        return page, problems
    if is_for(audience, own):
        title, label = f"{SIGN} {page.title}", f"{SIGN} {page.label}"
        return page._replace(title=title, label=label), problems
    return None, tuple(_withheld(problem, own, text) for problem in problems)


def _may_be_private(text: str) -> bool:
    text = _SURELY_PUBLIC.sub("", text.replace(REPLACEMENT, ""))  # UTF-16 has one per letter
    return _MENTIONED.search(text) is not None


def _withheld(problem: Problem, audience: str, text: str) -> Problem:
    """Return a problem without its words, which may quote what its reader must not know.

    Those about the audience itself stay, because it is what has to be mended first.
    """
    lines = text.split("\n")
    number = problem.where.line
    if 0 < number <= len(lines) and lines[number - 1].startswith("audience"):
        return problem
    known = f"'statusgen check --audience {audience}' tells what" if audience else ""
    hint = known or "write 'audience: public', or another name of a-z, 0-9 and '-', on its own line"
    message = "something is wrong here, in a file that is not for everybody"
    return replace(problem, message=message, hint=hint)
