"""The types of values that name something that stands elsewhere in the file."""

from __future__ import annotations

from statusgen.reading.fields import Report, Schema
from statusgen.reading.languages import report_unknown_language
from statusgen.reading.nodes import Node
from statusgen.reading.words import ID, LANGUAGE


class PageLanguage:
    """One of the page's languages."""

    words = f"a language of the page such as `{LANGUAGE.example}`"

    @staticmethod
    def read(node: Node, report: Report) -> str | None:
        language = LANGUAGE.read(node, report)
        if language is not None and language not in report.languages:
            report_unknown_language(language, node.where, report)
            return None
        return language

    @staticmethod
    def schema() -> Schema:
        return LANGUAGE.schema()


class MentionedId:
    """The id of something that stands elsewhere in the file, which is looked for in the end."""

    words = f"the id of a component or group such as `{ID.example}`"

    @staticmethod
    def read(node: Node, report: Report) -> str | None:
        id_ = ID.read(node, report)
        if id_ is not None:
            report.mentioned.append((id_, node.where))
        return id_

    @staticmethod
    def schema() -> Schema:
        return ID.schema()
