"""Write the tables of docs/incidents.md anew from the definitions that read incident files.

Run it after a change of a key: python docs/write_incidents.py
"""

from __future__ import annotations

import re
from pathlib import Path

from statusgen.content.front_matter import FRONT_MATTER
from statusgen.content.key_lines import KEY_LINES
from statusgen.reading.schema import document

PAGE_PATH = Path(__file__).parent / "incidents.md"

_TABLE = re.compile(r"(<!-- keys: ([a-z-]+) -->\n).*?(<!-- end of keys -->\n)", re.DOTALL)


def key_lines() -> str:
    """Return the table of the lines under a heading."""
    rows = [f"| `{name}` | {key.doc} |" for name, key in KEY_LINES.items()]
    return "\n".join(["| key | meaning |", "|---|---|", *rows]) + "\n"


def with_tables(text: str) -> str:
    """Return the page's text with each table as the definitions have it."""
    tables = {"front-matter": document(FRONT_MATTER), "key-lines": key_lines()}
    return _TABLE.sub(lambda match: match[1] + tables[match[2]] + match[3], text)


if __name__ == "__main__":
    PAGE_PATH.write_text(with_tables(PAGE_PATH.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"wrote {PAGE_PATH}")
