"""What readers have while a publish by rsync goes wrong in every way, and what heals it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from machines import Other
from releases import ONE, TWO, lay_out, order_of, seen_in
from rsync_runs import Broken, read, send, spoilt, target_to
from small_disk import MUCH, needs_mount, small_disk

from statusgen.network.patience import Patience
from statusgen.publish.decision import Relation
from statusgen.publish.publishing import End, Place, publish

Record = Callable[[str, object], None]

SIZES = (0, 50, 200, 400, 800, 1600)
"""How many bytes of a transfer get through before it is cut; the longest is a little longer."""

KINDS = [
    *map(Broken, ("killed", "failing", "hanging")),
    *(Broken("cut", size=size) for size in SIZES),
]


@pytest.mark.parametrize(
    ("broken", "every"),
    [
        (Broken("killed"), 5),
        (Broken("cut", size=400), 5),
        *(
            pytest.param(one, 1, marks=pytest.mark.extreme, id=f"{one.how} {one.size} at each")
            for one in KINDS
        ),
    ],
)
def test_interrupted_at_any_transfer_readers_have_a_whole_release_and_the_next_publish_heals(
    broken: Broken, every: int, other: Other, tmp_path: Path, record_property: Record
) -> None:
    folders = [lay_out(tmp_path / str(number), files) for number, files in enumerate((ONE, TWO))]
    send(folders[0], other.machine)
    faults = 0
    for number, at in enumerate(range(0, 9, every)):
        folder = folders[1 - number % 2]
        _, wrong = spoilt(folder, other.machine, tmp_path, broken._replace(at=at))
        faults += wrong > 0
        assert_whole(other, folders)
        assert_heals(folder, other)
    record_property("faults", faults)


def assert_whole(other: Other, folders: Sequence[str]) -> None:
    """What readers get is one release, and what the other one's pages need."""
    shown = read(other).items()
    assert any(shown >= seen_in(Path(folder)).items() for folder in folders)


def assert_heals(folder: str, other: Other) -> None:
    patience = Patience(seconds=60, pause=0.1)
    order = order_of(folder, relate=lambda *_: Relation.NEWER, patience=patience)
    healed = publish(Place("web", lambda: target_to(other.machine)), order)
    assert healed.end.is_good, healed.reason
    assert read(other).items() >= seen_in(Path(folder)).items()


@needs_mount
@pytest.mark.parametrize("every", [7, pytest.param(1, marks=pytest.mark.extreme)])
def test_on_a_disk_that_gets_full_at_any_file_readers_have_a_whole_release_and_space_heals(
    every: int, other: Other, tmp_path: Path, record_property: Record
) -> None:
    folders = [lay_out(tmp_path / str(number), files) for number, files in enumerate((ONE, TWO))]
    with small_disk(other.folder) as has_room_for:
        send(folders[0], other.machine)
        send(folders[1], other.machine)
        faults = 0
        for number, room in enumerate(range(0, 100, every)):
            folder = folders[number % 2]
            has_room_for(room)
            outcome = publish(
                Place("web", lambda: target_to(other.machine)),
                order_of(folder, relate=lambda *_: Relation.NEWER),
            )
            assert_whole(other, folders)
            if outcome.end is End.PUBLISHED:
                break
            assert "No space left on device" in outcome.reason
            assert outcome.tries == 1
            faults += 1
            has_room_for(MUCH)
            assert_heals(folder, other)
    record_property("faults", faults)
    assert faults > 8 // every
