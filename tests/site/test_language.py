from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from acme_site import OPEN, site_of
from markupsafe import Markup

from statusgen.site.theme.templates import templates_of
from statusgen.site.words.language import ENGLISH

WORDS: Mapping[str, str] = {
    "Hello %(name)s": "<b>Hallo</b> %(name)s",
    "History": "Verlauf & <b>mehr</b>",
    "100 %%": "100 %%",
}


def written(template: str, **values: object) -> str:
    """Return what a template makes in a language that has a few words of its own."""
    language = replace(
        ENGLISH,
        code="x-test",
        direction="rtl",
        gettext=lambda text: WORDS.get(text, text),
        pgettext=lambda context, text: f"{context}|{text}",
        formats=ENGLISH.formats._replace(group="."),
    )
    environment = templates_of(replace(site_of([OPEN]), language=language)).environment
    return environment.from_string(template).render(values)


def test_a_template_writes_its_words_in_the_language_of_the_site() -> None:
    assert written("{{ _('Hello %(name)s', name='Ada') }}") == "<b>Hallo</b> Ada"


def test_what_is_put_into_a_message_is_escaped_unless_it_is_markup() -> None:
    assert written("{{ _('Hello %(name)s', name=name) }}", name="<i>") == "<b>Hallo</b> &lt;i&gt;"
    assert written("{{ _('%(a)s', a=name) }}", name=Markup("<i>")) == "<i>"


def test_a_message_without_values_is_the_same_wherever_it_stands_in_an_expression() -> None:
    said = WORDS["History"]
    assert written("{{ _('History') }}") == said
    assert written("{{ x or _('History') }}", x="") == said
    assert written("{{ _('History') if x else '' }}", x=1) == said
    assert written("{{ _('History') ~ x }}", x="<") == f"{said}&lt;"
    assert written("{{ _('History') | upper }}") == said.upper()
    assert written("{{ _('His' 'tory') }}{% set a = _('History') %}{{ a }}") == 2 * said
    assert written("{% for a in [_('History')] %}{{ a }}{% endfor %}") == said


def test_a_message_without_values_is_looked_up_when_the_template_is_compiled() -> None:
    environment = templates_of(site_of([OPEN])).environment
    template = environment.from_string("<p>{{ _('History') }}</p>")
    assert template.render(_=None) == "<p>History</p>"


def test_a_percent_sign_in_a_message_is_doubled() -> None:
    assert written("{{ _('100 %%') }}") == "100 %"
    assert written("{% trans %}100 %{% endtrans %}") == "100 %"


def test_a_number_of_things_is_written_as_the_language_does() -> None:
    source = "{% trans n=n %}{{ n }} day{% pluralize %}{{ n }} days{% endtrans %}"
    assert written(source, n=1) == "1 day"
    assert written(source, n=1282) == "1.282 days"


def test_a_context_tells_words_apart() -> None:
    assert written("{{ pgettext('verb', 'Open') }}") == "verb|Open"


def test_a_message_over_several_lines_is_one_line() -> None:
    assert written("{% trans name='Ada' %}\n  Hello\n  {{ name }}\n{% endtrans %}") == (
        "<b>Hallo</b> Ada"
    )


def test_a_template_knows_its_language() -> None:
    assert written("{{ page.language.code }} {{ page.language.direction }}") == "x-test rtl"


def test_an_english_page_says_so() -> None:
    templates = templates_of(site_of([OPEN]))
    html = templates.render("404.html", "404.html", {}).decode()
    assert '<html lang="en" dir="ltr">' in html
