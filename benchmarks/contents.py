"""Writes the facts of a history as content, in the form quickest for each generator.

A file an incident has its updates' texts, newest first, divided by rules, and all facts as JSON in
its front matter. What is left to a generator is what it is for: to read, to render Markdown and
moments, and to write pages, feeds and JSON.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from facts import Directory, Incident, Json, directory_of, incidents

TEXTS = "\n***\n\n"
"""What divides the texts of two updates."""

HUGO_FEEDS = (
    "html",
    "history_atom",
    "history_rss",
    "updates_atom",
    "updates_rss",
    "updates_json",
)


def write_content(tool: str, site: Path, folder: Path) -> None:
    """Write the content of a tool below `folder`, of the statusgen site in `site`."""
    directory = directory_of(site)
    write_rest, write_incident = FORMS[tool]
    write_rest(folder, directory)
    for incident in incidents(site, directory):
        write_incident(folder, incident)
    _copy_assets(site / "assets", folder)


def _copy_assets(assets: Path, folder: Path) -> None:
    """Copy what pages load, and the style also to where a template can read it."""
    static = folder / "static" / "assets"
    static.mkdir(parents=True)
    for path in assets.iterdir():
        shutil.copyfile(path, static / re.sub(r"\.[0-9a-f]{8}\.", ".", path.name))
    (folder / "assets").mkdir()
    shutil.copy(static / "style.css", folder / "assets")


def _hugo_incident(folder: Path, incident: Incident) -> None:
    facts = incident.facts
    own = {"date": facts["created"], "lastmod": facts["updated"], "history": [facts["month"]]}
    _write_page(folder / f"content/incidents/{incident.id}.md", {**facts, **own}, incident.texts)


def _hugo_rest(folder: Path, directory: Directory) -> None:
    for id_, component in directory.items():
        term = {"title": component["name"], "outputs": HUGO_FEEDS}
        _write_page(folder / f"content/components/{id_}/_index.md", term)
    for unseen in ("incidents", "components"):
        _write_page(folder / f"content/{unseen}/_index.md", {"build": {"render": "never"}})
    known = {id_: {**one, "api": _json(one["api"])} for id_, one in directory.items()}
    _write(folder / "data" / "components.json", _json(known))


def _write_page(path: Path, facts: Json, texts: Sequence[str] = ()) -> None:
    _write(path, f"{_json(facts)}\n\n{_body(texts)}")


def add_hugo_update(path: Path, update: Json, text: str) -> None:
    """Put an update at the top of an incident's file of Hugo's."""
    facts, end = json.JSONDecoder().raw_decode(content := path.read_text(encoding="utf-8"))
    facts["updates"].insert(0, update)
    facts |= {"lastmod": update["at"], "about": text}
    _write_page(path, facts, [text, *content[end:].strip().split(f"\n{TEXTS}")])


def _eleventy_incident(folder: Path, incident: Incident) -> None:
    facts = {
        **incident.facts,
        "date": incident.facts["created"],
        "layout": "incident.11ty.js",
    }
    head = f"---json\n{_json(facts)}\n---\n"
    _write(folder / f"content/incidents/{incident.id}.md", head + _body(incident.texts))


def _eleventy_rest(folder: Path, directory: Directory) -> None:
    _write(folder / "content" / "_data" / "directory.json", _json(directory))


def _pelican_incident(folder: Path, incident: Incident) -> None:
    facts = {**incident.facts, "bodies": incident.texts}
    head = f"Facts: {_json(facts)}\n\n"
    _write(folder / f"content/incidents/{incident.id}.md", head + _body(incident.texts))


def _pelican_rest(folder: Path, directory: Directory) -> None:
    _write(folder / "components.json", _json(directory))


def _body(texts: Sequence[str]) -> str:
    return TEXTS.join(f"{text}\n" for text in texts)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


Rest = Callable[[Path, Directory], None]
Each = Callable[[Path, Incident], None]
FORMS: Mapping[str, tuple[Rest, Each]] = {
    "hugo": (_hugo_rest, _hugo_incident),
    "eleventy": (_eleventy_rest, _eleventy_incident),
    "pelican": (_pelican_rest, _pelican_incident),
}
