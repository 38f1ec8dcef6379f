"""Components, statuses and incidents by what a person types."""

from __future__ import annotations

import pytest

from statusgen.authoring.choosing import (
    choose,
    choose_affected,
    choose_component,
    choose_incident,
    names_of,
)
from statusgen.authoring.faults import Fault
from statusgen.config import parse_config
from statusgen.model import Affected, ComponentStatus

CONFIG = """\
page: {name: Acme, url: "https://status.acme.example", languages: [en, de]}
components:
  - {id: api, name: API}
  - group: {en: Payments, de: Zahlungen}
    components:
      - {id: card-payments, name: {en: Card payments, de: Kartenzahlungen}}
      - {id: payouts, name: {en: Payouts, de: Auszahlungen}}
  - {id: sync, name: "Calendar, contacts and mail"}
"""
NAMES = names_of(parse_config(CONFIG)[0])
PATHS = [
    "incidents/2026/2026-11-12-card-payments-fail.md",
    "incidents/2026/2026-11-12-card-payments-fail.de.md",
    "incidents/2026/2026-11-20-card-readers-offline.md",
    "incidents/2026/2026-11-21-sign-in-fails.md",
    "incidents/database-maintenance.md",
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("api", "api"),
        ("API", "api"),
        ("Card payments", "card-payments"),
        ("card_payments", "card-payments"),
        ("card", "card-payments"),
        ("Kartenzahlungen", "card-payments"),
        ("ausz", "payouts"),
    ],
)
def test_a_component_by_id_name_or_unique_beginning(typed: str, meant: str) -> None:
    assert choose_component(typed, NAMES, "-c") == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("crad-payments", "there is no component 'crad-payments'; did you mean 'card-payments'?"),
        ("ca", "'ca' begins several components; one of card-payments, sync"),
        ("Payments", "'Payments' is a group; name its components: card-payments, payouts"),
        ("zzz", "one of api, card-payments, payouts, sync"),
        ("", "there is no component ''"),
    ],
)
def test_what_no_component_is_called(typed: str, said: str) -> None:
    found = choose_component(typed, NAMES, "-c")
    assert isinstance(found, Fault)
    assert said in str(found)


def test_several_components_may_stand_in_one_text() -> None:
    found, faults = choose_affected(["card=major, api", "payouts=degraded"], NAMES, "-c")
    assert faults == []
    assert found == [
        Affected("card-payments", ComponentStatus.MAJOR_OUTAGE),
        Affected("api"),
        Affected("payouts", ComponentStatus.DEGRADED_PERFORMANCE),
    ]


def test_a_name_with_a_comma_in_it_stays_whole() -> None:
    found, _ = choose_affected(["Calendar, contacts and mail=down"], NAMES, "-c")
    assert found == [Affected("sync", ComponentStatus.MAJOR_OUTAGE)]


def test_all_faults_are_told() -> None:
    found, faults = choose_affected(["nope=major, api=broken"], NAMES, "-c")
    assert found == []
    assert [fault.message for fault in faults] == [
        "there is no component 'nope'",
        "'broken' is not a status",
    ]


def test_without_a_configuration_an_id_is_taken_at_its_word() -> None:
    assert choose_component("card-payments", names_of(None), "-c") == "card-payments"
    assert isinstance(choose_component("Card payments", names_of(None), "-c"), Fault)


@pytest.mark.parametrize("typed", ["partial_outage", "partial outage", "Partial-Outage", "p"])
def test_a_status_by_itself_or_its_beginning(typed: str) -> None:
    assert choose(ComponentStatus, typed, "-c") is ComponentStatus.PARTIAL_OUTAGE


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-11-21-sign-in-fails", 3),
        ("sign-in", 3),
        ("2026-11-21", 3),
        ("incidents/2026/2026-11-21-sign-in-fails.md", 3),
        ("card-p", 0),
        ("DATABASE", 4),
    ],
)
def test_an_incident_by_its_id_or_a_unique_beginning(typed: str, meant: int) -> None:
    assert choose_incident(typed, PATHS) == PATHS[meant]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("card", "begins several incidents; one of 2026-11-20-card-readers-offline, 2026-11-12-"),
        ("payments", "there is no incident 'payments'; did you mean 2026-11-12-card-payments-fail"),
        ("sing-in-fails", "did you mean 2026-11-21-sign-in-fails?"),
        ("sing", "did you mean 2026-11-21-sign-in-fails?"),
        ("zzz", "there is no incident 'zzz'; see 'statusgen status'"),
    ],
)
def test_an_unknown_incident_has_suggestions(typed: str, said: str) -> None:
    found = choose_incident(typed, PATHS)
    assert isinstance(found, Fault)
    assert said in str(found)


def test_several_components_may_stand_in_one_text_each_with_its_status() -> None:
    chosen, faults = choose_affected(["card-payments=major_outage, sync"], NAMES, "-c")
    assert faults == []
    assert [(one.component, one.status) for one in chosen] == [
        ("card-payments", ComponentStatus.MAJOR_OUTAGE),
        ("sync", None),
    ]


def test_an_id_of_two_files_is_told_and_a_path_tells_them_apart() -> None:
    paths = ["incidents/2026/card.md", "incidents/card.md", "incidents/card.de.md"]
    found = choose_incident("card", paths)
    assert isinstance(found, Fault)
    assert found.message == "2 files have the id 'card'"
    assert "incidents/2026/card.md, incidents/card.md" in found.hint
    assert choose_incident("incidents/2026/card.md", paths) == "incidents/2026/card.md"
