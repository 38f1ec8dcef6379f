"""The brand's colour, as it can be read: on the grounds of the stylesheet, light and dark.

The grounds are the tokens `--ground` and `--raised` of the stylesheet itself, so that a theme of
the page's own is measured by its own. A colour that cannot be read there is a problem, and is
replaced by the nearest that can until somebody mends it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from statusgen.model import Brand
from statusgen.site.look.colour import Rgb, lowest_contrast, nearest_readable, parse_colour
from statusgen.site.look.tokens import colour_tokens

LEAST = 4.5
"""What WCAG 2.2 asks of a text's contrast to its ground (1.4.3)."""

_GROUNDS = ("ground", "raised")
_HEX = re.compile("#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


class Grounds(NamedTuple):
    """What texts stand on; nothing where the stylesheet does not tell."""

    light: tuple[Rgb, ...]
    dark: tuple[Rgb, ...]


class Accents(NamedTuple):
    """The colour on light and on dark grounds, as CSS has it; empty where the theme has its own."""

    light: str = ""
    dark: str = ""


class Fault(NamedTuple):
    """What is wrong with the value of a key of `brand`."""

    key: str
    message: str
    hint: str


def grounds_of(style: str) -> Grounds:
    """Return the grounds of a stylesheet."""
    light, dark = colour_tokens(style)
    return Grounds(_named(light), _named(dark))


def accents_of(brand: Brand, style: str) -> Accents:
    """Return the brand's colour for both grounds, made readable where it is not."""
    light, dark = (one if _HEX.fullmatch(one) else "" for one in (brand.accent, brand.accent_dark))
    if not light and not dark:
        return Accents()
    grounds = grounds_of(style)
    return Accents(
        _readable(light, grounds.light) if light else "",
        _readable(dark or light, grounds.dark),
    )


def accent_faults(brand: Brand, style: str) -> Iterator[Fault]:
    """Yield what is wrong with the brand's colours."""
    grounds = grounds_of(style)
    for key, accent, below, name in (
        ("accent", brand.accent, grounds.light, "light"),
        ("accent_dark", brand.accent_dark, grounds.dark, "dark"),
    ):
        if not accent or not below:
            continue
        ratio = lowest_contrast(parse_colour(accent), below)
        if ratio < LEAST:
            instead = _readable(accent, below)
            cut = math.floor(ratio * 100) / 100  # 4.497 is not 4.50, which would pass
            yield Fault(
                key,
                f"{accent} has a contrast of {cut:.2f}:1 to the {name} ground, "
                f"and a text needs {LEAST}:1",
                f'the nearest colour that has it is "{instead}", which the page uses until then',
            )


def accent_rules(accents: Accents) -> str:
    """Return the CSS that sets the brand's colour, to stand behind the stylesheet."""
    light = f":root{{--accent:{accents.light}}}\n" if accents.light else ""
    if not accents.dark:
        return light
    dark = f":root{{--accent:{accents.dark}}}"
    return f"{light}@media screen and (prefers-color-scheme:dark){{{dark}}}\n"


def _readable(accent: str, grounds: tuple[Rgb, ...]) -> str:
    if not grounds:
        return accent
    colour = parse_colour(accent)
    nearest = nearest_readable(colour, grounds, LEAST)
    return accent if nearest == colour else str(nearest)


def _named(tokens: Mapping[str, str]) -> tuple[Rgb, ...]:
    return tuple(parse_colour(tokens[name]) for name in _GROUNDS if name in tokens)
