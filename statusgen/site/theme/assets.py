"""The stylesheet, the script, icons and logos: what is in them, and under which names."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath
from typing import NamedTuple

from statusgen.model import Brand, ComponentStatus
from statusgen.site.context import Output, Site, Theme
from statusgen.site.look.accent import accent_rules, accents_of
from statusgen.site.look.shapes import SHAPES, SIZE, UNKNOWN

STYLE = "style.css"
_SCRIPT = "script.js"
_ICON = "icon.svg"
_FOLDER = "assets/"
_LARGEST_INLINE_ICON = 2 * 1024
_ICON_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon"}

_ICON_COLOURS: dict[str, str] = {
    ComponentStatus.OPERATIONAL: "#2a9d67",
    ComponentStatus.UNDER_MAINTENANCE: "#4f83d6",
    ComponentStatus.DEGRADED_PERFORMANCE: "#c98a12",
    ComponentStatus.PARTIAL_OUTAGE: "#e0672a",
    ComponentStatus.MAJOR_OUTAGE: "#d8404f",
    UNKNOWN: "#8b847a",
}
"""Colours that stand out from a light browser and a dark one alike."""


class IconView(NamedTuple):
    """An icon for the browser's tab: its path below the site's root and its media type."""

    path: str
    type: str


def icon_of(site: Site) -> IconView:
    """Return the icon of the page: the brand's own, if it has one."""
    name, content = _icon(site)
    return IconView(_hashed(name, content), _type_of(name))


def state_icon(site: Site, state: str) -> IconView:
    """Return the icon of a page that tells a state: the brand's own only while all is well."""
    if state == ComponentStatus.OPERATIONAL and site.config.brand.favicon in site.assets:
        return icon_of(site)
    name = f"{state}.svg"
    return IconView(_hashed(name, _state_icon(state)), _type_of(name))


def inline_icon(site: Site) -> str:
    """Return the icon as a `data:` address; the theme's, if the brand's own is large."""
    name, content = _icon(site)
    if len(content) > _LARGEST_INLINE_ICON:
        name, content = _ICON, theme_file(site.theme, _ICON).encode()
    return f"data:{_type_of(name)};base64,{base64.b64encode(content).decode()}"


def _state_icon(state: str) -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-.5 -.5 {SIZE + 1} {SIZE + 1}">'
        f'<path fill="{_ICON_COLOURS[state]}" d="{SHAPES[state]}"/></svg>\n'
    ).encode()


def render_assets(site: Site) -> Iterator[Output]:
    """Yield stylesheet, script, icon and logos, each once, under a name that changes with it."""
    yield from {_hashed(name, content): content for name, content in _assets(site)}.items()


def _assets(site: Site) -> Iterator[tuple[str, bytes]]:
    yield STYLE, style_of(site).encode()
    brand = site.config.brand
    own_style = own_style_of(site).encode()
    if own_style:
        yield brand.stylesheet, own_style
    yield _SCRIPT, _script(site)
    yield _icon(site)
    for state in _ICON_COLOURS:
        yield f"{state}.svg", _state_icon(state)
    for path in (brand.logo, brand.logo_dark):
        if path in site.assets:
            yield path, site.assets[path]


def theme_file(theme: Theme, name: str) -> str:
    """Return a file of the theme, the page's own before the default."""
    return theme.own[name] if name in theme.own else theme.default[name]


def style_of(site: Site) -> str:
    """Return the stylesheet with the brand's colour, safe to stand inside a `<style>` element."""
    return _branded(theme_file(site.theme, STYLE), site.config.brand)


@lru_cache(maxsize=2)
def _branded(style: str, brand: Brand) -> str:
    return (style + accent_rules(accents_of(brand, style))).replace("</", "<\\/")


def token_style(site: Site) -> str:
    """Return the stylesheet for those who look for its tokens, with the operator's own after it.

    A stylesheet of the page's own may leave some out, so the shipped one stands before it then.
    """
    shipped = site.theme.default[STYLE] if STYLE in site.theme.own else ""
    return shipped + style_of(site) + own_style_of(site)


def own_style_of(site: Site) -> str:
    """Return the operator's own stylesheet, made safe like ours; empty if there is none."""
    return site.assets.get(site.config.brand.stylesheet, b"").decode().replace("</", "<\\/")


def style_path(site: Site) -> str:
    """Return where the stylesheet is below the site's root."""
    return _hashed(STYLE, style_of(site).encode())


def own_style_path(site: Site) -> str:
    """Return where the operator's own stylesheet is below the site's root, or nothing."""
    own = own_style_of(site)
    return _hashed(site.config.brand.stylesheet, own.encode()) if own else ""


def script_path(site: Site) -> str:
    """Return where the script is below the site's root."""
    return _hashed(_SCRIPT, _script(site))


def _script(site: Site) -> bytes:
    return theme_file(site.theme, _SCRIPT).encode()


def _icon(site: Site) -> tuple[str, bytes]:
    favicon = site.config.brand.favicon
    if favicon in site.assets:
        return favicon, site.assets[favicon]
    return _ICON, theme_file(site.theme, _ICON).encode()


def _type_of(name: str) -> str:
    return _ICON_TYPES.get(PurePosixPath(name).suffix, "image/png")


def brand_path(site: Site, path: str) -> str:
    """Return where a file of the brand is below the site's root; empty if there is none."""
    return _hashed(path, site.assets[path]) if path in site.assets else ""


def _hashed(name: str, content: bytes) -> str:
    """Return 'assets/style.1a2b3c4d.css' for 'style.css': a browser may keep it for ever."""
    path = PurePosixPath(name)
    return f"{_FOLDER}{path.stem}.{hashlib.sha256(content).hexdigest()[:8]}{path.suffix}"
