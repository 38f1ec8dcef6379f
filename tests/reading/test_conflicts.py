"""What a merge of Git's leaves in a text."""

from __future__ import annotations

from statusgen.reading.conflicts import both_sides, first_side, marker_problems

MERGED = "\na\n<<<<<<< HEAD\nours\n||||||| base\nold\n=======\ntheirs\n>>>>>>> other\nb"


def test_the_first_side_of_a_conflict_is_kept_and_every_line_stays_where_it_was() -> None:
    assert first_side(MERGED) == "\na\n\nours\n\n\n\n\n\nb"


def test_both_sides_are_kept_where_a_marker_is_missing() -> None:
    half = MERGED.replace(">>>>>>> other", "")
    assert first_side(half) == both_sides(half)
    assert "theirs" in first_side(half)


def test_what_is_between_two_conflicts_is_no_side_of_theirs() -> None:
    assert "\na\n" in first_side(f"{MERGED}{MERGED}")[10:]


def test_each_marker_but_the_one_in_the_middle_is_told_with_its_line() -> None:
    told = [(one.where.line, one.message[:9]) for one in marker_problems(MERGED, "f")]
    assert told == [(2, "'<<<<<<< "), (4, "'||||||| "), (8, "'>>>>>>> ")]
