from __future__ import annotations

from dataclasses import replace

import pytest
from acme_site import CONFIG, by_path, site_of

from statusgen.model import Brand
from statusgen.site.context import Site
from statusgen.site.look.own_style import style_faults
from statusgen.site.pages.subscribe_page import render_pages
from statusgen.site.theme.assets import render_assets
from statusgen.site.theme.frame import page_view


@pytest.mark.parametrize(
    "css",
    [
        "@import 'x.css';",
        '@IMPORT url("x.css");',
        "@\\69mport 'x.css';",
        "a { background: url(https://cdn.example/x.png) }",
        "a { background: url( '//cdn.example/x.png' ) }",
        "a { background: URL(ht\\74 ps://cdn.example/x.png) }",
        "a { background: \\75\\72\\6c(//cdn.example/x.png) }",
        "a { background: image-set('https://cdn.example/x.png' 1x) }",
        "a { background: url(x.png) }",
        "a { background: url(data:image/png;base64,AA==) }",
        "/* */ @font-face { src: url(/f.woff2) } /* never closed",
    ],
)
def test_what_asks_for_another_file_is_found(css: str) -> None:
    assert {fault.line for fault in style_faults(css)} == {1}


@pytest.mark.parametrize(
    "css",
    [
        "",
        "a { color: red } /* url(https://cdn.example) @import */",
        "a { mask: url(#shape) }",
        "a::after { content: 'important' } @media print { a { color: black !important } }",
        "a { background: linear-gradient(red, blue) }",
    ],
)
def test_what_asks_for_nothing_is_fine(css: str) -> None:
    assert list(style_faults(css)) == []


def test_a_fault_is_found_on_its_line() -> None:
    css = "/* a\n comment */\na { }\nb { background: url(x) }\n"
    assert [fault.line for fault in style_faults(css)] == [4]


def branded(css: str) -> Site:
    config = CONFIG._replace(brand=Brand(stylesheet="brand/extra.css"))
    return replace(site_of(config=config), assets={"brand/extra.css": css.encode()})


def test_it_is_published_under_a_name_of_its_own_and_linked_after_ours() -> None:
    site = branded("a { color: red }")
    path = page_view(site).own_style
    assert by_path(render_assets(site))[path] == b"a { color: red }"
    sheets = stylesheets(site)
    assert len(sheets) == 2
    assert path in sheets[1]


def test_without_one_there_is_one_stylesheet() -> None:
    assert len(stylesheets(site_of())) == 1


def stylesheets(site: Site) -> list[str]:
    page = by_path(render_pages(site))["subscribe/index.html"].decode()
    return [line for line in page.split("\n") if 'rel="stylesheet"' in line]


def test_pages_that_need_no_other_file_have_it_too() -> None:
    assert page_view(branded("a { color: red }")).inline_style.endswith("a { color: red }")


def test_it_cannot_end_the_element_that_it_stands_in() -> None:
    assert "</" not in page_view(branded("</style><script>alert(1)</script>")).inline_style
