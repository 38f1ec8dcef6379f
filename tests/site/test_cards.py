from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from acme_site import CONFIG, EVERYTHING, OPEN, RESOLVED, by_path, site_of, update
from lxml import html

from statusgen.languages.catalogues import read_language
from statusgen.memory.cards import Cards, find_cards
from statusgen.model import Incident, Status
from statusgen.site.context import Site
from statusgen.site.embeds.cards import COVERED, NEWEST, has_card, render_cards, wrapped
from statusgen.site.lasting import incident_outputs, records_by_incident
from statusgen.site.pages.front_page import render_front_page

FONT = Path(__file__).parents[2] / "statusgen" / "fonts" / "card.ttf"


def drawing_site(incidents: Sequence[Incident]) -> Site:
    """Return a site whose cards are their SVG."""
    return replace(site_of(incidents), draw=str.encode)


def many(number: int) -> list[Incident]:
    return [
        RESOLVED._replace(
            id=f"till-{day}",
            updates=(
                update(f"till-{day}", Status.INVESTIGATING, f"2026-05-{day:02} 08:00", "Closed."),
                update(f"till-{day}", Status.RESOLVED, f"2026-05-{day:02} 09:00", "Open."),
            ),
        )
        for day in range(1, number + 1)
    ]


def outputs(site: Site) -> dict[str, bytes]:
    return by_path(
        [
            *render_cards(site),
            *render_front_page(site),
            *incident_outputs(site, records_by_incident(site)),
        ]
    )


def image_of(page: bytes) -> list[str]:
    metas = html.fromstring(page.decode()).iter("meta")
    return [one.get("content", "") for one in metas if one.get("property") == "og:image"]


def test_without_the_extra_there_is_no_card_and_no_page_speaks_of_one() -> None:
    made = outputs(site_of(EVERYTHING))
    assert not any(path.endswith("card.png") for path in made)
    assert not any(b"og:image" in content for content in made.values())


def test_a_page_names_its_card_by_an_address_that_changes_with_it() -> None:
    made = outputs(drawing_site([OPEN]))
    (calm,) = image_of(outputs(drawing_site([RESOLVED]))["index.html"])
    (page,) = image_of(made["index.html"])
    (report,) = image_of(made[f"incidents/{OPEN.id}/index.html"])
    assert report.startswith(f"https://status.acme.example/incidents/{OPEN.id}/card.png?")
    assert page.startswith("https://status.acme.example/card.png?")
    assert page != calm


def test_what_is_open_and_the_newest_have_a_card_and_no_others() -> None:
    site = drawing_site([OPEN, *many(20)])
    cards = [path for path in outputs(site) if path.endswith("card.png")]
    assert f"incidents/{OPEN.id}/card.png" in cards
    assert len(cards) == 1 + NEWEST
    assert sum(has_card(site, record) for record in site.history.records) == NEWEST


def test_the_card_of_a_calm_page_says_nothing_of_its_state() -> None:
    card = by_path(render_cards(drawing_site([RESOLVED])))["card.png"].decode()
    assert "Acme status" in card
    assert "operational" not in card.lower()


def test_the_card_of_a_troubled_page_says_what_is_wrong_and_as_of_when() -> None:
    card = by_path(render_cards(drawing_site([OPEN])))["card.png"].decode()
    assert "Card payments fail for" in card
    assert "2026-11-21 10:20 UTC" in card


@pytest.mark.parametrize("title", ["支払いができません", "تعذر الدفع", "Down \N{COLLISION SYMBOL}"])
def test_a_title_that_the_face_cannot_write_gives_way_to_the_address(
    title: str,
) -> None:
    made = outputs(drawing_site([OPEN._replace(title=title)]))
    card = made[f"incidents/{OPEN.id}/card.png"].decode()
    assert title not in card
    words = ["Acme status", "status.acme.example", "Investigating · 2026-11-21 10:20 UTC"]
    assert [one for one in re.findall(">([^<]*)</text>", card) if one] == words
    assert len(image_of(made[f"incidents/{OPEN.id}/index.html"])) == 1


def test_a_word_in_such_letters_leaves_the_shape_and_the_time() -> None:
    japanese = replace(drawing_site([OPEN]), language=read_language("ja"))
    card = by_path(render_cards(japanese))["card.png"].decode()
    assert re.findall(">([^<]+)</text>", card)[-2:] == [
        "2026-11-21 10:20 UTC",
        "status.acme.example",
    ]
    assert "<path" in card


def test_an_address_in_such_letters_means_no_card() -> None:
    foreign = CONFIG.page._replace(url="https://状況.example")
    site = site_of([OPEN], CONFIG._replace(page=foreign))
    made = outputs(replace(site, draw=str.encode))
    assert not any(path.endswith("card.png") for path in made)
    assert image_of(made["index.html"]) == []


def test_the_face_has_the_letters_that_are_said_to_be_covered() -> None:
    ttf = pytest.importorskip("fontTools.ttLib")
    glyphs = ttf.TTFont(FONT).getBestCmap()
    covered = {code for code in range(0x10000) if COVERED.fullmatch(chr(code))}
    assert covered <= set(glyphs)


@pytest.mark.parametrize("text", ["word " * 60, "W" * 400, "Straßenbahnhaltestelle " * 9])
def test_a_long_title_is_cut_where_the_card_ends(text: str) -> None:
    lines = wrapped(text, 64)
    assert len(lines) <= 4
    assert lines[-1].endswith("\N{HORIZONTAL ELLIPSIS}")


def test_a_long_name_of_the_page_is_cut_where_the_card_ends() -> None:
    config = CONFIG._replace(page=CONFIG.page._replace(name="Long Name " * 20))
    site = replace(site_of([OPEN], config), draw=str.encode)
    (card,) = (text for path, text in outputs(site).items() if path == "card.png")
    assert re.search("Long Name[^<]*\N{HORIZONTAL ELLIPSIS}</text>", card.decode())


def test_a_title_is_text_and_no_part_of_the_drawing() -> None:
    title = '</text><image href="file:///etc/passwd"/>'
    card = by_path(render_cards(drawing_site([OPEN._replace(title=title)])))["card.png"]
    assert b"<image" not in card


def test_a_card_is_a_png_of_the_size_that_chats_ask_for_and_the_same_each_time(
    tmp_path: Path,
) -> None:
    pytest.importorskip("resvg_py")
    draw = find_cards(str(tmp_path))
    assert draw is not None
    site = replace(site_of([OPEN]), draw=draw)
    (png,) = by_path(render_cards(site)).values()
    assert png.startswith(b"\x89PNG\r\n")
    assert struct.unpack(">II", png[16:24]) == (1200, 630)
    assert by_path(render_cards(replace(site, draw=Cards(None)))) == {"card.png": png}


def test_a_card_is_drawn_once_and_again_where_what_was_kept_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def draw_anew(svg: str) -> bytes:
        drawn.append(svg)
        return b"png"

    monkeypatch.setattr("statusgen.memory.cards._drawn", draw_anew)
    draw = Cards(str(tmp_path))
    assert [draw("<svg/>"), draw("<svg/>")] == [b"png", b"png"]
    assert len(drawn) == 1
    (kept,) = (tmp_path / "cards").iterdir()
    kept.write_bytes(b"x")
    assert draw("<svg/>") == b"png"
    assert len(drawn) == 2
