"""Compares what statusgen and another write of one history, so that their times can be compared.

python benchmarks/sameness.py                   tells what differs, of each that we compare with
python benchmarks/sameness.py eleventy --keep   of this one, and where the sites are

HTML is compared as trees of elements, attributes and words, JSON by value, feeds as XML in which
the entries' texts are trees again; spaces count as one, and addresses are compared as resolved.
What may differ is in `UNLIKE`, each with its reason.
"""

from __future__ import annotations

import json
import re
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterator, Mapping
from difflib import unified_diff
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import places
from contents import FORMS
from measuring import run

RECORDS = 150
HOME = "https://status.acme.example/"
MOST_SHOWN = 10

Attributes = Mapping[str, str]
UNLIKE: Mapping[str, Callable[[str, str, Attributes], bool]] = {
    "Uptime, its bars and figures are computed by statusgen only.": lambda path, tag, has: (
        has.get("aria-labelledby") == "uptime"
        or has.get("class") == "uptime"
        or (path == "index.html" and tag == "p" and has.get("class") == "about")
    ),
    "The few pictures for social media are drawn by statusgen only.": lambda _path, _tag, has: (
        has.get("name") == "twitter:card" or has.get("property", "").startswith("og:image")
    ),
}
"""Elements that are left out of both sides, with all that is in them."""

IGNORED = {("main", "data-state"), ("main", "data-next")}
"""Attributes of the front page with which a script finds out whether anything has changed."""

SURPLUS = {f"{HOME}{name}/" for name in ("accessibility", "maintenance", "subscribe", "uptime")}
"""Pages that statusgen's sitemap lists and the others do not write."""

_ASSET = re.compile(r"(/assets/\w+)\.[0-9a-f]{8}\.")
_VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}
_ADDRESSES = {"href", "src"}
_XML_TEXTS = {"content", "description"}


class _Tree(HTMLParser):
    """Reads HTML into lines, one an element or a text, indented by their depth."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._path = path
        self._base = HOME + path
        self._open: list[str] = []
        self._left_out = 0  # the depth of the element that is left out, if one is
        self._texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.end_text()
        has = {name: value or "" for name, value in attrs}
        is_left_out = any(rule(self._path, tag, has) for rule in UNLIKE.values())
        if not self._left_out and not is_left_out:
            told = (
                f" {name}={self._value(name, value)!r}"
                for name, value in sorted(has.items())
                if (tag, name) not in IGNORED
            )
            self.lines.append(f"{' ' * len(self._open)}<{tag}{''.join(told)}>")
        if tag not in _VOID:
            self._open.append(tag)
            if is_left_out and not self._left_out:
                self._left_out = len(self._open)

    def handle_endtag(self, tag: str) -> None:
        self.end_text()
        if tag in _VOID:
            return
        opened = self._open.pop()
        if opened != tag:
            self.lines.append(f"{self._path}: <{opened}> ended by </{tag}>")
        if len(self._open) < self._left_out:
            self._left_out = 0

    def handle_data(self, data: str) -> None:
        self._texts.append(data)

    def end_text(self) -> None:
        """Take what was read as one text."""
        text = " ".join("".join(self._texts).split())
        self._texts.clear()
        if text.startswith('{"@context"'):
            text = json.dumps(json.loads(text), sort_keys=True)
        if text and not self._left_out:
            self.lines.append(" " * len(self._open) + text)

    def _value(self, name: str, value: str) -> str:
        if name not in _ADDRESSES:
            return value
        return _ASSET.sub(r"\1.", urljoin(self._base, value)).removesuffix("index.html")


def html_lines(text: str, path: str) -> list[str]:
    """Return HTML as comparable lines."""
    tree = _Tree(path)
    tree.feed(text)
    tree.close()
    tree.end_text()
    return tree.lines


def _json_lines(text: str, path: str) -> list[str]:
    value = json.loads(text)
    for item in value.get("items", ()):
        item["content_html"] = html_lines(item["content_html"], path)
    return json.dumps(value, sort_keys=True, indent=0, ensure_ascii=False).splitlines()


def _xml_lines(text: str, path: str) -> list[str]:
    lines = []
    for element in ET.fromstring(text).iter():  # noqa: S314 - written a moment ago
        name = element.tag.rpartition("}")[2]
        said = " ".join((element.text or "").split())
        told = html_lines(said, path) if name in _XML_TEXTS else [said]
        lines += [f"<{element.tag} {sorted(element.attrib.items())}>", *told]
    return lines


def _sitemap_lines(text: str, _: str) -> list[str]:
    root = ET.fromstring(text)  # noqa: S314 - written a moment ago
    entries = [[part.text or "" for part in entry] for entry in root]
    return sorted(" ".join(entry) for entry in entries if entry[0] not in SURPLUS)


Reader = Callable[[str, str], list[str]]
KINDS: Mapping[str, Reader] = {
    "index.html": html_lines,
    "incidents/*/index.html": html_lines,
    "history/index.html": html_lines,
    "history/*/index.html": html_lines,
    "components/*/index.html": html_lines,
    "sitemap.xml": _sitemap_lines,
    **{
        f"{folder}{name}": _json_lines if name.endswith("json") else _xml_lines
        for folder in ("", "components/*/")
        for name in ("history.atom", "history.rss", "updates.atom", "updates.rss", "feed.json")
    },
}


def differences(ours: Path, theirs: Path, tool: str) -> Iterator[str]:
    """Yield what differs between our site and the one of `tool`, one text a file."""
    for pattern, read in KINDS.items():
        paths = {str(path.relative_to(ours)) for path in ours.glob(pattern)}
        paths |= {str(path.relative_to(theirs)) for path in theirs.glob(pattern)}
        if not paths:
            yield f"{pattern}: written by neither"
        for path in sorted(paths):
            yield from _compared(ours / path, theirs / path, read, (path, tool))
    for path in sorted((ours / "api/v2/incidents").glob("????????????.json")):
        url = json.loads(path.read_bytes())["incident"]["shortlink"]
        name = f"{url.removeprefix(HOME).rstrip('/')}/api.json"
        yield from _compared(path, theirs / name, _json_lines, (name, tool))


def _compared(ours: Path, theirs: Path, read: Reader, named: tuple[str, str]) -> Iterator[str]:
    """Yield what differs between two files; `named` as both are and whose the other is."""
    name, tool = named
    for path, who in ((ours, "statusgen"), (theirs, tool)):
        if not path.exists():
            yield f"{name}: not written by {who}"
            return
    sides = [read(path.read_text(encoding="utf-8"), name) for path in (ours, theirs)]
    if sides[0] != sides[1]:
        yield "\n".join(unified_diff(*sides, f"{name}, statusgen", f"{name}, {tool}", n=2))


def all_differences(tool: str) -> list[str]:
    """Return what differs in small histories with texts of both kinds; build them first."""
    found = []
    for rich in (False, True):
        ours, theirs = (places.place(one, RECORDS, rich=rich) for one in ("statusgen", tool))
        run(places.cold("statusgen", RECORDS, rich=rich))
        run(places.cold(tool, RECORDS, rich=rich))
        found += differences(ours / "site", theirs / "public", tool)
    return found


@cache
def assure_sameness(tool: str) -> None:
    """See once that a tool writes the same pages as statusgen.

    Raises:
        SystemExit: It does not, so that comparing their times would mean nothing.

    """
    found = all_differences(tool)
    if found:
        told = f"{len(found)} files differ: benchmarks/sameness.py {tool} tells all"
        sys.exit(f"{found[0]}\n\n{told}")


def main() -> None:
    """Tell what differs; exit with 1 if anything does."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("tools", nargs="*", metavar="TOOL", help=f"of {', '.join(FORMS)}")
    parser.add_argument("--keep", action="store_true", help="keep the sites")
    given = parser.parse_args()
    unknown = set(given.tools) - set(FORMS)
    if unknown:
        parser.error(f"no such tool: {', '.join(sorted(unknown))}")
    differ = 0
    try:
        for tool in given.tools or FORMS:
            found = all_differences(tool)
            differ += len(found)
            print("\n\n".join([*found[:MOST_SHOWN], f"{tool}: {len(found)} files differ"]))
    finally:
        if given.keep:
            print(places.workshop())
        else:
            places.clear_workshop()
    sys.exit(bool(differ))


if __name__ == "__main__":
    main()
