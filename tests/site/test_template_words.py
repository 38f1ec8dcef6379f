"""Every English word that a reader may see goes through gettext, in templates and in Python."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from acme_site import ROOT
from jinja2 import Environment, nodes

TEMPLATES = ROOT / "site-template"
PATHS = sorted(TEMPLATES.rglob("*.html"))
GETTEXT = frozenset({"_", "gettext", "ngettext", "pgettext", "npgettext"})
SHOWN = frozenset({"alt", "aria-description", "aria-label", "label", "placeholder", "title"})
NAMES = frozenset(
    (
        "API",
        "Atom",
        "JSON",
        "RSS",
        "UTC",
        "Apple",
        "Google",
        "Microsoft",
        "Outlook",
        "Slack",
        "Teams",
        "Thunderbird",
    )
)
"""Names that are the same in every language."""

ENVIRONMENT = Environment(
    autoescape=True, trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"]
)
ENVIRONMENT.newstyle_gettext = True  # type: ignore[attr-defined] # the extension's own field
WORD = re.compile(r"[^\W\d_]{2,}")
BLOCK = re.compile(r"{%-?\s*trans\b.*?{%-?\s*endtrans\b.*?%}|{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
IN_TAG = re.compile(r"{% block (renewal|kind) %}.*?{% endblock %}", re.DOTALL)
"""What a template puts into a tag of the one that it extends."""


def english_of(text: str) -> set[str]:
    """Return the words of a text that would have to be translated."""
    return set(WORD.findall(text)) - NAMES


class Visible(HTMLParser):
    """Collects what a reader of a page sees or hears of its source."""

    def __init__(self) -> None:
        super().__init__()
        self.words: set[str] = set()
        self._is_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_code = tag in {"code", "script", "style"} or (self._is_code and tag == "wbr")
        given = dict(attrs)
        for name, value in attrs:
            is_sentence = name.startswith("data-") and re.search(r"\w\s+\w", value or "")
            if name in SHOWN or is_sentence or (name == "content" and is_told(given)):
                self.words |= english_of(value or "")

    def handle_endtag(self, tag: str) -> None:
        self._is_code = False

    def handle_data(self, data: str) -> None:
        if not self._is_code:
            self.words |= english_of(data)


def is_told(meta: dict[str, str | None]) -> bool:
    """Tell whether a meta element's content is shown to people, by a search engine or a chat."""
    name = meta.get("name") or meta.get("property") or ""
    return name.endswith(("title", "description", ":alt"))


def visible_words(source: str) -> set[str]:
    """Return the words that stand in a template itself, outside all messages."""
    parser = Visible()
    parser.feed(BLOCK.sub(" ", IN_TAG.sub("", source)))
    parser.close()
    return parser.words


def written_texts(node: nodes.Node) -> Iterator[str]:
    """Yield the texts that an expression may write, outside calls and conditions."""
    match node:
        case nodes.Const(value=str(text)):
            yield text
        case nodes.Call(node=nodes.Name(name=name)) if name in GETTEXT:
            yield from ()
        case nodes.Filter(node=nodes.Node() as of):
            yield from written_texts(of)
        case nodes.CondExpr():
            yield from written_texts(node.expr1)
            if node.expr2 is not None:
                yield from written_texts(node.expr2)
        case nodes.Call() | nodes.Compare() | nodes.Getitem() | nodes.Test():
            yield from ()
        case _:
            for child in node.iter_child_nodes():
                yield from written_texts(child)


def words_of_expressions(source: str) -> set[str]:
    """Return the words that expressions of a template write by themselves."""
    words: set[str] = set()
    for output in ENVIRONMENT.parse(source).find_all(nodes.Output):
        for one in output.nodes:
            if not isinstance(one, nodes.TemplateData):
                for text in written_texts(one):
                    words |= english_of(re.sub(r"<[^>]*>|&\w+;", "", text))
    return words


@pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_every_word_of_a_template_is_a_message(path: Path) -> None:
    source = path.read_text("utf-8")
    assert visible_words(source) == set()
    assert words_of_expressions(source) == set()


def test_a_word_outside_messages_is_found() -> None:
    source = """
        <p title="Ein {{ name }}">{{ _("one") }} {# two #}{% trans %}three{% endtrans %} Vier</p>
        <p data-late="Zu {{ when }} spät" data-state="open" class="six">{{ x or "Sieben" }}</p>
        <meta property="og:title" content="Acht"><style>.nine {}</style>{{ "x" | ten("eleven") }}
    """
    assert visible_words(source) == {"Ein", "Vier", "Zu", "spät", "Acht"}
    assert words_of_expressions(source) == {"Sieben"}
