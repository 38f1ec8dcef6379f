from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.content import normal_text
from statusgen.content.choosing import NoSuchTextError, choose
from statusgen.content.placeholders import PLACEHOLDERS, fill, placeholders_in
from statusgen.content.playbook import parse_playbook_text
from statusgen.content.shipped import texts_for
from statusgen.model import Affected, Impact, Kind, PlaybookText, Status

ROOT = Path(__file__).parents[2]
TEXT = """\
---
title: "{components}: {impact}"
use: A provider is down
status: identified
impact: major
components: [api]
review: 2027-03-01
---

Trouble at {vendor}. {effect: What do readers notice?}
"""
TRANSLATED = """\
---
title: "{components}: Ausfall"
review: 2027-03-01
---

Störung bei {vendor}.
"""


def read(text: str, path: str = "playbook/vendor-down.md") -> PlaybookText:
    found, problems = parse_playbook_text(path, text.encode(), "en", ["api"])
    assert problems == ()
    return found


# ── a file ────────────────────────────────────────────────────────────────────────────────────


def test_a_text_is_its_front_matter_and_what_follows() -> None:
    assert read(TEXT) == PlaybookText(
        name="vendor-down",
        language="en",
        title="{components}: {impact}",
        path="playbook/vendor-down.md",
        use="A provider is down",
        kind=Kind.INCIDENT,
        status=Status.IDENTIFIED,
        impact=Impact.MAJOR,
        components=(Affected("api"),),
        review=date(2027, 3, 1),
        text="Trouble at {vendor}. {effect: What do readers notice?}",
    )


def test_a_text_without_a_status_leaves_the_incidents_own() -> None:
    assert read("---\ntitle: T\nreview: 2027-03-01\n---\n\nWe go on.\n").status is None


def test_a_translation_has_the_facts_of_its_original() -> None:
    found, problems = parse_playbook_text(
        "playbook/vendor-down.de.md", TRANSLATED.encode(), "de", ["api"], read(TEXT)
    )
    assert problems == ()
    assert (found.name, found.language, found.title) == (
        *("vendor-down", "de", "{components}: Ausfall"),
    )
    assert (found.status, found.impact, found.use) == (
        *(Status.IDENTIFIED, Impact.MAJOR, "A provider is down"),
    )


@pytest.mark.parametrize(
    "broken", [b"", b"\xff\xfe", b"We go on.", b"---\ntitle: [\n---\nWe go on."]
)
def test_whatever_a_file_holds_there_is_a_text_to_use(broken: bytes) -> None:
    found, problems = parse_playbook_text("playbook/still-working.md", broken, "en", [])
    assert problems
    assert found.title == "Still working"
    assert ("We go on." in broken.decode(errors="replace")) is (found.text == "We go on.")


def test_the_place_of_an_unknown_placeholder_is_that_of_its_brace() -> None:
    text = TEXT.replace("{impact}", "{imapct}").replace("{effect:", "{efect:")
    _, problems = parse_playbook_text("playbook/x.md", text.encode(), "en", ["api"])
    lines = text.split("\n")
    found = [(one.where.line, one.where.column, one.hint) for one in problems]
    assert found == [
        (2, lines[1].index("{imapct") + 1, "did you mean 'impact'?"),
        (10, lines[9].index("{efect") + 1, "did you mean 'effect'?"),
    ]


# ── placeholders ──────────────────────────────────────────────────────────────────────────────


def test_what_is_known_takes_the_place_of_its_name() -> None:
    assert fill("Since {started}: {effect: what?}.", {"started": "now", "effect": "slow"}) == (
        "Since now: slow.",
        (),
    )


def test_what_nobody_knows_is_a_gap_with_the_question_in_it() -> None:
    filled = fill("{effect: What\ndo readers notice?} {vendor} {vendor}", {})
    assert filled.text == "{{What do readers notice?}} {{vendor}} {{vendor}}"
    assert [(gap.name, gap.question) for gap in filled.gaps] == [
        ("effect", "What do readers notice?"),
        ("vendor", ""),
    ]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("One. {action} Two.", "One. Two."),
        ("One. {action}", "One."),
        ("{action} Two.", "Two."),
        ("One.\n\n{action}\n\nTwo.", "One.\n\nTwo."),
        ("One.\n\n**Meanwhile:** {action}\n\nTwo.", "One.\n\nTwo."),
        ("- One\n- {action}\n- Two", "- One\n- Two"),
    ],
)
def test_a_value_that_is_empty_leaves_nothing_behind(text: str, left: str) -> None:
    assert fill(text, {"action": ""}).text == left


@pytest.mark.parametrize("text", [r"\{effect}", '{"effect": 1}', "{1}", "{}", "{ }", "{{effect}}"])
def test_other_braces_are_text(text: str) -> None:
    assert list(placeholders_in(text)) == []
    assert fill(text, {"effect": "x"}).text == text.replace("\\", "")


@given(st.dictionaries(st.sampled_from(sorted(PLACEHOLDERS)), st.text("ab{}\\:. \n", min_size=1)))
def test_what_is_filled_in_is_never_read_again(values: dict[str, str]) -> None:
    text = "|".join(f"{{{name}}}" for name in PLACEHOLDERS)
    filled = fill(text, values)
    expected = "|".join(values.get(name, f"{{{{{name}}}}}") for name in PLACEHOLDERS)
    if "\\{" not in expected:
        assert "".join(filled.text.split()) == "".join(expected.split())
    assert {gap.name for gap in filled.gaps} == PLACEHOLDERS.keys() - values


# ── choosing ──────────────────────────────────────────────────────────────────────────────────

BOOK = [
    PlaybookText("monitoring", "en", "M"),
    PlaybookText("monitoring", "de", "M"),
    PlaybookText("monitoring-long", "en", "M"),
    PlaybookText("vendor-down", "en", "V"),
]


@pytest.mark.parametrize(
    ("asked", "language", "found"),
    [
        ("vendor-down", "en", ("vendor-down", "en")),
        ("v", "en", ("vendor-down", "en")),
        ("monitoring", "de", ("monitoring", "de")),
        ("monitoring-l", "de", ("monitoring-long", "en")),
    ],
)
def test_a_text_is_chosen_by_name_or_unique_beginning(
    asked: str, language: str, found: tuple[str, str]
) -> None:
    assert choose(BOOK, asked, language)[:2] == found


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("mon", "Several texts of the playbook begin with 'mon': monitoring, monitoring-long."),
        (
            "vendr-down",
            "The playbook has no text 'vendr-down'. Did you mean 'vendor-down'?",
        ),
        ("", "The playbook has no text ''. There are: monitoring, monitoring-long"),
    ],
)
def test_a_name_that_is_none_lists_what_there_is(asked: str, said: str) -> None:
    with pytest.raises(NoSuchTextError) as error:
        choose(BOOK, asked, "en")
    assert str(error.value).startswith(said)


# ── the texts that come with statusgen ────────────────────────────────────────────────────────

SHIPPED = {path.name: path.read_text("utf-8") for path in sorted((ROOT / "playbook").iterdir())}
TODAY = date(2026, 11, 26)


@pytest.mark.parametrize("languages", [["en"], ["de", "en"], ["ru"], ["en", "fr"], ["fr", "de"]])
def test_what_a_new_page_gets_is_free_of_problems(languages: list[str]) -> None:
    originals: dict[str, PlaybookText] = {}
    written = dict(texts_for(SHIPPED, languages, TODAY))
    for name, text in written.items():
        original = originals.get(name.split(".")[0])
        found, problems = parse_playbook_text(f"playbook/{name}", text.encode(), "x", [], original)
        assert problems == ()
        assert found.text == normal_text(found.text)
        assert found.review == date(2027, 5, 27)
        originals.setdefault(found.name, found)
    assert originals["vendor-down"].status is Status.IDENTIFIED


def test_a_german_page_gets_german_originals_with_the_facts_in_them() -> None:
    written = dict(texts_for(SHIPPED, ["de", "en"], TODAY))
    assert "Anbieter" in written["vendor-down.md"]
    assert "status: identified" in written["vendor-down.md"]
    assert "provider" in written["vendor-down.en.md"]
    assert "status:" not in written["vendor-down.en.md"]
    assert not [name for name in written if name.startswith("statuspage-")]


def test_each_situation_comes_in_three_languages_that_ask_the_same() -> None:
    for name, text in SHIPPED.items():
        if "." in name.removesuffix(".md") or name.startswith("statuspage-"):
            continue
        asked = {one.name for one in placeholders_in(text)}
        for language in ("de", "ru"):
            translated = SHIPPED[f"{name.removesuffix('.md')}.{language}.md"]
            assert {one.name for one in placeholders_in(translated)} == asked


def test_the_first_word_asks_nothing_that_only_the_writer_knows() -> None:
    writers = list(PLACEHOLDERS)[list(PLACEHOLDERS).index("failure") :]
    asked = {one.name for one in placeholders_in(SHIPPED["investigating.md"])}
    assert asked.isdisjoint(writers)


def test_the_tables_of_the_docs_are_those_of_the_definitions() -> None:
    spec = importlib.util.spec_from_file_location("write_playbook", ROOT / "docs/write_playbook.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    text = (ROOT / "docs/playbook.md").read_text("utf-8")
    assert script.with_tables(text) == text, "run: python docs/write_playbook.py"
