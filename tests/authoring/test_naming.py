"""The id and the path of a new file."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.authoring.naming import new_id, new_path
from statusgen.reading.words import ID_PATTERN

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Card payments fail", "card-payments-fail"),
        ("Zürich: API & webhooks", "zurich-api-webhooks"),
        ("Оплата картой не работает", "oplata-kartoy-ne-rabotaet"),
        ("カード決済の障害", "kadojuejinozhanghai"),
        ("!!!", "incident"),
        (
            "Card payments fail for some customers in North America",
            "card-payments-fail-for-some-customers-in-north",
        ),
        ("x" * 200, "x" * 48),
    ],
)
def test_an_id_is_the_day_and_the_first_words_of_the_title(title: str, words: str) -> None:
    assert new_id(title, DAY, (), "incident") == f"2026-11-21-{words}"


def test_what_repeats_has_no_day() -> None:
    assert new_id("Weekly maintenance", None, (), "maintenance") == "weekly-maintenance"


def test_an_id_that_is_taken_gets_a_number() -> None:
    taken = {"2026-11-21-api-is-down", "2026-11-21-API-is-down-2"}
    assert new_id("API is down", DAY, taken, "incident") == "2026-11-21-api-is-down-3"


@given(st.text(max_size=300))
def test_every_title_makes_an_id(title: str) -> None:
    assert re.fullmatch(ID_PATTERN, new_id(title, DAY, (), "incident"))


@pytest.mark.parametrize(
    ("there", "folder"),
    [
        ([], "incidents"),
        (["incidents/2025-01-02-a.md"], "incidents"),
        (["incidents/2025/2025-01-02-a.md"], "incidents/2026"),
        (["incidents/2025/01/2025-01-02-a.md"], "incidents/2026/11"),
        (["incidents/2024-01-02-a.md", "incidents/2025/2025-01-02-a.md"], "incidents/2026"),
        (["incidents/2025/2025-01-02-a.md", "incidents/2026-01-02-a.md"], "incidents"),
        (["incidents/imported/5xkq.md"], "incidents"),
    ],
)
def test_a_new_file_goes_where_the_newest_are(there: list[str], folder: str) -> None:
    assert new_path("2026-11-21-x", DAY, there) == f"{folder}/2026-11-21-x.md"
