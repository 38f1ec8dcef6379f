"""Reads incidents: Markdown with all facts as JSON in one line of metadata."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from pelican.contents import Tag
from pelican.readers import MarkdownReader

Facts = dict[str, Any]


class IncidentReader(MarkdownReader):
    """Gives an article its `facts`, where each update has its text: as Markdown and as HTML.

    What stands in the file is read by Pelican's own reader, and rules divide the texts.
    """

    @cached_property
    def _tags(self) -> dict[str, Tag]:
        """Return the components' tags, made once, since each works out its slug."""
        return {id_: Tag(id_, self.settings) for id_ in self.settings["COMPONENTS"]}

    def read(self, source_path: str) -> tuple[str, Facts]:
        """Return the content, of which there is none beside the updates, and the facts."""
        content, metadata = super().read(source_path)
        facts = json.loads(metadata["facts"])
        links = content.replace("<a href=", '<a rel="noopener nofollow" href=')
        html = links.replace("<pre>", '<pre tabindex="0">')
        for update, body, text, shown in zip(
            facts["updates"],
            facts.pop("bodies"),
            links.split("<hr />"),
            html.split("<hr />"),
            strict=True,
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
