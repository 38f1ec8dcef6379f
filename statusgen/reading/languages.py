"""A text that may be written in several languages of the page."""

from __future__ import annotations

from typing import NamedTuple

from statusgen.problems import Location
from statusgen.reading.characters import shown
from statusgen.reading.fields import Report, Schema, Type, is_null
from statusgen.reading.nodes import Mapping, Node
from statusgen.reading.suggest import did_you_mean


class Texts(NamedTuple):
    """A text in the page's main language, and in others: pairs of a language and a text."""

    main: str = ""
    others: tuple[tuple[str, str], ...] = ()


NO_TEXT = Texts()


class InLanguages(NamedTuple):
    """A text in the main language, or a map from languages to texts with the main one in it."""

    kind: Type[str]

    @property
    def words(self) -> str:
        return f"{self.kind.words}, or a map of it by language"

    def read(self, node: Node, report: Report) -> Texts | None:
        if not isinstance(node, Mapping):
            text = self.kind.read(node, report)
            return None if text is None else Texts(text)
        texts: dict[str, str] = {}
        for key, value in node.entries:
            if is_null(value):
                report.warn_of_nothing(key)
                continue
            text = self.kind.read(value, report)
            if key.text not in report.languages:
                report_unknown_language(key.text, key.where, report)
            elif text is not None:
                texts[key.text] = text
        return self._by_main(texts, node, report)

    def schema(self) -> Schema:
        text = self.kind.schema()
        by_language = {"anyOf": [text, {"type": "null"}]}
        return {"anyOf": [text, {"type": "object", "additionalProperties": by_language}]}

    @staticmethod
    def _by_main(texts: dict[str, str], node: Mapping, report: Report) -> Texts | None:
        main = report.languages[0]
        if main not in {entry.key.text for entry in node.entries if not is_null(entry.value)}:
            message = f"there is no text in the page's main language, '{main}'"
            report.error("missing-language", message, node.where, f"add '{main}: …'")
        if not texts:
            return None
        # In whatever language it is, a text says more than none.
        first = texts.pop(main) if main in texts else next(iter(texts.values()))
        return Texts(first, tuple(texts.items()))


def report_unknown_language(language: str, where: Location, report: Report) -> None:
    """Report a text in a language that the page does not have."""
    hint = did_you_mean(language, report.languages)
    message = f"the page has no language {shown(language)}"
    report.error("unknown-language", message, where, hint or "add it to 'languages' of the page")
