"""docs/incidents.md and the JSON Schema are what the definitions say."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from strategies import incidents

from statusgen.content import front_matter_schema, parse_incident
from statusgen.content.front_matter import ATTRIBUTES, FRONT_MATTER
from statusgen.content.key_lines import KEY_LINES
from statusgen.content.translation import parse_translation, translated
from statusgen.content.writing import write_front_matter
from statusgen.model import STATUSES, Incident, Kind, Update

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "incidents.md").read_text(encoding="utf-8")
BERLIN = ZoneInfo("Europe/Berlin")


def test_the_tables_are_those_of_the_definitions() -> None:
    spec = importlib.util.spec_from_file_location("write_incidents", DOCS / "write_incidents.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.with_tables(TEXT) == TEXT, "run: python docs/write_incidents.py"


def test_every_field_of_an_incident_and_of_an_update_has_a_key() -> None:
    given_by_the_file = {"id", "path", "summary", "updates", "stand_in"}
    given_by_the_file |= {"translations", "foreign"}
    assert set(ATTRIBUTES.values()) == set(Incident._fields) - given_by_the_file
    given_by_heading_and_text = {"id", "status", "at", "text", "actions"}
    fields = {key.field for key in KEY_LINES.values()}
    assert fields == set(Update._fields) - given_by_heading_and_text


def test_every_sentence_about_a_key_ends() -> None:
    docs = [field.doc for field in FRONT_MATTER.fields] + [key.doc for key in KEY_LINES.values()]
    assert all(re.fullmatch(r"[A-Z`].*[.]", doc) for doc in docs)


@pytest.mark.parametrize("example", re.findall("```markdown\n(.*?)```", TEXT, re.DOTALL))
def test_the_examples_have_no_problems(example: str) -> None:
    reading = parse_incident("x.md", example.encode(), BERLIN, ("api", "checkout", "reports"))
    assert reading.problems == ()


def test_the_statuses_are_those_of_the_model() -> None:
    for kind in Kind:
        row = f"| `{kind}` | {', '.join(status.label for status in STATUSES[kind])} |"
        assert row in TEXT


@given(incidents())
@settings(max_examples=15, deadline=None)
def test_the_schema_accepts_whatever_is_written(incident: Incident) -> None:
    front = write_front_matter(incident, BERLIN).removeprefix("---\n").removesuffix("---\n")
    jsonschema.validate(as_an_editor_reads(front), front_matter_schema())


def as_an_editor_reads(text: str) -> object:
    """Read YAML as the language server of editors does: 1.2, without dates."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in found if not tag.endswith("timestamp")]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(text, Loader)  # noqa: S506  a safe loader without its dates


@pytest.mark.parametrize(
    "front",
    [
        "impct: major",
        "title: [a]",
        "type: incidnet",
        "impact: Major",
        "components: checkout",
        "components: {checkout: down}",
        "started: yesterday",
        "started: 2026-13-01 10:00 UTC",
        "repeat: every week",
        "tags: cards",
        "tags: ['a, b']",
        "draft: 'true'",
        "audience: Everybody!",
        "aliases: [../../etc/passwd]",
        "code: INC-1",
    ],
)
def test_the_schema_and_the_reader_refuse_the_same(front: str) -> None:
    text = front if front.startswith("title:") else f"title: X\n{front}"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(as_an_editor_reads(text), front_matter_schema())
    update = "## Identified · 2026-11-21 10:00 UTC\n"
    raw = f"---\n{text}\n---\n{update}".encode()
    assert parse_incident("x.md", raw, BERLIN, ("checkout",)).problems


def test_the_translation_that_is_shown_fits_its_original() -> None:
    text = (DOCS / "languages.md").read_text(encoding="utf-8")
    original, translation = re.findall("^```markdown\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    incident = parse_incident("cards.md", original.encode(), BERLIN, ("checkout",))
    reading = parse_translation("cards.de.md", translation.encode(), BERLIN)
    found, problems = translated(incident.incident, [("de", reading)])
    assert (incident.problems, reading.problems, problems) == ((), (), [])
    assert len(found.translations[0].texts) == len(found.updates)
