"""The memory of rendered texts: what is damaged is as if it had never been."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.memory.cache import Memo

KNOWN = {f"text {number}": f"<p>text {number}</p>" * (number + 1) for number in range(20)}


def remember(folder: Path, texts: dict[str, str], version: str = "1") -> None:
    memo = Memo(str(folder), version)
    for text, html in texts.items():
        memo.add(text, html)
    memo.save()


def recall(folder: Path, version: str = "1") -> dict[str, str | None]:
    memo = Memo(str(folder), version)
    return {text: memo.get(text) for text in KNOWN}


def test_what_was_added_is_known_at_once_and_in_the_next_build(tmp_path: Path) -> None:
    memo = Memo(str(tmp_path), "1")
    memo.add("a", "<p>a</p>")
    assert memo.get("a") == "<p>a</p>"
    memo.save()
    assert Memo(str(tmp_path), "1").get("a") == "<p>a</p>"


def test_what_was_not_added_is_not_known(tmp_path: Path) -> None:
    assert Memo(str(tmp_path), "1").get("a") is None


def test_another_version_knows_nothing_and_starts_anew(tmp_path: Path) -> None:
    remember(tmp_path, KNOWN)
    assert set(recall(tmp_path, "2").values()) == {None}
    assert set(recall(tmp_path, "1").values()) == {None}


def test_a_version_that_begins_like_another_is_another(tmp_path: Path) -> None:
    remember(tmp_path, KNOWN, "12")
    assert set(recall(tmp_path, "1").values()) == {None}


def test_entries_of_several_builds_add_up(tmp_path: Path) -> None:
    for text, html in KNOWN.items():
        remember(tmp_path, {text: html})
    assert recall(tmp_path) == KNOWN


def test_forked_processes_add_to_the_same_file(tmp_path: Path) -> None:
    one, other = Memo(str(tmp_path), "1"), Memo(str(tmp_path), "1")
    one.add("a", "A")
    other.add("b", "B")
    one.save()
    other.save()
    memo = Memo(str(tmp_path), "1")
    assert (memo.get("a"), memo.get("b")) == ("A", "B")


def test_a_process_finds_what_another_has_saved_meanwhile(tmp_path: Path) -> None:
    one, other = Memo(str(tmp_path), "1"), Memo(str(tmp_path), "1")
    assert one.get("a") is None
    for text, html in KNOWN.items():
        other.add(text, html)
        other.save()
        assert one.get(text) == html


def test_an_entry_that_another_process_is_still_writing_is_found_when_it_is_whole(
    tmp_path: Path,
) -> None:
    one, other = Memo(str(tmp_path), "1"), Memo(str(tmp_path), "1")
    (file,) = tmp_path.iterdir()
    before = len(file.read_bytes())
    other.add("a", "A")
    other.save()
    whole = file.read_bytes()
    for end in range(before, len(whole)):
        file.write_bytes(whole[:end])
        assert one.get("a") is None
    file.write_bytes(whole)
    assert one.get("a") == "A"


def assert_right_or_unknown(folder: Path) -> None:
    for text, html in recall(folder).items():
        assert html in (None, KNOWN[text])


def test_a_file_cut_off_anywhere_gives_what_is_whole_and_can_go_on(tmp_path: Path) -> None:
    remember(tmp_path, KNOWN)
    whole = (tmp_path / "markdown").read_bytes()
    for length in range(0, len(whole), 13):
        (tmp_path / "markdown").write_bytes(whole[:length])
        assert_right_or_unknown(tmp_path)
        remember(tmp_path, {"after": "<p>after</p>"})
        assert Memo(str(tmp_path), "1").get("after") == "<p>after</p>"


@given(at=st.integers(min_value=0, max_value=10_000), noise=st.binary(min_size=1, max_size=40))
def test_a_damaged_file_never_gives_another_html(
    tmp_path_factory: pytest.TempPathFactory,
    at: int,
    noise: bytes,
) -> None:
    folder = tmp_path_factory.mktemp("memo")
    remember(folder, KNOWN)
    whole = (folder / "markdown").read_bytes()
    at %= len(whole)
    (folder / "markdown").write_bytes(whole[:at] + noise + whole[at + len(noise) :])
    assert_right_or_unknown(folder)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: os.truncate(path, 60),
        lambda path: path.write_bytes(os.urandom(4000)),
    ],
    ids=["deleted", "emptied", "cut", "overwritten"],
)
def test_a_file_damaged_while_it_is_in_use_harms_nothing(
    tmp_path: Path,
    spoil: Callable[[Path], object],
) -> None:
    remember(tmp_path, KNOWN)
    memo = Memo(str(tmp_path), "1")
    spoil(tmp_path / "markdown")
    for text, html in KNOWN.items():
        assert memo.get(text) in (None, html)
    memo.add("a", "A")
    memo.save()
    assert memo.get("a") == "A"


def test_without_a_folder_it_remembers_for_this_build_only() -> None:
    memo = Memo(None, "1")
    memo.add("a", "A")
    memo.save()
    assert memo.get("a") == "A"


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    memo = Memo(str(tmp_path / "file"), "1")
    memo.add("a", "A")
    memo.save()
    assert Memo(str(tmp_path / "file"), "1").get("a") is None


def test_a_file_full_of_texts_that_are_gone_is_written_anew(tmp_path: Path) -> None:
    gone = {f"gone {number}": "x" * 40_000 for number in range(60)}
    remember(tmp_path, {**KNOWN, **gone})
    before = (tmp_path / "markdown").stat().st_size
    Memo(str(tmp_path), "1").compact(KNOWN)
    assert (tmp_path / "markdown").stat().st_size < before / 10
    assert recall(tmp_path) == KNOWN


def test_a_file_that_is_mostly_in_use_stays_as_it_is(tmp_path: Path) -> None:
    texts = {f"kept {number}": "x" * 40_000 for number in range(60)}
    remember(tmp_path, texts)
    before = (tmp_path / "markdown").stat().st_ino
    Memo(str(tmp_path), "1").compact(list(texts)[:40])
    assert (tmp_path / "markdown").stat().st_ino == before


def test_any_text_can_be_remembered(tmp_path: Path) -> None:
    texts = {"": "", "ü": "<p>ü</p>", "\ud800": "<p>�</p>", "𝔘" * 5000: "<p>long</p>"}
    remember(tmp_path, texts)
    memo = Memo(str(tmp_path), "1")
    assert {text: memo.get(text) for text in texts} == texts
