from __future__ import annotations

from dataclasses import replace

import pytest
from acme_site import CONFIG, by_path, site_of

from statusgen.model import Brand
from statusgen.site.look.pictures import width_of
from statusgen.site.pages.front_page import render_front_page

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x2c\0\0\0\x64\x08\x06\0\0\0"


@pytest.mark.parametrize(
    ("content", "width"),
    [
        (PNG, 84),
        (b'<?xml version="1.0"?><svg viewBox="0 0 168 40"><rect width="9" height="9"/></svg>', 118),
        (b"<svg xmlns='x' width='200px' height='100' viewBox='0 0 1 1'/>", 56),
        (b'<svg viewBox="0, 0, 10.5, 21" stroke-width="3"/>', 14),
        (b'<svg width="100%" height="100%" viewBox="0 0 2 1"/>', 56),
        (b'<svg viewBox="0 0 5 0"/>', 0),
        (b'<svg viewBox="0 0 1.1.1 5"/>', 0),
        (b"<svg/>", 0),
        (b"GIF89a", 0),
        (b"", 0),
    ],
)
def test_the_width_of_a_picture_at_a_height(content: bytes, width: int) -> None:
    assert width_of(content, 28) == width


@pytest.mark.parametrize(("content", "size"), [(PNG, ' width="84" height="28"'), (b"?", "")])
def test_a_logo_keeps_its_place_before_it_has_come(content: bytes, size: str) -> None:
    site = site_of(config=CONFIG._replace(brand=Brand(logo="logo.png")))
    ((_, page),) = by_path(render_front_page(replace(site, assets={"logo.png": content}))).items()
    assert f'alt="Acme status"{size}>' in page.decode()
