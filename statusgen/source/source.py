"""A page repository, read and understood: config.yml, all incidents, and what is wrong with them.

list → read → parse (on all cores) → stand-ins for what could not be read → their translations
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from statusgen.config import parse_config
from statusgen.content import (
    Reading,
    check_ids,
    tell_apart,
)
from statusgen.content.audience import is_for, read_for
from statusgen.content.ids import Names, stem_of
from statusgen.content.translation import TranslationReading, parse_translation, translated
from statusgen.files.names import CONFIG
from statusgen.files.source_tree import (
    LARGEST_CONFIG,
    LARGEST_INCIDENT,
    list_incidents,
    read_file,
    unreadable,
)
from statusgen.memory.cache import Log, key_of
from statusgen.memory.contents import program_mark
from statusgen.model import PUBLIC, Config, Incident, TextPage, derive_code
from statusgen.problems import Location, Problem
from statusgen.reading.characters import decode
from statusgen.source.readings import Parse, Read, Seen, read_all
from statusgen.source.text_pages import read_text_pages
from statusgen.workers import run_all


class NoConfigError(Exception):
    """There is no config.yml that could be used, today or in Git; `problems` say why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("config.yml cannot be used")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """What the page repository at `root` says.

    `incidents` are sorted by path and include drafts; those that are stood in for say so.
    `problems` are all that reading found, in no order. `digests` are those of the files read.
    `pages` are those of text, in each of their languages. Of all that, only what is for `audience`.
    """

    root: str
    config: Config
    incidents: tuple[Incident, ...]
    problems: tuple[Problem, ...]
    digests: Mapping[str, str]
    pages: tuple[TextPage, ...] = ()
    audience: str = PUBLIC

    @property
    def written(self) -> tuple[Incident | TextPage, ...]:
        """All that holds texts of authors."""
        return (*self.incidents, *self.pages)


def read_source(  # noqa: PLR0913  all that reading depends on
    root: str,
    now: datetime,
    *,
    processes: int,
    memory: str | None = None,
    meanwhile: Callable[[], None] = lambda: None,
    only: Sequence[str] | None = None,
    audience: str = PUBLIC,
    seen: Seen | None = None,
) -> Source:
    """Read a page repository; `memory` is the folder in which to remember what was parsed.

    `seen` is what was observed below `incidents/`, if that was done already.

    Of what is not for `audience` nothing is read that anything else could pass on, so each audience
    has a memory of its own. This process does `meanwhile` while others begin to read incidents.
    With `only`, of the incidents just those in or below these paths are read, with their
    translations.

    Raises:
        NoConfigError: Without a configuration there is no page.

    """
    config, config_problems = read_config(root)
    parse = partial(
        read_for,
        zone=ZoneInfo(config.page.timezone),
        components=frozenset(one.id for one in config.components),
        audience=audience,
    )
    listed = list_incidents(root, seen.entries if seen else None)
    problems = [*config_problems, *listed.problems, *check_ids(listed.files)]
    names = tell_apart((*listed.files, *listed.strange), config.page.languages)
    problems += names.problems
    if only is not None:
        names = _limited(names, only)
    strange = frozenset(listed.strange)
    log = Log(memory, "readings", _basis(config, audience))
    run = partial(run_all, processes=processes, first=meanwhile)
    originals = [path for path in names.originals if path not in strange]
    read = read_all(root, originals, parse, log, run, seen=seen)
    lost = [path for path in names.originals if path in strange]
    read += [Read(path, _without_problems(parse(path, b"")), "") for path in lost]
    problems += [problem for one in read for problem in one.reading.problems]
    stood_in = _stood_in(root, read, parse, now, audience)
    incidents = [one for one in stood_in if is_for(audience, one.audience)]
    problems += _shared_codes(incidents)
    digests = {one.path: one.digest for one in read}
    private = {
        one.reading.incident.id
        for one in read
        if not is_for(audience, one.reading.incident.audience)
    }
    files = {
        (id_, language): path
        for (id_, language), path in names.translations.items()
        if path not in strange and id_ not in private
    }
    if files:
        zone = ZoneInfo(config.page.timezone)
        log = Log(memory, "translations", _basis(config, audience))
        translations = read_all(
            root,
            sorted(files.values()),
            partial(parse_translation, zone=zone, audience=audience),
            log,
            partial(run_all, processes=processes),
            seen=seen,
        )
        digests |= {one.path: one.digest for one in translations}
        problems += [problem for one in translations for problem in one.reading.problems]
        incidents = _with_translations(incidents, files, translations, problems)
    pages, page_problems = read_text_pages(root, config, audience)
    problems += page_problems
    return Source(root, config, tuple(_apart(incidents)), tuple(problems), digests, pages, audience)


def _limited(names: Names, only: Sequence[str]) -> Names:
    """Return the originals and translations of the incidents of which some file is asked for."""
    asked = {path for path in names.originals if is_within(path, only)}
    ids = {stem_of(path) for path in asked}
    ids |= {id_ for (id_, _), path in names.translations.items() if is_within(path, only)}
    return names._replace(
        originals=tuple(one for one in names.originals if one in asked or stem_of(one) in ids),
        translations={key: path for key, path in names.translations.items() if key[0] in ids},
    )


def is_within(path: str, folders: Sequence[str]) -> bool:
    """Tell whether a path is one of several, or below one of them; '.' is everything."""
    return any(one == "." or f"{path}/".startswith(f"{one}/") for one in folders)


def _with_translations(
    incidents: Iterable[Incident],
    files: Mapping[tuple[str, str], str],
    read: Iterable[Read[TranslationReading]],
    problems: list[Problem],
) -> list[Incident]:
    """Return incidents with their translations, and add what is wrong between them."""
    readings = {one.path: one.reading for one in read}
    by_id: dict[str, list[tuple[str, TranslationReading]]] = {}
    for (id_, language), path in files.items():
        by_id.setdefault(id_, []).append((language, readings[path]))
    found = []
    for incident in incidents:
        own, faults = translated(incident, by_id.pop(incident.id, ()))
        found.append(own)
        problems += faults
    return found


def read_config(root: str) -> tuple[Config, list[Problem]]:
    """Return the configuration, or the newest one in Git that can be used, and the problems."""
    config = None
    try:
        raw = read_file(root, CONFIG, largest=LARGEST_CONFIG)
    except FileNotFoundError:
        hint = "'statusgen init' makes a new page repository"
        problems = [Problem("no-config", "there is no config.yml", Location(CONFIG), hint)]
    except OSError as error:
        problems = [unreadable(CONFIG, error)]
    else:
        text, problems = decode(raw, CONFIG)
        config, found = parse_config(text, CONFIG)
        problems = [*problems, *found]
    if config is not None:
        return config, problems
    from statusgen.source.standin import older_config  # noqa: PLC0415 (10 ms, to be able to run git)

    older = older_config(root, CONFIG)
    if older is None:
        raise NoConfigError(problems)
    return older[0], problems


def _basis(config: Config, audience: str) -> str:
    """Return what the reading of an incident depends on beside its file."""
    ids = sorted(one.id for one in config.components)
    return key_of(
        program_mark(),
        audience.encode(),
        config.page.timezone.encode(),
        *(id_.encode() for id_ in ids),
    ).hex()


def _stood_in(
    root: str,
    read: Sequence[Read[Reading]],
    parse: Parse[Reading],
    now: datetime,
    audience: str,
) -> list[Incident]:
    """Return the incidents by path, those that cannot be read as what stands in for them."""
    incidents = {one.path: one.reading.incident for one in read if one.reading.readable}
    lost = {
        one.path: (one.reading.incident, _bytes_of(root, one))
        for one in read
        if not one.reading.readable
    }
    if lost:
        from statusgen.source.standin import stand_in  # noqa: PLC0415 (as above)

        incidents.update(zip(lost, stand_in(root, lost, parse, now, audience), strict=True))
    return [incidents[path] for path in sorted(incidents)]


def _without_problems(reading: Reading) -> Reading:
    """Return the reading of something that is no file: what it is has been told already."""
    return Reading(reading.incident, (), readable=False)


def _bytes_of(root: str, one: Read[Reading]) -> bytes:
    """Return the bytes of a file that could not be understood; none if it was never read."""
    if not one.digest:
        return b""
    try:
        return read_file(root, one.path, largest=LARGEST_INCIDENT)
    except OSError:
        return b""


def _shared_codes(incidents: Sequence[Incident]) -> Iterator[Problem]:
    if not any(one.code for one in incidents):
        return
    derived = {derive_code("incident", one.id): one.path for one in incidents if not one.code}
    first: dict[str, str] = {}
    for one in incidents:
        other = derived.get(one.code) or first.setdefault(one.code, one.path)
        if one.code and other != one.path:
            message = f"'{other}' has the same code, '{one.code}'"
            hint = "a code is for ever one incident's: remove it from one of the files"
            yield Problem("duplicate-code", message, Location(one.path), hint)


def _apart(incidents: Iterable[Incident]) -> Iterator[Incident]:
    """Yield incidents so that no two share an id or a code, which are addresses of the site.

    That they do is a problem already, but none of them may vanish from the page.
    """
    ids: set[str] = set()
    codes: set[str] = set()
    for one in incidents:
        id_ = one.id
        number = 2
        while id_ in ids:
            id_ = f"{one.id}-{number}"
            number += 1
        code = "" if one.code in codes else one.code
        ids.add(id_)
        codes.add(code)
        yield one if (id_, code) == (one.id, one.code) else one._replace(id=id_, code=code)
