"""What an imported page's API may say otherwise than its source, and why; nothing else may.

`differences` walks two JSON values side by side. Each difference has a path such as
`incident.incident_updates[].body`; `ALLOWED` names those that are no loss, each with the reason and
with a proof that must hold for the two values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any, NamedTuple

Json = dict[str, Any]
MISSING = object()


class Difference(NamedTuple):
    """Two values that differ, at a path without indexes and with keys only."""

    path: str
    theirs: Any
    ours: Any


class Allowed(NamedTuple):
    """A difference that is none of substance: `holds` proves it for the two values."""

    reason: str
    holds: Callable[[Any, Any], bool]


def differences(theirs: Any, ours: Any, path: str = "") -> Iterator[Difference]:  # noqa: ANN401 (JSON)
    """Yield all differences, components matched by their id and everything else by its place."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for key in {**theirs, **ours}:
            yield from differences(
                theirs.get(key, MISSING),
                ours.get(key, MISSING),
                f"{path}.{key}".lstrip("."),
            )
    elif isinstance(theirs, list) and isinstance(ours, list):
        yield from _of_lists(theirs, ours, path)
    elif type(theirs) is not type(ours) or theirs != ours:
        yield Difference(path, theirs, ours)


def _of_lists(theirs: list[Any], ours: list[Any], path: str) -> Iterator[Difference]:
    if path.endswith(
        ("incident.components", "incidents[].components", "maintenances[].components")
    ):
        by_id = {one["id"]: one for one in ours}
        ids = [one["id"] for one in theirs]
        if ids != list(by_id):
            yield Difference(f"{path}[].id", ids, list(by_id))
        pairs = [(one, by_id[one["id"]]) for one in theirs if one["id"] in by_id]
    else:
        if len(theirs) != len(ours):
            yield Difference(f"{path}.length", len(theirs), len(ours))
        pairs = list(zip(theirs, ours, strict=False))
    for one, other in pairs:
        yield from differences(one, other, f"{path}[]")


# ── what may differ ───────────────────────────────────────────────────────────────────────────

_TAG = re.compile(r"</?[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")


def words_of_html(body: str) -> list[str]:
    """Return the words of an HTML body, without its tags."""
    return re.findall(r"\w+", unescape(_TAG.sub(" ", body)))


def has_words_and_links(theirs: str, ours: str) -> bool:
    """Tell whether a Markdown text has an HTML body's words, in their order, and its targets."""
    targets = [unescape(target) for target in re.findall(r'href="([^"]*)"', theirs)]
    rest = iter(re.findall(r"\w+", ours))
    return all(word in rest for word in words_of_html(theirs)) and all(
        target in ours for target in targets
    )


def _is_the_same_text(theirs: Any, ours: Any) -> bool:  # noqa: ANN401 (JSON)
    if theirs is None:
        return bool(ours == "")
    if re.search(r"</?[a-zA-Z]", theirs):
        return has_words_and_links(theirs, ours)
    return bool(theirs.replace("\r\n", "\n").strip("\n").rstrip() == ours)


def _always(_theirs: Any, _ours: Any) -> bool:  # noqa: ANN401 (JSON)
    return True


def _was_missing(theirs: Any, ours: Any) -> bool:  # noqa: ANN401 (JSON)
    return theirs is MISSING and ours is None


def _was_empty(theirs: object, ours: object) -> bool:
    return theirs == "" and ours is None


def _is_an_address(_theirs: Any, ours: Any) -> bool:  # noqa: ANN401 (JSON)
    return isinstance(ours, str) and ours.startswith("https://")


def _is_maintenance(_theirs: Any, ours: Any) -> bool:  # noqa: ANN401 (JSON)
    return bool(ours == "maintenance")


ALLOWED: dict[str, Allowed] = {
    "shortlink": Allowed(
        "the incident is at our own address now; the old one is kept among its aliases",
        _is_an_address,
    ),
    "reminder_intervals": Allowed(
        "a key that Statuspage added about 2023; null in all responses seen",
        _was_missing,
    ),
    "description": Allowed("an empty text is none", _was_empty),
    "start_date": Allowed("a key that Statuspage added about 2021", _was_missing),
    "incident_updates[].body": Allowed(
        "HTML has become Markdown with the same words and link targets; a plain text breaks lines"
        " with \\n and has no blank lines at its ends; no text is an empty text",
        _is_the_same_text,
    ),
    "impact": Allowed(
        "in the API a maintenance has an impact of its own; the old one stays in the file",
        _is_maintenance,
    ),
}
"""By the end of the path."""

ALLOWED_IN_ONE_INCIDENT: dict[str, Allowed] = {
    **ALLOWED,
    "page.updated_at": Allowed("each response has the moment of its own capture", _always),
    "components[].status": Allowed(
        "the component's state now; the response has that of the moment of its capture",
        _always,
    ),
    "components[].updated_at": Allowed("as its status", _always),
}
"""For responses that were captured at another moment than the page is built for."""


def not_allowed(
    theirs: Json,
    ours: Json,
    allowed: dict[str, Allowed],
) -> list[Difference]:
    """Return the differences that no reason covers, or whose proof does not hold."""
    return [
        found
        for found in differences(theirs, ours)
        if not any(
            found.path.endswith(path) and one.holds(found.theirs, found.ours)
            for path, one in allowed.items()
        )
    ]
