from __future__ import annotations

import pytest
from acme_site import CONFIG, by_path, site_of, theme

from statusgen.model import Brand
from statusgen.site.look.accent import (
    Accents,
    accent_faults,
    accent_rules,
    accents_of,
    grounds_of,
)
from statusgen.site.look.colour import lowest_contrast, parse_colour
from statusgen.site.look.tokens import colour_tokens
from statusgen.site.theme.assets import render_assets

STYLE = """\
:root { --ground: #fff; --raised: #f4f4f4; /* --ground: #000; */ }
@media (prefers-color-scheme: dark) { :root { --ground: #111 } a { color: red } }
"""
OURS = theme().default["style.css"]


def test_tokens_are_read_for_light_and_dark_grounds() -> None:
    light, dark = colour_tokens(STYLE)
    assert light == {"ground": "#fff", "raised": "#f4f4f4"}
    assert dark == {"ground": "#111", "raised": "#f4f4f4"}


def test_our_own_stylesheet_tells_both_grounds() -> None:
    light, dark = grounds_of(OURS)
    assert len(light) == len(dark) == 2
    assert light != dark


@pytest.mark.parametrize("accent", ["#0b6e4f", "#0b5fff", "#ffcc00", "#e91e63", "#000", "#fff"])
def test_the_accent_on_the_page_can_be_read_light_and_dark(accent: str) -> None:
    grounds = grounds_of(OURS)
    found = accents_of(Brand(accent=accent), OURS)
    assert lowest_contrast(parse_colour(found.light), grounds.light) >= 4.5
    assert lowest_contrast(parse_colour(found.dark), grounds.dark) >= 4.5


def test_a_dark_accent_of_ones_own_counts_on_dark_grounds_only() -> None:
    found = accents_of(Brand(accent="#0b6e4f", accent_dark="#7fffd4"), OURS)
    assert found == Accents("#0b6e4f", "#7fffd4")


def test_without_an_accent_the_theme_has_its_own() -> None:
    assert accents_of(Brand(), OURS) == Accents()
    assert accent_rules(Accents()) == ""


def test_a_fault_says_what_was_measured_and_what_would_do() -> None:
    (fault,) = accent_faults(Brand(accent="#ffcc00"), STYLE)
    assert fault.key == "accent"
    assert fault.message.startswith("#ffcc00 has a contrast of 1.37:1 to the light ground")
    suggested = fault.hint.split('"')[1]
    assert list(accent_faults(Brand(accent=suggested), STYLE)) == []


def test_a_contrast_that_just_fails_is_not_rounded_to_one_that_passes() -> None:
    (fault,) = accent_faults(Brand(accent="#777777"), ":root { --ground: #fff }")
    assert "4.47:1" in fault.message


def test_a_stylesheet_without_grounds_tells_nothing_of_contrast() -> None:
    assert list(accent_faults(Brand(accent="#ffcc00"), "body { color: red }")) == []
    assert accents_of(Brand(accent="#ffcc00"), "") == Accents("#ffcc00", "#ffcc00")


def test_the_published_stylesheet_ends_with_the_brands_colours() -> None:
    config = CONFIG._replace(brand=Brand(accent="#ffcc00"))
    files = by_path(render_assets(site_of(config=config)))
    (style,) = (text.decode() for path, text in files.items() if path.endswith(".css"))
    tokens = [one["accent"] for one in colour_tokens(style)]
    assert tokens == list(accents_of(config.brand, OURS))
