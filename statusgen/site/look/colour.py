"""Colours: how well one can be read on another, and the nearest one that can.

Contrast is that of WCAG 2.2. What is near is measured in OKLab (Björn Ottosson, 2020), in which
equal distances look equal: a colour made lighter or darker keeps its hue.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

_HALVINGS = 12  # until a lightness or a chroma is exact to the last of 256 levels


class Rgb(NamedTuple):
    """A colour of sRGB, each part from 0 to 255."""

    red: int
    green: int
    blue: int

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"


def parse_colour(text: str) -> Rgb:
    """Return the colour of '#0b5fff' or '#05f'."""
    digits = text.removeprefix("#")
    if len(digits) == 3:  # noqa: PLR2004 (the short form)
        digits = "".join(2 * digit for digit in digits)
    return Rgb(*bytes.fromhex(digits))


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def lowest_contrast(colour: Rgb, grounds: Iterable[Rgb]) -> float:
    """Return the contrast to the ground on which a colour can be read worst."""
    return min(contrast(colour, ground) for ground in grounds)


def nearest_readable(colour: Rgb, grounds: tuple[Rgb, ...], least: float) -> Rgb:
    """Return the nearest colour of the same hue whose contrast to all grounds is `least` or more.

    It is the colour itself if that has it. Where no colour of its hue has it, as between a black
    and a white ground, the best of them is returned.
    """
    if lowest_contrast(colour, grounds) >= least:
        return colour
    lightness, chroma, hue = _oklch(colour)
    ends = [_nearest_towards(end, (lightness, chroma, hue), grounds, least) for end in (0.0, 1.0)]
    found = [one for one in ends if lowest_contrast(one[1], grounds) >= least]
    if found:
        return min(found)[1]
    return max((shade for _, shade in ends), key=lambda shade: lowest_contrast(shade, grounds))


def _nearest_towards(
    end: float,
    colour: tuple[float, float, float],
    grounds: tuple[Rgb, ...],
    least: float,
) -> tuple[float, Rgb]:
    """Return the first colour on the way to black or white with the contrast, and how far it is.

    A colour that cannot be read gets the contrast once on that way and keeps it from there on.
    """
    start, chroma, hue = colour
    near, far = 0.0, 1.0  # parts of the way
    for _ in range(_HALVINGS):
        middle = (near + far) / 2
        shade = _in_gamut(start + (end - start) * middle, chroma, hue)
        is_enough = lowest_contrast(shade, grounds) >= least
        near, far = (near, middle) if is_enough else (middle, far)
    return far * abs(end - start), _in_gamut(start + (end - start) * far, chroma, hue)


def _luminance(colour: Rgb) -> float:
    red, green, blue = map(_linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(level: int) -> float:
    part = level / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 (sRGB's curve)


def _level(part: float) -> int:
    part = min(max(part, 0.0), 1.0)
    curved = 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055  # noqa: PLR2004 (sRGB's curve)
    return round(255 * curved)


def _oklch(colour: Rgb) -> tuple[float, float, float]:
    """Return lightness (0 to 1), chroma and hue (radians)."""
    red, green, blue = map(_linear, colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _in_gamut(lightness: float, chroma: float, hue: float) -> Rgb:
    """Return the colour with the largest chroma up to this one that a screen can show."""
    parts = _linear_parts(lightness, chroma, hue)
    low, high = 0.0, chroma
    for _ in range(_HALVINGS if not _is_shown(parts) else 0):
        middle = (low + high) / 2
        parts = _linear_parts(lightness, middle, hue)
        low, high = (middle, high) if _is_shown(parts) else (low, middle)
        parts = _linear_parts(lightness, low, hue)
    return Rgb(*map(_level, parts))


def _is_shown(parts: tuple[float, float, float]) -> bool:
    return all(-0.0001 <= part <= 1.0001 for part in parts)  # noqa: PLR2004 (less than half a level)


def _linear_parts(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
