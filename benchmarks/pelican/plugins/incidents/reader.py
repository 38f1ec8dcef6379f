"""Reads incidents: all facts as JSON, then the updates' texts, newest first, divided by rules."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from markdown import Markdown
from pelican.contents import Tag
from pelican.readers import BaseReader
from pelican.utils import pelican_open

Facts = dict[str, Any]
_JSON = json.JSONDecoder()
_RULE = "\n***\n\n"


class IncidentReader(BaseReader):
    """Gives an article its `facts`, where each update has its text: as Markdown and as HTML.

    One Markdown is made for all files, where Pelican's own reader makes one a file.
    """

    enabled = True
    file_extensions = ("md",)

    @cached_property
    def _markdown(self) -> Markdown:
        return Markdown(extensions=["fenced_code"], output_format="html")

    @cached_property
    def _tags(self) -> dict[str, Tag]:
        """Return the components' tags, made once, since each works out its slug."""
        return {id_: Tag(id_, self.settings) for id_ in self.settings["COMPONENTS"]}

    def read(self, source_path: str) -> tuple[str, Facts]:
        """Return the content, of which there is none beside the updates, and the facts."""
        with pelican_open(source_path) as source:
            facts, end = _JSON.raw_decode(source)
            texts = source[end:].strip()
        links = self._markdown.reset().convert(texts)
        links = links.replace("<a href=", '<a rel="noopener nofollow" href=')
        html = links.replace("<pre>", '<pre tabindex="0">')
        updates = facts["updates"]
        for update, body, text, shown in zip(
            updates, texts.split(_RULE), links.split("<hr>"), html.split("<hr>"), strict=True
        ):
            update |= {"body": body.strip(), "text": text.strip(), "html": shown}
        slug = Path(source_path).stem
        return "", {
            "title": facts["title"],
            "date": datetime.fromisoformat(facts["started"]),
            "order": (datetime.fromisoformat(facts["created"]), slug),
            "slug": slug,
            # Said here, they are not put together anew each time that they are asked for.
            "url": f"incidents/{slug}/",
            "save_as": f"incidents/{slug}/index.html",
            "tags": [self._tags[id_] for id_ in facts["components"]],
            "facts": facts,
        }
