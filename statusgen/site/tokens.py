"""What files of their own share with the pages' stylesheet: its colours, and the look of states."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from statusgen.site.context import Site
from statusgen.site.frame import page_view

_ROOT = r":root\s*\{[^{}]*\}"
_DARK = rf"@media \(prefers-color-scheme: dark\)\s*\{{\s*{_ROOT}\s*\}}"
_STATE = r"\.[^{}\n]*\{[^{}]*--state:[^{}]*\}"
_SHARED = re.compile(rf"^(?:{_DARK}|{_ROOT}|{_STATE})", re.MULTILINE)
_TOKEN = re.compile(r"--([a-z-]+):\s*([^;{}]+?)\s*[;}]")
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=2)
def shared_rules(site: Site) -> str:
    """Return the rules of the stylesheet that give its tokens their values and states their shape.

    A stylesheet of the page's own may leave some out, so those that are shipped stand before them.
    """
    shipped = site.theme.default["style.css"] if "style.css" in site.theme.own else ""
    found = [*_SHARED.findall(shipped), *_SHARED.findall(page_view(site).inline_style)]
    return "\n".join(_SPACE.sub(" ", rule) for rule in found)


@lru_cache(maxsize=2)
def light_tokens(site: Site) -> Mapping[str, str]:
    """Return the tokens by their names without dashes, as they are in light surroundings."""
    rules = shared_rules(site).splitlines()
    return dict(_TOKEN.findall("".join(rule for rule in rules if rule.startswith(":root"))))
