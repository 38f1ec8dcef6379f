from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from acme_site import CONFIG, OPEN, by_path, site_of, theme
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from markupsafe import Markup

from statusgen.model import Brand, Status
from statusgen.site.context import Site, Theme
from statusgen.site.lasting import incident_outputs, records_by_incident
from statusgen.site.pages.front_page import render_front_page
from statusgen.site.theme.assets import render_assets
from statusgen.site.theme.templates import Templates, ThemeError, check_theme


def themed(own: Mapping[str, str], bytecode: BytecodeCache | None = None) -> Site:
    """Return a site whose page repository has a theme of its own."""
    site = site_of([OPEN])
    return replace(site, theme=Theme(site.theme.default, own, bytecode))


def front_page(own: Mapping[str, str]) -> str:
    ((_, content),) = render_front_page(themed(own))
    return content.decode()


def test_an_own_template_reaches_the_one_that_it_replaces() -> None:
    own = '{% extends "default:index.html" %}{% block upcoming %}<p>Sundays.</p>{% endblock %}'
    text = front_page({"index.html": own})
    assert "<p>Sundays.</p>" in text
    assert text.replace("<p>Sundays.</p>", "") == front_page({})


def test_an_own_file_replaces_one_file_only() -> None:
    assert "<h1>Mine</h1>" in front_page({"index.html": "<h1>Mine</h1>"})
    footer = front_page({"footer.html": "<footer>Mine</footer>"})
    assert "<footer>Mine</footer>" in footer
    assert "Partial outage</p>" in footer


def test_an_own_skeleton_counts_for_the_default_pages_too() -> None:
    text = front_page({"base.html": "<main>{% block main %}{% endblock %}</main>"})
    assert text.startswith("<main>")


def test_an_own_stylesheet_gets_a_name_of_its_own() -> None:
    names = []
    for own in ({}, {"style.css": "body { color: red }"}):
        files = by_path(render_assets(themed(own)))
        (name,) = (path for path in files if path.endswith(".css"))
        names.append(name)
    assert len(set(names)) == 2


def test_files_of_the_brand_that_are_equal_in_name_and_content_are_published_once() -> None:
    paths = ("brand/logo.svg", "dark/logo.svg", "icons/logo.svg")
    brand = Brand(logo=paths[0], logo_dark=paths[1], favicon=paths[2])
    site = site_of(config=CONFIG._replace(brand=brand))
    files = by_path(render_assets(replace(site, assets=dict.fromkeys(paths, b"<svg/>"))))
    assert list(files.values()).count(b"<svg/>") == 1


def test_a_stylesheet_cannot_end_the_element_that_it_stands_in() -> None:
    site = themed({"style.css": "</style><script>alert(1)</script>"})
    (text,) = (text.decode() for path, text in render_assets(site) if path.endswith(".css"))
    assert "</" not in text


@pytest.mark.parametrize(
    ("own", "place", "message"),
    [
        ("<p>\n{{ nonsense }}", "site-template/index.html:2", "'nonsense' is undefined"),
        ("\n\n{% if %}", "site-template/index.html:3", "Expected an expression"),
        ("{{ headline.txet }}", "site-template/index.html:1", "no attribute 'txet'"),
        ("{{ 1 | nofilter }}", "site-template/index.html:1", "No filter named 'nofilter'"),
        ("{% block a %}", "site-template/index.html:1", "Unexpected end of template"),
        ("\n{{ 'x' | moment }}", "site-template/index.html:2", "AttributeError"),
        ("\n{{ 1 / 0 }}", "site-template/index.html:2", "ZeroDivisionError"),
        ('\n{% extends "gone.html" %}', "site-template/index.html:2", "no template 'gone.html'"),
        ('{% include "default:gone.html" %}', "site-template/index.html:1", "default:gone.html"),
        (
            '{% extends "index.html" %}{% block main %}{% endblock %}',
            "site-template/index.html:1",
            "RecursionError",
        ),
        (
            '{% extends "default:index.html" %}\n{% block recent %}{{ x }}{% endblock %}',
            "site-template/index.html:2",
            "'x' is undefined",
        ),
    ],
)
def test_a_mistake_in_a_template_is_a_problem_with_its_place(
    own: str,
    place: str,
    message: str,
) -> None:
    with pytest.raises(ThemeError) as raised:
        front_page({"index.html": own})
    (problem,) = raised.value.problems
    assert f"{problem.where.path}:{problem.where.line}" == place
    assert message in problem.message
    assert problem.code == "theme"
    assert problem.is_error


def test_a_mistake_in_an_included_template_is_found_where_it_is() -> None:
    with pytest.raises(ThemeError) as raised:
        front_page({"bar.html": "\n\n{{ uptime.nothing }}"})
    assert str(raised.value).startswith("site-template/bar.html:3:1: error[theme]: ")


def test_templates_of_the_default_theme_may_be_ones_own() -> None:
    default = theme().default
    assert check_theme(Theme(default, own=default)) == []


def test_checking_a_theme_finds_every_template_that_does_not_compile() -> None:
    own = {
        "index.html": "{% if %}",
        "month.html": "fine",
        "style.css": "{% not a template",
        "uptime.html": "\n{{ }}",
    }
    problems = check_theme(Theme({}, own))
    assert [(one.where.path, one.where.line) for one in problems] == [
        ("site-template/index.html", 1),
        ("site-template/uptime.html", 2),
    ]


def test_an_error_that_is_no_templates_fault_stays_what_it_is() -> None:
    def broken(text: str) -> str:
        raise MemoryError

    site = replace(themed({}), markdown=broken)
    with pytest.raises(MemoryError):
        list(incident_outputs(site, records_by_incident(site)))


class Memory(BytecodeCache):
    """Keeps compiled templates in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.hits = 0

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])
            self.hits += bucket.code is not None

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


def test_compiled_templates_can_be_kept_between_builds() -> None:
    memory = Memory()
    first = list(render_front_page(themed({}, memory)))
    compiled = len(memory.kept)
    assert (compiled > 0, memory.hits) == (True, 0)
    assert list(render_front_page(themed({}, memory))) == first
    assert (len(memory.kept), memory.hits) == (compiled, compiled)


class _Drawn:
    def __html__(self) -> str:
        return "<b>&</b>"


@pytest.mark.parametrize(
    "value",
    ["<&>\"'", "", Markup("<b>"), Status.RESOLVED, 12, 1.5, True, None, _Drawn(), ["<a>"]],
    ids=lambda value: type(value).__name__,
)
def test_a_value_stands_in_a_page_as_jinja_itself_writes_it(value: object) -> None:
    source = "<p title='{{ value }}'>{{ value }}{% set held %}{{ value }}{% endset %}{{ held }}</p>"
    site = themed({"own.html": source})
    plain = Environment(autoescape=True).from_string(source)
    for _ in range(2):  # the second time it is known
        written = Templates(site).render("own.html", "own.html", {"value": value})
        assert written.decode() == plain.render(value=value)
