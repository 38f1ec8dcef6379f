"""Write the tables of docs/drill.md anew from the definitions that read scenarios.

Run it after a change of a key: python docs/write_drill.py
"""

from __future__ import annotations

import re
from pathlib import Path

from statusgen.drill.scenario import SCENARIO, STEP
from statusgen.reading.schema import document

PAGE_PATH = Path(__file__).parent / "drill.md"

_TABLE = re.compile(r"(<!-- keys: ([a-z-]+) -->\n).*?(<!-- end of keys -->\n)", re.DOTALL)


def with_tables(text: str) -> str:
    """Return the page's text with each table as the definitions have it."""
    tables = {"scenario": document(SCENARIO), "step": document(STEP)}
    return _TABLE.sub(lambda match: match[1] + tables[match[2]] + match[3], text)


if __name__ == "__main__":
    PAGE_PATH.write_text(with_tables(PAGE_PATH.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"wrote {PAGE_PATH}")
