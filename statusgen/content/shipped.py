"""The playbook that comes with statusgen, as a page repository in certain languages holds it.

A text in the page's main language has the facts (`type`, `status` …) and no language in its name;
the others are translations of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from statusgen.content.ids import name_and_language

REVIEWED_FOR = timedelta(days=182)
"""How long a text counts as read when it comes into a page repository."""

_ORIGINALS = "en"
_FACTS = re.compile(r"(?m)^(?:type|status|impact|components):.*\n")
_REVIEW = re.compile(r"(?m)^review:.*$")


def texts_for(
    shipped: Mapping[str, str],
    languages: Sequence[str],
    today: date,
) -> Iterator[tuple[str, str]]:
    """Yield the name of each file and its text, to be read again half a year after `today`.

    `shipped` are the texts by the names of their files; `languages` are the page's, the main one
    first. Where nothing comes in the main language, English stands for it: there is something to
    translate.
    """
    by_name: dict[str, dict[str, str]] = {}
    for path, text in sorted(shipped.items()):
        name, language = name_and_language(path)
        by_name.setdefault(name, {})[language or _ORIGINALS] = text
    main, *others = languages
    if not any(main in texts for texts in by_name.values()):
        main = _ORIGINALS
    review = f"review: {today + REVIEWED_FOR}"
    for name, texts in by_name.items():
        if main not in texts:
            continue
        facts = "".join(_FACTS.findall(texts[_ORIGINALS]))
        own = _FACTS.sub("", texts[main])
        yield f"{name}.md", _REVIEW.sub(f"{facts}{review}", own, count=1)
        for language in others:
            if language in texts and language != main:
                translated = _FACTS.sub("", texts[language])
                yield f"{name}.{language}.md", _REVIEW.sub(review, translated, count=1)


def languages_of(shipped: Mapping[str, str]) -> list[str]:
    """Return the languages that texts come in."""
    return sorted({name_and_language(path)[1] or _ORIGINALS for path in shipped})
