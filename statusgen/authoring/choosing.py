"""What is meant by a name as typed: a component, a status, an incident."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from enum import StrEnum
from typing import NamedTuple, TypeVar

from statusgen.authoring.faults import Fault
from statusgen.content.ids import stem_of
from statusgen.model import Affected, ComponentStatus, Config, Impact
from statusgen.reading.characters import shown
from statusgen.reading.suggest import did_you_mean
from statusgen.reading.words import ID_PATTERN

E = TypeVar("E", bound=StrEnum)

_MOST_LISTED = 8
_LONGEST = 64  # characters of an id that are compared
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}-")
_SHORT_STATUS = {
    "degraded": ComponentStatus.DEGRADED_PERFORMANCE,
    "slow": ComponentStatus.DEGRADED_PERFORMANCE,
    "down": ComponentStatus.MAJOR_OUTAGE,
    "maintenance": ComponentStatus.UNDER_MAINTENANCE,
    "up": ComponentStatus.OPERATIONAL,
    "ok": ComponentStatus.OPERATIONAL,
}


class Names(NamedTuple):
    """What components answer to: ids by every name they have, folded; groups with their children.

    Without `known` there is no config.yml to go by, and anything that looks like an id is one.
    """

    ids: tuple[str, ...]
    by_name: Mapping[str, str]
    groups: Mapping[str, tuple[str, ...]]
    known: bool = True


def names_of(config: Config | None) -> Names:
    """Return the names of a configuration's components, in all languages."""
    if config is None:
        return Names((), {}, {}, known=False)
    by_name: dict[str, str] = {}
    for one in config.components:
        translated = [text.text for text in one.translations if text.field == "name"]
        for name in (one.id, one.name, *translated):
            by_name.setdefault(_folded(name), one.id)
    groups = {
        _folded(name): tuple(one.id for one in config.components if one.group == group.id)
        for group in config.groups
        for name in (group.id, group.name)
    }
    return Names(tuple(one.id for one in config.components), by_name, groups)


def choose_affected(
    texts: Iterable[str],
    names: Names,
    given: str,
) -> tuple[list[Affected], list[Fault]]:
    """Return the components that are named, each perhaps with `=status`; and what is wrong.

    Several may stand in one text, with commas between them. Of one that is named twice the last
    status counts.
    """
    chosen: dict[str, Affected] = {}
    faults = []
    for item in _items(texts, names):
        name, equals, written = item.partition("=")
        component = choose_component(name.strip(), names, given)
        status = choose(ComponentStatus, written.strip(), given) if equals else None
        if isinstance(component, Fault):
            faults.append(component)
        if isinstance(status, Fault):
            faults.append(status)
        elif isinstance(component, str):
            chosen[component] = Affected(component, status)
    return list(chosen.values()), faults


def choose_component(text: str, names: Names, given: str) -> str | Fault:
    """Return the id of the component that is meant by its id, its name or a unique beginning."""
    if not names.known:
        if re.fullmatch(ID_PATTERN, text):
            return text
        return Fault(
            given, f"{shown(text)} is no id, and config.yml cannot be read", "write the id"
        )
    typed = _folded(text)
    if typed in names.by_name:
        return names.by_name[typed]
    if typed in names.groups:
        children = ", ".join(names.groups[typed])
        return Fault(given, f"{shown(text)} is a group", f"name its components: {children}")
    begun = {id_ for name, id_ in names.by_name.items() if typed and name.startswith(typed)}
    if len(begun) == 1:
        return begun.pop()
    return _no_component(text, begun, names, given)


def _no_component(text: str, begun: Collection[str], names: Names, given: str) -> Fault:
    if begun:
        listed = [one for one in names.ids if one in begun]
        return Fault(given, f"{shown(text)} begins several components", _one_of(listed))
    hint = did_you_mean(text, names.by_name)
    meant = next((name for name in names.by_name if f"'{name}'" in hint), "")
    hint = f"did you mean '{names.by_name[meant]}'?" if meant else _one_of(names.ids)
    return Fault(given, f"there is no component {shown(text)}", hint)


def choose(kind: type[E], text: str, given: str, among: Sequence[E] = ()) -> E | Fault:
    """Return the word of an enumeration that is meant, by itself or by a unique beginning."""
    typed = _folded(text)
    words = {_folded(one.value): one for one in among or kind}
    short = _SHORT_STATUS if kind is ComponentStatus else {}
    exact = words.get(typed) or short.get(typed)
    if exact is not None:
        return exact  # type: ignore[return-value]  # the short words are of this kind
    begun = [one for word, one in words.items() if typed and word.startswith(typed)]
    if len(begun) == 1:
        return begun[0]
    values = [one.value for one in words.values()]
    hint = did_you_mean(text, values) or _one_of(values)
    what = "an impact" if kind is Impact else "a status"
    return Fault(given, f"{shown(text)} is not {what}", hint)


def choose_incident(text: str, paths: Iterable[str]) -> str | Fault:
    """Return the path of the incident that is meant.

    It may be named by its id, its path, or a unique beginning of its id with or without the day.
    """
    originals = [path for path in paths if "." not in stem_of(path)]
    if text in originals:
        return text
    by_id = {stem_of(path): path for path in originals}
    typed = stem_of(text.strip()).casefold()
    begun = [
        one for one in by_id if typed and typed in (one[: len(typed)], _tail(one)[: len(typed)])
    ]
    exact = [one for one in begun if one == typed] or [one for one in begun if _tail(one) == typed]
    if len(begun) == 1 or len(exact) == 1:
        meant = (exact or begun)[0]
        same = [path for path in originals if stem_of(path) == meant]
        if len(same) > 1:
            hint = f"name the one that you mean, {_listed(same)}, and rename the other"
            return Fault("", f"{len(same)} files have the id {shown(meant)}", hint)
        return by_id[meant]
    if begun:
        return Fault("", f"{shown(text)} begins several incidents", _one_of(_newest(begun)))
    within = [one for one in by_id if typed and typed in one]
    near = within or _near(typed, by_id)
    hint = f"did you mean {_listed(_newest(near))}?" if near else "see 'statusgen status'"
    return Fault("", f"there is no incident {shown(text)}", hint)


def _near(typed: str, ids: Iterable[str]) -> list[str]:
    word = _tail(typed)[:_LONGEST]
    tails: dict[str, list[str]] = {}
    for one in ids:
        for tail in {_tail(one)[:_LONGEST], _tail(one)[: len(word)]}:  # all of it, or as much
            tails.setdefault(tail, []).append(one)
    close = get_close_matches(word, tails, n=3, cutoff=0.6)
    return list(dict.fromkeys(one for tail in close for one in tails[tail]))


def _tail(incident_id: str) -> str:
    return _DAY.sub("", incident_id, count=1)


def _newest(ids: Iterable[str]) -> list[str]:
    return sorted(ids, reverse=True)


def _items(texts: Iterable[str], names: Names) -> Iterable[str]:
    """Yield what is named, one by one; a name with a comma in it stays whole."""
    for text in texts:
        name, _, _ = text.partition("=")
        is_name = "," in name and _folded(name) in names.by_name
        yield from (
            item.strip() for item in ([text] if is_name else text.split(",")) if item.strip()
        )


def _one_of(words: Sequence[str]) -> str:
    return f"one of {_listed(words)}" if words else ""


def _listed(words: Sequence[str]) -> str:
    more = f" and {len(words) - _MOST_LISTED:,} more" if len(words) > _MOST_LISTED else ""
    return ", ".join(words[:_MOST_LISTED]) + more


def _folded(word: str) -> str:
    return " ".join(word.casefold().replace("-", " ").replace("_", " ").split())
