"""docs/config.md is what the definitions say."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from statusgen.config import parse_config
from statusgen.config.components import COMPONENT, GROUP
from statusgen.config.definitions import CONFIG
from statusgen.config.notify import CHANNEL
from statusgen.config.publish import TARGET
from statusgen.reading.fields import ListOf, Shape

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "config.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_config", DOCS / "write_config.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_are_those_of_the_definitions(script: ModuleType) -> None:
    assert script.with_tables(TEXT) == TEXT, "run: python docs/write_config.py"


def test_every_mapping_of_the_file_has_a_table(script: ModuleType) -> None:
    shapes = {
        *every_shape(CONFIG),
        COMPONENT,
        GROUP,
        *TARGET.shapes.values(),
        *CHANNEL.shapes.values(),
    }
    assert set(script.SHAPES.values()) == shapes | set(every_shape(COMPONENT))
    assert set(re.findall("<!-- keys: ([a-z0-9-]+) -->", TEXT)) == set(script.SHAPES)


def every_shape(shape: Shape[object]) -> Iterator[Shape[object]]:
    yield shape
    for field in shape.fields:
        kind = field.kind.item if isinstance(field.kind, ListOf) else field.kind
        if isinstance(kind, Shape):
            yield from every_shape(kind)


def test_the_example_is_a_config_without_problems() -> None:
    example = re.findall("```yaml\n(.*?)```", TEXT, re.DOTALL)
    assert len(example) == 1
    config, problems = parse_config(example[0])
    assert problems == []
    assert config is not None


def test_every_sentence_about_a_key_ends() -> None:
    shapes = [*every_shape(CONFIG), *every_shape(COMPONENT), *every_shape(GROUP)]
    docs = [field.doc for shape in shapes for field in shape.fields]
    assert all(re.fullmatch("[A-Z`].*[.]", doc) for doc in docs)
