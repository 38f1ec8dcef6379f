"""The brand's files and colours, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from statusgen.files.source_tree import read_assets
from statusgen.model import Config
from statusgen.problems import Location, Problem
from statusgen.reading.characters import decode
from statusgen.site.context import Theme
from statusgen.site.look.accent import accent_faults
from statusgen.site.look.own_style import style_faults
from statusgen.site.theme.assets import STYLE, theme_file
from statusgen.source.places import place_in_config


def read_brand(
    root: str,
    config: Config,
    theme: Theme,
) -> tuple[Mapping[str, bytes], list[Problem]]:
    """Return the brand's files that can be used, by their paths, and every problem of the brand."""
    assets, problems = read_assets(root, config)
    path = config.brand.stylesheet
    found = list(_of_stylesheet(path, assets[path])) if path in assets else []
    if found:
        assets = {name: raw for name, raw in assets.items() if name != path}
    return assets, [*problems, *found, *_of_colours(root, config, theme)]


def _of_stylesheet(path: str, raw: bytes) -> Iterator[Problem]:
    text, faults = decode(raw, path)
    yield from faults
    for line, message, hint in style_faults(text):
        yield Problem("foreign-request", message, Location(path, line, 1), hint)


def _of_colours(root: str, config: Config, theme: Theme) -> Iterator[Problem]:
    for key, message, hint in accent_faults(config.brand, theme_file(theme, STYLE)):
        yield Problem("low-contrast", message, place_in_config(root, "brand", key), hint)
