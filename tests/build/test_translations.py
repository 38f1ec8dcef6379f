"""A page repository with translations: what is written, and what a broken one does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import pytest
from folders import files_below

from statusgen.build import Built, Order, build
from statusgen.cli.check import find_problems

Pages = Callable[..., Path]
Build = Callable[..., Built]

CONFIG = """\
page:
  name: Acme
  url: https://status.acme.example
  timezone: Europe/Berlin
  languages: [en, de]
components:
  - {id: checkout, name: {en: Checkout, de: Kasse}}
"""
ORIGINAL = """\
---
title: Card payments fail
components: {checkout: major_outage}
---

We are sorry.

## Investigating · 2026-11-20 10:05 UTC

Some customers see an error.

## Resolved · 2026-11-20 11:02 UTC

They work again.
"""
TRANSLATION = """\
---
title: Kartenzahlungen schlagen fehl
---

Es tut uns leid.

## Update · 2026-11-20 10:05 UTC

Manche Kunden sehen einen Fehler.

## Update · 2026-11-20 11:02 UTC

Sie gehen wieder.
"""
FILES = {
    "config.yml": CONFIG,
    "incidents/2026/cards.md": ORIGINAL,
    "incidents/2026/cards.de.md": TRANSLATION,
}
PAGE = "incidents/cards/index.html"


def site_of(root: Path, now: datetime) -> tuple[Built, dict[str, bytes]]:
    """Build without any memory, beside the repository."""
    out = root.parent / f"{root.name}-site"
    built = build(Order(str(root), str(out), now, leaves_note=False))
    return built, files_below(out)


def main_of(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of the main language, but for those that name all others by hash."""
    return {
        path: raw
        for path, raw in files.items()
        if not path.startswith("de/") and path != "manifest.json"
    }


def test_a_translated_incident_is_shown_in_both_languages(
    page_repository: Pages, now: datetime
) -> None:
    built, files = site_of(page_repository(FILES), now)
    assert built.problems == ()
    assert built.incidents == 1
    english, german = files[PAGE].decode(), files[f"de/{PAGE}"].decode()
    assert "Some customers see an error." in english
    assert "Manche Kunden sehen einen Fehler." in german
    for word in ("Card payments fail", "We are sorry.", "error", "They work again", ' lang="en"'):
        assert word not in german.replace('lang="en" dir="ltr" hreflang="en"', "")
    for word in ("Kartenzahlungen", "Es tut uns leid", "Fehler", "gehen wieder", "Kasse"):
        assert word not in english
    feeds = ("history.atom", "updates.rss", "feed.json", "components/checkout/updates.atom")
    for feed in feeds:
        assert b"Kartenzahlungen" in files[f"de/{feed}"]
        assert b"Card payments" not in files[f"de/{feed}"]
        assert b"Kartenzahlungen" not in files[feed]


def test_what_is_not_translated_is_shown_in_the_main_language_and_says_so(
    page_repository: Pages, now: datetime
) -> None:
    half = TRANSLATION.partition("## Update · 2026-11-20 11:02")[0]
    built, files = site_of(page_repository({**FILES, "incidents/2026/cards.de.md": half}), now)
    assert built.problems == ()
    german = files[f"de/{PAGE}"].decode()
    assert '<div lang="en" dir="ltr"><p>They work again.</p></div>' in german
    assert german.count("Noch nicht übersetzt") == 1
    assert b"lang=&quot;en&quot; dir=&quot;ltr&quot;" in files["de/updates.atom"]
    nothing = {path: text for path, text in FILES.items() if not path.endswith(".de.md")}
    _, files = site_of(page_repository(nothing, root="other"), now)
    german = files[f"de/{PAGE}"].decode()
    assert '<h1 lang="en" dir="ltr">Card payments fail</h1>' in german
    assert german.count("Noch nicht übersetzt") == 1
    assert 'lang="en" dir="ltr">Card payments fail</a>' in files["de/index.html"].decode()
    assert b"Not yet translated" not in b"".join(main_of(files).values())


BROKEN = {
    "no front matter": "## Update · 2026-11-20 10:05 UTC\n\nText\n",
    "no text": b"\xff\xfe\x00",
    "a merge": TRANSLATION.replace("Es tut", "<<<<<<< HEAD\nEs tut"),
    "an unknown time": TRANSLATION.replace("10:05", "10:06"),
    "facts": TRANSLATION.replace("title:", "impact: none\ncomponents: []\ntitle:"),
    "a draft": TRANSLATION.replace("title:", "draft: true\naudience: staff\ntitle:"),
    "another status": TRANSLATION.replace("## Update", "## Resolved"),
    "a title of two lines": TRANSLATION.replace("title: ", 'title: "a\\nb" #'),
    "empty": "",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_translation_leaves_the_main_site_as_it_is(
    page_repository: Pages, now: datetime, text: str | bytes
) -> None:
    _, whole = site_of(page_repository(FILES), now)
    root = page_repository(FILES, root="broken")
    path = root / "incidents/2026/cards.de.md"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    built, files = site_of(root, now)
    assert {one.where.path for one in built.problems} == {"incidents/2026/cards.de.md"}
    assert main_of(files) == main_of(whole)
    assert b"2026-11-20T11:05+01:00" in files[f"de/{PAGE}"]
    assert list(built.problems) == find_problems(str(root), now)


def test_a_broken_translation_is_replaced_by_the_original(
    page_repository: Pages, now: datetime
) -> None:
    broken = {**FILES, "incidents/2026/cards.de.md": BROKEN["a merge"]}
    _, files = site_of(page_repository(broken), now)
    german = files[f"de/{PAGE}"].decode()
    assert "Some customers see an error." in german
    assert "Es tut uns leid" not in german


def test_a_translation_of_nothing_is_shown_as_an_incident(
    page_repository: Pages, now: datetime
) -> None:
    """It may be all there is of an outage."""
    alone = ORIGINAL.partition("## Resolved")[0]
    files = {"config.yml": CONFIG, "incidents/cards.de.md": alone}
    built, found = site_of(page_repository(files), now)
    assert [one.code for one in built.problems] == ["no-original"]
    assert b"All systems operational" not in found["index.html"]
    assert b"Card payments fail" in found["index.html"]


def test_a_language_that_the_page_does_not_have_is_told_and_shown_nowhere(
    page_repository: Pages, now: datetime
) -> None:
    files = {**FILES, "incidents/cards.fr.md": TRANSLATION.replace("Karten", "Cartes ")}
    built, found = site_of(page_repository(files), now)
    assert [one.code for one in built.problems] == ["unknown-language"]
    assert built.incidents == 1
    assert not any(b"Cartes" in raw for raw in found.values())


def test_a_page_of_one_language_reads_no_translation(page_repository: Pages, now: datetime) -> None:
    root = page_repository({**FILES, "config.yml": CONFIG.replace("[en, de]", "[en]")})
    built, files = site_of(root, now)
    assert {one.code for one in built.problems} == {"unknown-language"}
    assert not any(path.startswith("de/") for path in files)


def test_a_link_in_place_of_a_translation_is_told_and_not_followed(
    page_repository: Pages, now: datetime
) -> None:
    root = page_repository(FILES)
    path = root / "incidents/2026/cards.de.md"
    path.unlink()
    path.symlink_to("cards.md")
    built, files = site_of(root, now)
    assert [one.code for one in built.problems] == ["not-a-file"]
    assert built.incidents == 1
    assert "Noch nicht übersetzt" in files[f"de/{PAGE}"].decode()


def test_a_fault_in_a_text_is_told_where_it_stands(page_repository: Pages, now: datetime) -> None:
    hard = TRANSLATION.replace("Es tut uns leid.", "[" * 3000)
    root = page_repository({**FILES, "incidents/2026/cards.de.md": hard})
    built, _ = site_of(root, now)
    assert [str(one.where) for one in built.problems] == ["incidents/2026/cards.de.md:5:1"]
    assert list(built.problems) == find_problems(str(root), now)


def test_a_translation_that_comes_later_changes_pages_of_its_language_only(
    page_repository: Pages, build_site: Build
) -> None:
    root = page_repository(FILES)
    path = root / "incidents/2026/cards.de.md"
    text = path.read_text("utf-8")
    path.unlink()
    build_site(root)
    before = files_below(root / "site")
    assert build_site(root).written == 0
    path.write_text(text, "utf-8")
    build_site(root)
    after = files_below(root / "site")
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed >= {f"de/{PAGE}", "de/index.html", "de/updates.atom", "manifest.json"}
    assert all(path.startswith("de/") for path in changed - {"manifest.json"})
    path.unlink()
    build_site(root)
    assert files_below(root / "site") == before


def test_a_build_with_its_memory_writes_what_one_without_does(
    page_repository: Pages, build_site: Build
) -> None:
    root = page_repository(FILES)
    build_site(root)
    (root / "incidents/2026/cards.de.md").write_text(TRANSLATION.replace("leid", "sehr leid"))
    build_site(root)
    build_site(root, out=root.parent / "fresh", processes=2)
    assert files_below(root / "site") == files_below(root.parent / "fresh")
    assert b"sehr leid" in (root / "site/de" / PAGE).read_bytes()


def test_a_wrong_template_is_replaced_by_the_default_one_in_every_language(
    page_repository: Pages, now: datetime
) -> None:
    wrong = {**FILES, "site-template/index.html": "{{ root if home == root else nothing }}"}
    _, whole = site_of(page_repository(FILES), now)
    built, files = site_of(page_repository(wrong, root="wrong"), now)
    assert [one.code for one in built.problems] == ["theme"]
    for path in ("index.html", "de/index.html"):
        assert files[path] == whole[path]
