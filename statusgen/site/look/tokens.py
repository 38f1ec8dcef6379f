"""The rules of a stylesheet that other files share: its colours, and the look of states.

The stylesheet is the one place that knows them: the contrast of the brand's colour is measured
against them, and pages and pictures that stand alone take them from there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_DARK = re.compile(r"@media[^{]*prefers-color-scheme\s*:\s*dark[^{]*\{((?:[^{}]|\{[^{}]*\})*)\}")
_ROOT = re.compile(r":root\s*\{([^{}]*)\}")
_STATE = re.compile(r"\.[^{};]*\{[^{}]*--state:[^{}]*\}")
_TOKEN = re.compile(r"--([a-z-]+)\s*:\s*(#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6}))\s*(?=[;}]|\Z)")


@lru_cache(maxsize=4)
def colour_tokens(style: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the colours that a stylesheet sets on `:root`, on light grounds and on dark ones.

    They are written in hex, and have their names without dashes.
    """
    text = _COMMENT.sub("", style)
    light = _tokens(_DARK.sub("", text))
    return light, {**light, **_tokens("".join(_DARK.findall(text)))}


@lru_cache(maxsize=4)
def shared_rules(style: str) -> str:
    """Return the rules that give the tokens their values, light and dark, and states their look."""
    text = _COMMENT.sub("", style)
    light = _DARK.sub("", text)
    dark = "".join(_rules(_ROOT, "".join(_DARK.findall(text))))
    found = [*_rules(_ROOT, light), f"@media screen and (prefers-color-scheme: dark) {{ {dark} }}"]
    return "\n".join([*found, *_rules(_STATE, light)])


def _tokens(css: str) -> dict[str, str]:
    return {name: value for rule in _ROOT.findall(css) for name, value in _TOKEN.findall(rule)}


def _rules(pattern: re.Pattern[str], css: str) -> list[str]:
    return [_SPACE.sub(" ", found[0]).strip() for found in pattern.finditer(css)]
