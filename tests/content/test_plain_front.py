"""Front matter of pages of text and of the playbook: what is told when something is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from statusgen.content.playbook import parse_playbook_text
from statusgen.content.text_page import parse_text_page

Codes = Callable[[str], list[str]]


def of_a_page(text: str) -> list[str]:
    return codes(parse_text_page("pages/a.md", text.encode(), "a", "en"))


def of_the_playbook(text: str) -> list[str]:
    return codes(parse_playbook_text("playbook/a.md", text.encode(), "en", ["api"]))


def codes(parsed: tuple[Any, tuple[Any, ...]]) -> list[str]:
    return sorted({one.code for one in parsed[1]})


each_kind = pytest.mark.parametrize("told", [of_a_page, of_the_playbook])


@each_kind
def test_without_front_matter_nothing_in_it_is_missed(told: Codes) -> None:
    assert told("The terms\n") == ["no-front-matter"]


@each_kind
def test_in_empty_front_matter_its_keys_are_missed(told: Codes) -> None:
    assert told("---\n---\nThe terms\n") == ["missing-key"]


@each_kind
def test_a_fault_of_the_yaml_hides_no_fault_of_a_key(told: Codes) -> None:
    text = "---\ntitle: T\ntitle: U\nreveiw: 2027-03-01\n---\nThe terms\n"
    assert {"duplicate-key", "unknown-key"} <= set(told(text))


@each_kind
def test_front_matter_that_is_no_mapping_is_told_as_that(told: Codes) -> None:
    assert told("---\n- title\n---\nThe terms\n") == ["wrong-type"]
