"""Write the tables of docs/playbook.md anew from the definitions that read the playbook.

Run it after a change of a key or a placeholder: python docs/write_playbook.py
"""

from __future__ import annotations

import re
from pathlib import Path

from statusgen.content.placeholders import PLACEHOLDERS
from statusgen.content.playbook import PLAYBOOK_TEXT
from statusgen.reading.schema import document

PAGE_PATH = Path(__file__).parent / "playbook.md"

_TABLE = re.compile(r"(<!-- keys: ([a-z-]+) -->\n).*?(<!-- end of keys -->\n)", re.DOTALL)


def with_tables(text: str) -> str:
    """Return the page's text with each table as the definitions have it."""
    rows = "".join(f"| `{{{name}}}` | {doc} |\n" for name, doc in PLACEHOLDERS.items())
    tables = {
        "text": document(PLAYBOOK_TEXT),
        "placeholders": f"| placeholder | what takes its place |\n|---|---|\n{rows}",
    }
    return _TABLE.sub(lambda match: match[1] + tables[match[2]] + match[3], text)


if __name__ == "__main__":
    PAGE_PATH.write_text(with_tables(PAGE_PATH.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"wrote {PAGE_PATH}")
