"""gettext as templates call it: `_("History")`, `{% trans %}`, values by their names.

A message is ours and may hold markup; what is put into it is escaped like any value of a template.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import cast

from jinja2 import Environment
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup, escape

from statusgen.site.words.language import Language

EXTENSION = "jinja2.ext.i18n"


def install_words(environment: Environment, language: Language) -> None:
    """Let the templates of an environment speak a language.

    Not by the extension's own functions: they look up the environment in each call, and a page
    has dozens.
    """
    environment.add_extension(_Spelled)
    environment.policies["ext.i18n.trimmed"] = True
    environment.newstyle_gettext = True  # type: ignore[attr-defined] # the extension's own field
    gettext, pgettext = _gettext(language), _pgettext(language)
    environment.globals.update(
        _=gettext,
        gettext=gettext,
        ngettext=_ngettext(language),
        pgettext=pgettext,
        npgettext=_npgettext(language),
    )


class _Spelled(Extension):
    """Says `_("History")` in the language when a template is compiled, not on each page anew.

    What stands in its place, `("Verlauf"|safe)`, becomes one with the HTML around it.
    """

    _CALL = ("name", "lparen", "string", "rparen")

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        waiting: deque[Token] = deque()
        for token in stream:
            waiting.append(token)
            if len(waiting) == len(self._CALL):
                if self._is_call(waiting):
                    yield from self._spelled(waiting[2])
                    waiting.clear()
                else:
                    yield waiting.popleft()
        yield from waiting

    def _is_call(self, tokens: Iterable[Token]) -> bool:
        kinds, values = zip(*((one.type, one.value) for one in tokens), strict=True)
        return kinds == self._CALL and values[0] == "_"

    def _spelled(self, message: Token) -> Iterator[Token]:
        gettext = cast("Callable[[str], Markup]", self.environment.globals["gettext"])
        text = str(gettext(message.value))
        parts = (
            ("lparen", "("),
            ("string", text),
            ("pipe", "|"),
            ("name", "safe"),
            ("rparen", ")"),
        )
        return (Token(message.lineno, kind, value) for kind, value in parts)


def _gettext(language: Language) -> Callable[..., Markup]:
    whole = lru_cache(maxsize=None)(lambda text: _filled(language.gettext(text), {}))

    def gettext(text: str, /, **values: object) -> Markup:
        return _filled(language.gettext(text), values) if values else whole(text)

    return gettext


def _pgettext(language: Language) -> Callable[..., Markup]:
    def pgettext(context: str, text: str, /, **values: object) -> Markup:
        return _filled(language.pgettext(context, text), values)

    return pgettext


def _ngettext(language: Language) -> Callable[..., Markup]:
    def ngettext(singular: str, plural: str, number: int, /, **values: object) -> Markup:
        text = language.ngettext(singular, plural, number)
        return _filled(text, _written(language, number, values))

    return ngettext


def _npgettext(language: Language) -> Callable[..., Markup]:
    def npgettext(
        context: str, singular: str, plural: str, number: int, /, **values: object
    ) -> Markup:
        text = language.npgettext(context, singular, plural, number)
        return _filled(text, _written(language, number, values))

    return npgettext


def _written(language: Language, number: int, values: dict[str, object]) -> dict[str, object]:
    """Return the values with the number as the language writes it, under whatever name."""
    text = language.formats.number_text(number)
    given = {name: text if value is number else value for name, value in values.items()}
    return {"num": text, **given}


def _filled(message: str, values: dict[str, object]) -> Markup:
    """Return a message with its values; `Markup`'s own `%` takes four times as long."""
    escaped = {name: escape(value) for name, value in values.items()}
    return Markup(message % escaped)  # noqa: S704 (from the template itself or from our catalogue)
