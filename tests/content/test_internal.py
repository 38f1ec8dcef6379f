"""Internal blocks: what of a text the public sees, and what the company does."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from stopwatch import within

from statusgen.content import parse_incident
from statusgen.content.collector import Collector
from statusgen.content.internal import text_for
from statusgen.model import INTERNAL, PUBLIC

FRONT = "---\ntitle: Card payments fail\n---\n\n"
INVESTIGATING = "## Investigating · 2026-11-21 10:05 UTC\n"
IDENTIFIED = "## Identified · 2026-11-21 10:20 UTC\n"


def public(text: str) -> str:
    return text_for(PUBLIC, text, Collector("a.md"))


def internal(text: str) -> str:
    return text_for(INTERNAL, text, Collector("a.md"))


def codes(text: str) -> list[tuple[str, int]]:
    problems = Collector("a.md")
    text_for(PUBLIC, text, problems)
    return [(one.code, one.where.line) for one in problems.all()]


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Down<!-- internal --> (db7)<!-- /internal -->.", "Down."),
        ("a\n<!-- internal -->\ndb7\n<!-- /internal -->\nb", "a\n\n\n\nb"),
        ("a <!-- internal: db7 --> b", "a  b"),
        ("a <!--internal note: db7\nand db8--> b", "a \n b"),
        ("a<!-- INTERNAL -->x<!--/Internal-->b", "ab"),
        ("a<!--\ninternal\n-->x<!--  /  internal  -->b", "a\n\nb"),
        ("a<!-- internal -->x<!-- internal -->y<!-- /internal -->z<!-- /internal -->b", "ab"),
        ("a <!-- a comment --> b", "a <!-- a comment --> b"),
        ("a <!-- external --> b", "a <!-- external --> b"),
        ("an <internal.example> and <https://internal.example/>", None),
        ("`<!-- internal -->`x`<!-- /internal -->`", "``"),
        ("```\n<!-- internal -->\nx\n<!-- /internal -->\n```", "```\n\n\n\n```"),
        ("\\<!-- internal -->x<!-- /internal -->", "\\"),
        ("a <!-- note <!-- internal -->x<!-- /internal -->", "a <!-- note "),
    ],
)
def test_what_is_internal_is_not_public(written: str, seen: str | None) -> None:
    assert public(written) == (written if seen is None else seen)
    assert codes(written) == []


@pytest.mark.parametrize(
    "mark",
    [
        "<!-- interal -->",
        "<!-- Intenral -->",
        "<!-- inter\u200bnal -->",
        "<!\N{EM DASH} internal \N{EM DASH}>",
        "<!- internal ->",
        "<internal>",
        "<!-- \N{FULLWIDTH LATIN SMALL LETTER I}nternal! -->",
    ],
)
def test_a_miswritten_mark_counts_and_is_told(mark: str) -> None:
    written = f"a {mark}x<!-- /internal --> b"
    assert public(written) == "a  b"
    assert codes(written) == [("bad-internal-mark", 1)]


@pytest.mark.parametrize("mark", ["<!-- end internal -->", "<!-- endinternal -->", "</internal>"])
def test_so_does_a_miswritten_end(mark: str) -> None:
    assert public(f"a<!-- internal -->x{mark}b") == "ab"


def test_an_unclosed_block_hides_the_rest_of_its_update() -> None:
    written = f"{FRONT}{INVESTIGATING}\na\n\n<!-- internal -->\nx\n\n{IDENTIFIED}\nb\n"
    assert public(written) == f"{FRONT}{INVESTIGATING}\na\n\n\n\n\n{IDENTIFIED}\nb\n"
    assert codes(written) == [("unclosed-internal", 9)]


def test_the_next_updates_own_block_does_not_close_it() -> None:
    own = "<!-- internal -->y<!-- /internal -->"
    written = f"{FRONT}{INVESTIGATING}\na<!-- internal -->x\n\n{IDENTIFIED}\nb{own}\n"
    assert public(written) == f"{FRONT}{INVESTIGATING}\na\n\n{IDENTIFIED}\nb\n"


def test_an_unclosed_block_above_a_heading_hides_the_rest_of_the_file() -> None:
    written = f"{FRONT}{INVESTIGATING}\na\n\n<!-- internal -->\n\n{IDENTIFIED}\nx\n"
    assert public(written).rstrip() == f"{FRONT}{INVESTIGATING}\na"


def test_a_heading_in_a_code_fence_does_not_end_an_unclosed_block() -> None:
    written = f"{FRONT}{INVESTIGATING}\na\n<!-- internal -->\n```\n{IDENTIFIED}x\n```\ny\n"
    assert public(written).rstrip() == f"{FRONT}{INVESTIGATING}\na"


def test_an_end_without_a_beginning_hides_the_text_before_it_in_its_update() -> None:
    keys = "next update: +30m\n"
    written = f"{FRONT}{INVESTIGATING}\na\n\n{IDENTIFIED}{keys}\nx\n<!-- /internal -->\nb\n"
    assert public(written) == f"{FRONT}{INVESTIGATING}\na\n\n{IDENTIFIED}{keys}\n\n\nb\n"
    assert codes(written) == [("internal-not-opened", 13)]


def test_a_block_may_enclose_updates() -> None:
    block = f"<!-- internal -->\n{IDENTIFIED}\nx\n<!-- /internal -->\n"
    text = f"{FRONT}{INVESTIGATING}\na\n\n{block}"
    seen = parse_incident("incidents/a.md", text.encode(), ZoneInfo("UTC"), ())
    assert [one.text for one in seen.incident.updates] == ["a"]
    known = parse_incident("incidents/a.md", text.encode(), ZoneInfo("UTC"), (), INTERNAL)
    assert [one.text for one in known.incident.updates] == ["a", "> 🔒\n> x"]


def test_marks_in_the_front_matter_spoil_the_file() -> None:
    text = (
        f"---\ntitle: A<!-- internal -->\naudience: staff\n<!-- /internal -->\n---\n{INVESTIGATING}"
    )
    reading = parse_incident("incidents/a.md", text.encode(), ZoneInfo("UTC"), ())
    assert not reading.readable
    assert reading.problems[0].code == "internal-front-matter"


def test_nothing_is_left_of_a_text_whose_marks_have_no_text_between_their_letters() -> None:
    assert public("\ufffd".join("a\n<!-- internal: db7 -->\n")).strip() == ""


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Down<!-- internal --> (db7)<!-- /internal -->.", "Down 🔒 (db7) 🔒."),
        ("a <!-- internal: db7 --> b", "a 🔒 db7 🔒 b"),
        ("<!-- internal -->\ndb7\n\n- x\n<!-- /internal -->\nb", "> 🔒\n> db7\n>\n> - x\n\nb"),
        ("- a\n  <!-- internal -->\n  x\n  <!-- /internal -->", "- a\n  > 🔒\n  > x\n"),
        ("<!-- internal -->x<!-- /internal -->\n\nb", "> 🔒 x\n\nb"),
        ("<!-- internal -->x<!-- /internal -->\nb", "🔒 x 🔒\nb"),
        ("a <!-- internal -->x <internal>y</internal><!-- /internal -->", "a 🔒 x y 🔒"),
    ],
)
def test_the_company_sees_it_behind_a_sign(written: str, seen: str) -> None:
    assert internal(written) == seen


HUGE = {
    "openings": "<!-- internal -->" * 58_000,
    "ends": "<!-- /internal -->" * 55_000,
    "unclosed in each update": f"{IDENTIFIED}a<!-- internal -->\n" * 16_000,
    "ends in each update": f"{IDENTIFIED}a<!-- /internal -->\n" * 16_000,
    "nearly marks": "<!-- intrenal -->" * 58_000,
    "other comments": "<!--abcdefgh-->" * 66_000,
    "brackets": "<" * 1_000_000,
    "comments that do not end": "<!--" * 250_000,
    "tags": f"<{'x' * 58}>" * 16_000,
    "blocks": "<!-- internal -->x<!-- /internal -->\n" * 27_000,
    "damaged": "<\ufffd!-- internal: x -->\n" * 40_000,
}


@pytest.mark.parametrize("name", HUGE)
@pytest.mark.parametrize("read", [public, internal])
def test_a_large_file_takes_no_more_than_a_moment(read: Callable[[str], str], name: str) -> None:
    with within(3):
        read(HUGE[name])


@pytest.mark.parametrize("read", [public, internal])
@pytest.mark.parametrize(
    "block",
    [
        f"<!-- internal -->\n{IDENTIFIED}\nx\n<!-- /internal -->",
        "<!--\ninternal\n-->x<!--\n/internal\n-->",
        "b <!--\ninternal -->x<!-- /internal\n--> c",
        "<!-- internal -->x <!--\ninternal: y -->z<!-- /internal -->",
        "<!-- internal\n: ask Ann -->",
    ],
)
def test_lines_keep_their_numbers(read: Callable[[str], str], block: str) -> None:
    text = f"{FRONT}{INVESTIGATING}a\n{block}\nend\n"
    assert read(text).split("\n").index("end") == text.split("\n").index("end")


def test_the_word_about_further_problems_names_the_file() -> None:
    problems = Collector("a.md")
    text_for(PUBLIC, "<!--internal-->x<!--/intern-->\n" * 40, problems)
    assert {one.where.path for one in problems.all()} == {"a.md"}
    assert problems.all()[-1].code == "too-many-problems"
