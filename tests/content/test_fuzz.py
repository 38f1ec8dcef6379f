"""Files that nobody would write: nothing crashes, hangs, or is lost by rewriting."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from markup.harmless import assert_harmless
from stopwatch import within
from strategies import TRICKY_LINES

from statusgen.content import parse_incident
from statusgen.content.rewriting import rewrite_incident
from statusgen.model import INTERNAL
from statusgen.problems import Problem
from statusgen.reading.characters import decode
from statusgen.site.markdown import render

BERLIN = ZoneInfo("Europe/Berlin")
PATH = "incidents/2026-11-21-cards.md"
SEEDS = sorted((Path(__file__).parents[2] / "incidents").rglob("*.md"))

TOKENS = [
    *(f"\n{line}\n".encode() for line in TRICKY_LINES),
    b"<script>alert(1)</script>",
    b"<!-- internal -->",
    b"<!--\ninternal\n-->",
    b"<!-- /internal\n-->",
    b"<!-- internal\n: ask -->",
    b"components: " + b"x" * 2_000 + b"\n",
    b"<img src=x onerror=alert(1)>",
    b"[x](javascript:alert(1))",
    b"[x](//elsewhere.example)",
    b"\n<svg/onload=alert(1)>\n",
    b"---\n",
    b"\n---\n",
    b"## ",
    b"\n## Resolved \xc2\xb7 2026-11-21 11:02 UTC\n",
    b"\n## Update - 2026-03-29 02:30\n",
    b"type: maintenance\n",
    b"starts: 2026-11-21 10:00 UTC\nends: 2026-11-21 11:00 UTC\n",
    b"repeat: FREQ=WEEKLY\n",
    b"ended: 1999-02-30\n",
    b"draft: yes\n",
    b"components: {api: major_outage}\n",
    b"components: api=major_outage->operational,=,a=,=b\n",
    b"{",
    b"[",
    b"&a ",
    b"*a",
    b"!!python/object:x",
    b"<<: ",
    b"\t",
    b"\r",
    b"\r\n",
    b"\x00",
    b"\x1b[31m",
    b"\xff",
    b"\xed\xa0\x80",
    b"\xe2\x80\xae",
    b"\xe2\x80\xa8",
    b"\xef\xbb\xbf",
    b"\xc2\x85",
    b'"',
    b"'",
    b"# ",
    b": ",
    b"|\n",
    b"%YAML 1.1\n",
    b"...\n",
    "· – — → é 早 🚑".encode(),
    b"99999999999999999999",
]


def mutants(count: int) -> Iterator[bytes]:
    """Yield so many damaged files, the same ones in every run."""
    chance = random.Random(20261121)
    seeds = [path.read_bytes() for path in SEEDS]
    for _ in range(count):
        raw = bytearray(chance.choice(seeds))
        for _ in range(chance.randint(1, 8)):
            chance.choice(MUTATIONS)(raw, chance, seeds)
        yield bytes(raw)


def insert_token(raw: bytearray, chance: random.Random, _seeds: list[bytes]) -> None:
    at = chance.randint(0, len(raw))
    raw[at:at] = chance.choice(TOKENS)


def insert_line(raw: bytearray, chance: random.Random, _seeds: list[bytes]) -> None:
    at = raw.find(b"\n", chance.randint(0, len(raw))) + 1
    raw[at:at] = chance.choice(TOKENS)


def flip_byte(raw: bytearray, chance: random.Random, _seeds: list[bytes]) -> None:
    if raw:
        raw[chance.randrange(len(raw))] = chance.randrange(256)


def delete_slice(raw: bytearray, chance: random.Random, _seeds: list[bytes]) -> None:
    at = chance.randint(0, len(raw))
    del raw[at : at + chance.choice((1, 1, 2, 10, 100))]


def repeat_slice(raw: bytearray, chance: random.Random, _seeds: list[bytes]) -> None:
    at = chance.randint(0, len(raw))
    piece = raw[at : at + chance.choice((1, 5, 50, 500))]
    raw[at:at] = piece * chance.choice((1, 2, 20))


def swap_lines(raw: bytearray, chance: random.Random, _seeds: list[bytes]) -> None:
    lines = raw.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    raw[:] = b"\n".join(lines)


def cut_off(raw: bytearray, chance: random.Random, _seeds: list[bytes]) -> None:
    del raw[chance.randint(0, len(raw)) :]


def splice(raw: bytearray, chance: random.Random, seeds: list[bytes]) -> None:
    other = chance.choice(seeds)
    raw[chance.randint(0, len(raw)) :] = other[chance.randint(0, len(other)) :]


MUTATIONS: list[Callable[[bytearray, random.Random, list[bytes]], None]] = [
    *[insert_token] * 4,
    *[insert_line] * 4,
    *[flip_byte] * 2,
    *[delete_slice] * 2,
    repeat_slice,
    swap_lines,
    cut_off,
    splice,
]


def check(raw: bytes) -> None:
    with within(1):
        reading = parse_incident(PATH, raw, BERLIN, ("api", "calendar"))
    incident = reading.incident
    times = [update.at for update in incident.updates]
    assert times == sorted(times)
    assert incident.title.strip()
    for text in (incident.title, incident.summary, *(one.text for one in incident.updates)):
        assert not any(character < " " and character not in "\n\t" for character in text)
    for text in (incident.summary, *(one.text for one in incident.updates)):
        with within(1):
            assert_harmless(render(text).html)
    internal = parse_incident(PATH, raw, BERLIN, ("api", "calendar"), INTERNAL)
    lines = decode(raw, PATH)[0].split("\n")
    for problem in (*reading.problems, *internal.problems):
        assert_helpful(problem, len(lines))
    for problem in reading.problems:  # on the internal site signs take the columns of marks
        line, column = problem.where[1:]
        assert line in {0, len(lines) + 1} or 1 <= column <= len(lines[line - 1]) + 1
    text = raw.decode(errors="replace")
    rewritten = rewrite_incident(text, incident, BERLIN)
    if reading.readable:
        assert rewritten == text


def assert_helpful(problem: Problem, lines: int) -> None:
    assert problem.where.path == PATH
    # Front matter that ends with its first line lacks its keys in the second.
    assert problem.where.line <= max(lines, 2)
    assert problem.hint
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e]", problem.message + problem.hint)
    assert len(str(problem).encode()) < 1_000


def test_damaged_files() -> None:
    for raw in mutants(2_000):
        check(raw)


@pytest.mark.extreme
def test_a_hundred_thousand_damaged_files() -> None:
    for raw in mutants(100_000):
        check(raw)


MEGABYTE = 990_000

FRONT = b"---\ntitle: X\n---\n"
UPDATE = b"## Identified \xc2\xb7 2026-11-21 10:00 UTC\n"

HUGE = {
    "nothing but newlines": b"\n" * MEGABYTE,
    "nothing but blanks": b" " * MEGABYTE,
    "blank lines with blanks": b"   \n" * (MEGABYTE // 4),
    "one long line": b"x" * MEGABYTE,
    "one long heading": FRONT + b"## " + b"x" * MEGABYTE,
    "one long heading of blanks": FRONT + b"##" + b" " * MEGABYTE + b"x",
    "one long heading of separators": FRONT + b"## " + b"-" * MEGABYTE,
    "one long heading of digits": FRONT + b"## Resolved - " + b"1" * MEGABYTE,
    "hashes": FRONT + b"#" * MEGABYTE,
    "backslashes": FRONT + b"\\" * MEGABYTE + b"## Resolved - 10:00",
    "headings": FRONT + b"##\n" * (MEGABYTE // 3),
    "misspelt headings": FRONT + b"## Resolvd - 2026-11-21 10:00 UTC\n" * (MEGABYTE // 35),
    "updates": FRONT + UPDATE * (MEGABYTE // 40),
    "updates that look like text": FRONT + UPDATE + b" ## Cause\n" * (MEGABYTE // 10),
    "escaped updates": FRONT + UPDATE + b"\\## Resolved - 10:00\n" * (MEGABYTE // 21),
    "fences": FRONT + b"```\n" * (MEGABYTE // 4),
    "unclosed fences": FRONT + (b"```\n" + UPDATE) * (MEGABYTE // 44),
    "quoted updates": FRONT + b"```\n" + UPDATE * (MEGABYTE // 40) + b"```\n",
    "comments": FRONT + b"<!--\n" * (MEGABYTE // 5),
    "closed comments": FRONT + b"<!--\n-->\n" * (MEGABYTE // 9),
    "underlines": FRONT + b"Resolved - 10:00\n--\n" * (MEGABYTE // 20),
    "conflict markers": FRONT + b"<<<<<<< a\n" * (MEGABYTE // 10),
    "key lines": FRONT + UPDATE + b"eta: x\n" * (MEGABYTE // 7),
    "one long key line": FRONT + UPDATE + b"components: " + b"a=b," * (MEGABYTE // 4),
    "one long change": FRONT + UPDATE + b"components: " + b"a" * MEGABYTE + b"=b",
    "one long change of arrows": FRONT + UPDATE + b"components: a=" + b"->" * (MEGABYTE // 2),
    "stray key lines": FRONT + UPDATE + b"\ncomponents: api=operational\n" * (MEGABYTE // 29),
    "almost stray key lines": FRONT + UPDATE + b"\ncomponents: " + b"api=operational," * 60_000,
    "unknown key lines": FRONT + (UPDATE + b"componets: x\n") * (MEGABYTE // 53),
    "no end of the front matter": b"---\n" + b"a: b\n" * (MEGABYTE // 5),
    "hyphens": b"---" * (MEGABYTE // 3),
    "almost the end of the front matter": b"---\n" + b"---x\n" * (MEGABYTE // 5),
    "much front matter": b"---\n" + b"a: b\n" * (MEGABYTE // 5) + b"---\n",
    "updates in the front matter": b"---\n" + UPDATE * (MEGABYTE // 40) + b"---\n",
    "deep front matter": b"---\n" + b"[" * 60_000 + b"\n---\n",
    "unknown components": b"---\ntitle: X\ncomponents: ["
    + b"".join(b"component-%d," % number for number in range(1_500))
    + b"]\n---\n",
    "control characters": b"\x01" * MEGABYTE,
    "invisible characters": "\u202e".encode() * (MEGABYTE // 3),
    "bytes that are no text": b"\xff" * MEGABYTE,
    "more than is read": b"x" * 30_000_000,
    "lines of more than is read": FRONT + UPDATE + b"x\n" * 5_000_000,
}


@pytest.mark.parametrize("name", HUGE)
def test_a_megabyte_of_anything_takes_no_more_than_a_moment(name: str) -> None:
    known = [f"component-x-{number}" for number in range(1_000)]
    with within(1.5):
        parse_incident(PATH, HUGE[name], BERLIN, known)
