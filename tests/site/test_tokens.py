"""The colours of the stylesheet, each against what it stands on, and told apart without colour."""

from __future__ import annotations

import re
from itertools import chain, combinations

import pytest
from acme_site import CONFIG, by_path, site_of, theme

from statusgen.model import Brand, ComponentStatus
from statusgen.site.embeds.embed import render_embed
from statusgen.site.hosting.unavailable import render_unavailable
from statusgen.site.look.colour import Rgb, contrast, parse_colour
from statusgen.site.look.tokens import colour_tokens, shared_rules
from statusgen.site.views.uptime import runs_of

STYLE = theme().default["style.css"]
SCHEMES = dict(zip(("light", "dark"), colour_tokens(STYLE), strict=True))
STATES = ("good", "maintenance", "minor", "major", "critical", "unknown")
WORDS = ("text", "muted", *STATES)
TINT = 0.06  # of the state in the band that tells the answer
QUIET = 0.68  # of green in the line of days while nothing happened

# What three kinds of colour blindness make of linear red, green and blue (Machado et al., 2009).
SIGHTS = {
    "protanopia": (0.152, 1.053, -0.205, 0.115, 0.786, 0.099, -0.004, -0.048, 1.052),
    "deuteranopia": (0.367, 0.861, -0.228, 0.280, 0.673, 0.047, -0.012, 0.043, 0.969),
    "tritanopia": (1.256, -0.077, -0.179, -0.078, 0.931, 0.148, 0.005, 0.691, 0.304),
    "grey": (0.2126, 0.7152, 0.0722) * 3,
}


def colour(scheme: str, name: str) -> Rgb:
    return parse_colour(SCHEMES[scheme][name])


def mixed(part: float, one: Rgb, other: Rgb) -> Rgb:
    """Return what color-mix(in srgb, …) makes of a part of one colour and the rest of another."""
    return Rgb(*(round(a * part + b * (1 - part)) for a, b in zip(one, other, strict=True)))


def seen(sight: str, one: Rgb) -> Rgb:
    """Return what somebody sees of a colour."""
    linear = [(level / 255) ** 2.2 for level in one]
    rows = [SIGHTS[sight][start : start + 3] for start in (0, 3, 6)]
    parts = [sum(a * b for a, b in zip(row, linear, strict=True)) for row in rows]
    return Rgb(*(round(255 * min(max(part, 0), 1) ** (1 / 2.2)) for part in parts))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["ground", "raised"])
@pytest.mark.parametrize("name", WORDS)
def test_words_can_be_read_on_every_ground(scheme: str, ground: str, name: str) -> None:
    assert contrast(colour(scheme, name), colour(scheme, ground)) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", ["text", "muted", "major"])
def test_words_can_be_read_in_the_band_of_every_state(scheme: str, state: str, name: str) -> None:
    band = mixed(TINT, colour(scheme, state), colour(scheme, "ground"))
    assert f"var(--state) {TINT:.0%}" in STYLE
    assert contrast(colour(scheme, name), band) >= 4.5
    assert contrast(colour(scheme, state), band) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_marks_stand_out_from_the_ground(scheme: str) -> None:
    ground = colour(scheme, "ground")
    quiet = mixed(QUIET, colour(scheme, "good"), ground)
    assert f"var(--good) {QUIET:.0%}" in STYLE
    assert contrast(colour(scheme, "edge"), ground) >= 3
    assert contrast(quiet, ground) >= 3


def shapes() -> dict[str, str]:
    """Return the shape of every state that the stylesheet knows."""
    rules = re.findall(r"^([^{}\n]+) \{ --state: [^;]+; --shape: ([^;]+); \}$", STYLE, re.MULTILINE)
    return {name.strip(): shape for names, shape in rules for name in names.split(",")}


def test_every_state_has_a_shape_of_its_own() -> None:
    found = [shapes()[f".{status}"] for status in (*ComponentStatus, "unknown", "notice")]
    assert len(set(found)) == len(found)


def test_every_state_of_a_day_has_a_height_of_its_own() -> None:
    heights = [run.height for run in runs_of([*ComponentStatus, "unknown"])]
    assert len(set(heights)) == len(heights)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("sight", SIGHTS)
def test_states_that_look_alike_to_somebody_differ_in_shape_and_height(
    scheme: str, sight: str
) -> None:
    tokens = {
        "good": ComponentStatus.OPERATIONAL,
        "maintenance": ComponentStatus.UNDER_MAINTENANCE,
        "minor": ComponentStatus.DEGRADED_PERFORMANCE,
        "major": ComponentStatus.PARTIAL_OUTAGE,
        "critical": ComponentStatus.MAJOR_OUTAGE,
        "unknown": "unknown",
    }
    alike = [
        pair
        for pair in combinations(tokens, 2)
        if contrast(*(seen(sight, colour(scheme, name)) for name in pair)) < 1.5
    ]
    assert alike, "colour alone would do, and this test would be about nothing"
    for one, other in alike:
        runs = runs_of([tokens[one], tokens[other]])
        assert len({run.height for run in runs}) == 2
        assert shapes()[f".{tokens[one]}"] != shapes()[f".{tokens[other]}"]


def test_what_stands_alone_shares_the_colours_of_light_and_dark_and_the_look_of_states() -> None:
    shared = shared_rules(STYLE)
    assert colour_tokens(shared) == colour_tokens(STYLE)
    assert all(f"{name} {{" in shared or f"{name}, " in shared for name in shapes())
    assert ".brand" not in shared


@pytest.mark.parametrize("name", ["503.html", "embed/frame.css"])
def test_what_stands_alone_follows_dark_settings_with_the_brands_own_colour(name: str) -> None:
    site = site_of(config=CONFIG._replace(brand=Brand(accent="#0b6e4f", accent_dark="#7fffd4")))
    files = by_path(chain(render_embed(site), render_unavailable(site)))
    light, dark = colour_tokens(files[name].decode())
    assert light["ground"] == SCHEMES["light"]["ground"]
    assert dark["ground"] == SCHEMES["dark"]["ground"]
    assert (light["accent"], dark["accent"]) == ("#0b6e4f", "#7fffd4")
