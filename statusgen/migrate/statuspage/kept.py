"""What config.yml has otherwise than the source by now: it stays, and each difference is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from statusgen.files.names import CONFIG
from statusgen.migrate.statuspage.fields import Remarks
from statusgen.migrate.statuspage.positions import api_ranks
from statusgen.migrate.statuspage.records import EVER, Capture, SourceComponent, newest
from statusgen.model import Component, Config, Group


def report_kept(
    before: Config,
    after: Config,
    current: Sequence[SourceComponent],
    capture: Capture,
    remarks: Remarks,
) -> None:
    """Report what was in config.yml before and is otherwise at the source.

    `after` has what an import adds; `current` is what the source has on its page, in its order.
    """
    old = {*(one.id for one in before.groups), *(one.id for one in before.components)}
    there: dict[str, Component | Group] = {}
    there.update((one.code, one) for one in after.groups if one.id in old)
    there.update((one.code, one) for one in after.components if one.id in old)
    known = [(there[one.code], one) for one in current if one.code and one.code in there]
    messages = [message for pair in known for message in _differences(after, *pair)]
    listed_at = capture.listed_at
    if listed_at is not None and listed_at >= (before.page.updated or EVER):
        messages += _gone(there.values(), {one.code for one in current})
        messages += _disorder(after, known)
    for message in messages:
        remarks.changed("import-kept", CONFIG, "", message)


def _differences(config: Config, there: Component | Group, one: SourceComponent) -> Iterator[str]:
    if newest(one.updated, there.updated) != one.updated:
        return  # the source is the older one
    pairs: list[tuple[str, object, object]] = [
        ("name", there.name, one.name or there.id),
        ("description", there.description, one.description),
    ]
    if isinstance(there, Component) and not one.is_group:
        ids = {group.code: group.id for group in config.groups if group.code}
        pairs += [
            ("group", there.group, ids.get(one.group, "") if one.group else ""),
            ("start_date", there.since, one.start or there.since),
            ("showcase", there.showcase, one.showcase),
            ("only_show_if_degraded", there.only_show_if_degraded, one.only_show_if_degraded),
        ]
    for key, ours, theirs in pairs:
        if ours != theirs:
            yield f"the {key} of '{there.id}' is not as at the source; the file's stays"


def _gone(there: Iterable[Component | Group], codes: set[str]) -> Iterator[str]:
    for one in there:
        is_over = isinstance(one, Component) and one.until is not None
        if one.code and one.code not in codes and not is_over:
            advice = "; if it is gone, give it 'until'" if isinstance(one, Component) else ""
            yield f"'{one.id}' is on the page of the source no more, and stays here{advice}"


def _disorder(
    config: Config,
    known: Sequence[tuple[Component | Group, SourceComponent]],
) -> Iterator[str]:
    """Tell that siblings stand in another order; of equal positions any order is the source's."""
    ranks = api_ranks(config)
    levels: dict[str, list[tuple[int, int]]] = {}
    for there, one in known:
        if there.id in ranks and one.position is not None:
            levels.setdefault(one.group, []).append((one.position, ranks[there.id]))
    if any(
        [rank for _, rank in sorted(level)] != sorted(rank for _, rank in level)
        for level in levels.values()
    ):
        yield "the order of the components is not as at the source; the file's stays"
