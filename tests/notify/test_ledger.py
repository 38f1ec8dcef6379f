from __future__ import annotations

import json
import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.notify.ledger.compaction import compact
from statusgen.notify.ledger.lines import Line, Read, Sighting, What, merge, parse, render
from statusgen.notify.ledger.state import PostStatus, State, Telling, state_of

SEEN = Sighting("public", "r1", "u1", "opened", "investigating", "", "f1", 100)
INTENT = Line(What.INTENT, 100, "mail", "e1", ("a", "b"), "run1", 280)
DONE_A = Line(What.DONE, 101, "mail", "e1", ("a",), "run1")
DONE_B = Line(What.DONE, 102, "mail", "e1", ("b",), "run1")
EVERY = (
    Line(What.SEEN, 90, event="e1", seen=SEEN),
    Line(What.BEGUN, 80, "mail", known=("e0",)),
    Line(What.DUE, 95, "mail", "e1"),
    INTENT,
    DONE_A,
    Line(What.BACK, 103, "mail", "e1", ("b",), "run1"),
    Line(What.FAILED, 104, "chat", "e1", ("",), "run1", why="no such channel"),
    Line(What.SKIPPED, 105, "sms", "e1", why="old"),
    Line(What.DOWN, 106, "chat", why="no answer"),
    Line(What.GONE, 107, event="e9", why="public"),
)


def telling(*lines: Line) -> Telling:
    return state_of(lines).tellings["e1", "mail"]


# ── lines ─────────────────────────────────────────────────────────────────────────────────────


def test_what_is_written_is_read_again() -> None:
    assert parse(render(EVERY)) == Read(EVERY)


def test_a_line_that_is_cut_off_anywhere_does_not_exist_and_the_others_do() -> None:
    content = render(EVERY)
    last = len(render(EVERY[:-1]))
    for end in range(last, len(content) - 1):
        assert parse(content[:end]).lines == EVERY[:-1]
        assert parse(content[:end]).damaged == 0


def test_a_line_behind_a_torn_one_is_read() -> None:
    content = render(EVERY)
    torn = content[:-20] + b"\n" + render([DONE_B])
    assert parse(torn) == Read((*EVERY[:-1], DONE_B), damaged=1)


@given(st.integers(0, len(render(EVERY)) - 1), st.integers(1, 255))
def test_a_damaged_byte_never_makes_another_line(place: int, change: int) -> None:
    content = bytearray(render(EVERY))
    content[place] ^= change
    assert set(parse(bytes(content)).lines) <= set(EVERY)


@given(st.binary(max_size=300))
def test_any_bytes_are_read(content: bytes) -> None:
    assert parse(content).lines == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
NAMES = st.sampled_from([*Line._fields, "other"])


@given(JSON | st.dictionaries(NAMES, JSON | st.sampled_from([one.value for one in What])))
def test_a_line_with_anything_in_it_is_read_or_is_not_known(content: object) -> None:
    text = json.dumps(content).encode()
    read = parse(b"%08x %s\n" % (zlib.crc32(text), text))
    assert len(read.lines) + read.foreign == 1
    state_of(read.lines)
    compact(read)


def test_what_a_later_version_wrote_is_counted_and_stays_in_a_merge() -> None:
    foreign = render(EVERY[:1]).replace(b'"seen"}', b'"sighted"}')
    text = foreign[9:-1]
    line = b"%08x %s\n" % (zlib.crc32(text), text)
    assert parse(line) == Read((), foreign=1)
    assert merge(line, render([INTENT])) == line + render([INTENT])
    assert not compact(parse(line + render([INTENT, DONE_A, DONE_B]))).is_shorter


@given(st.lists(st.sampled_from(EVERY)), st.lists(st.sampled_from(EVERY)))
def test_two_ledgers_are_merged_as_a_union(ours: list[Line], theirs: list[Line]) -> None:
    merged = parse(merge(render(ours), render(theirs))).lines
    assert set(merged) == {*ours, *theirs}
    assert len(merged) == len(set(merged))
    assert merge(merge(render(ours), render(theirs)), render(theirs)) == merge(
        render(ours), render(theirs)
    )


# ── what they come to ─────────────────────────────────────────────────────────────────────────


def as_told(state: State) -> object:
    return (
        state.begun,
        state.sightings,
        state.gone,
        state.downs,
        {key: (one.due, one.at, one.posts, one.skipped) for key, one in state.tellings.items()},
    )


@given(st.permutations(EVERY))
def test_the_order_of_lines_does_not_matter(lines: list[Line]) -> None:
    assert as_told(state_of(lines)) == as_told(state_of(EVERY))


def test_what_is_meant_to_be_sent_is_held_until_its_time_is_over() -> None:
    post = telling(INTENT).posts["a"]
    assert post.status(279, exclusive=False) is PostStatus.HELD
    assert post.status(280, exclusive=False) is PostStatus.LOST
    assert post.status(100, exclusive=True) is PostStatus.LOST


def test_what_is_given_back_is_free_at_once() -> None:
    back = Line(What.BACK, 101, "mail", "e1", ("a",), "run1")
    posts = telling(INTENT, back).posts
    assert posts["a"].status(102, exclusive=False) is PostStatus.FREE
    assert posts["b"].status(102, exclusive=False) is PostStatus.HELD


def test_what_another_run_means_to_send_after_that_is_held() -> None:
    back = Line(What.BACK, 101, "mail", "e1", ("a",), "run1")
    other = INTENT._replace(run="run2", until=400)
    assert telling(INTENT, back, other).posts["a"].status(399, exclusive=False) is PostStatus.HELD


def test_what_arrived_is_over_whatever_others_thought() -> None:
    unknown = Line(What.UNKNOWN, 300, "mail", "e1", ("a",), "run2")
    assert telling(INTENT, unknown, DONE_A).posts["a"].end is What.DONE


def test_of_two_beginnings_of_a_channel_the_first_holds() -> None:
    first = Line(What.BEGUN, 80, "mail", known=("e0",))
    later = Line(What.BEGUN, 85, "mail", known=("e0", "e1"))
    assert state_of([later, first]).begun == {"mail": frozenset({"e0"})}


def test_failures_before_the_last_success_do_not_count() -> None:
    downs = [Line(What.DOWN, at, "chat") for at in (10, 20, 40)]
    assert state_of([*downs, Line(What.UP, 30, "chat")]).downs == {"chat": [40]}


# ── compaction ──────────────────────────────────────────────────────────────────────────────────


def test_what_is_over_takes_one_line() -> None:
    compacted = compact(Read((INTENT, DONE_A, DONE_B)))
    assert compacted.lines == (Line(What.COMPACTED, 100, "mail", "e1"),)
    assert telling(*compacted.lines).is_over
    assert telling(*compacted.lines).was_told


def test_what_has_still_to_be_sent_keeps_all_its_lines() -> None:
    assert compact(Read((INTENT, DONE_A))).lines == (INTENT, DONE_A)


def test_what_arrived_nowhere_is_folded_as_that() -> None:
    lines = tuple(Line(What.FAILED, 105, "mail", "e1", (one,), why="no") for one in "ab")
    compacted = compact(Read((INTENT, *lines)))
    assert len(compacted.lines) == 1
    assert telling(*compacted.lines).is_over
    assert not telling(*compacted.lines).was_told


def test_of_a_channel_that_works_again_no_failure_is_left() -> None:
    up = Line(What.UP, 30, "chat")
    lines = (Line(What.DOWN, 10, "chat"), Line(What.DOWN, 20, "chat"), up)
    assert compact(Read(lines)).lines == (up,)
    down = Line(What.DOWN, 40, "chat")
    assert compact(Read((*lines, down))).lines == (up, down)


RUNS = ("run1", "run2")
LINES = st.one_of(
    st.builds(
        Line,
        st.sampled_from([What.INTENT, What.AWAY, What.BACK, What.DONE, What.FAILED, What.UNKNOWN]),
        st.integers(0, 5),
        st.sampled_from(["mail", "chat"]),
        st.sampled_from(["e1", "e2"]),
        st.sampled_from([("a",), ("b",), ("a", "b")]),
        st.sampled_from(RUNS),
        st.integers(0, 9),
    ),
    st.builds(
        Line,
        st.sampled_from([What.DUE, What.SKIPPED]),
        st.integers(0, 5),
        st.sampled_from(["mail", "chat"]),
        st.sampled_from(["e1", "e2"]),
        why=st.sampled_from(["old", "superseded"]),
    ),
    st.builds(
        Line, st.sampled_from([What.DOWN, What.UP]), st.integers(0, 5), st.sampled_from(["mail"])
    ),
)


@given(st.lists(LINES, max_size=12))
def test_folding_loses_nothing_that_decides_what_is_sent(lines: list[Line]) -> None:
    before = parse(render(lines))
    old, new = state_of(before.lines), state_of(compact(before).lines)
    assert old.tellings.keys() == new.tellings.keys()
    for key, one in old.tellings.items():
        other = new.tellings[key]
        assert other.is_over == one.is_over
        assert other.was_told == one.was_told
        if not one.is_over:
            assert other == one
    assert {name: one for name, one in old.downs.items() if one} == {
        name: one for name, one in new.downs.items() if one
    }
    again = compact(Read(compact(before).lines))
    assert again.lines == compact(before).lines


@pytest.mark.parametrize("seed", range(20))
def test_folding_and_merging_in_any_order_forgets_no_end(seed: int) -> None:
    """A copy that was compacted and one that was not: what was over stays so."""
    draw = random.Random(seed)
    lines = [INTENT, DONE_A, DONE_B, *EVERY]
    copy = draw.sample(lines, draw.randint(0, len(lines)))
    merged = parse(merge(render(copy), render(compact(Read((INTENT, DONE_A, DONE_B))).lines))).lines
    assert telling(*merged).is_over
