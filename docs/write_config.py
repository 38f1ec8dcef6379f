"""Write the tables of docs/config.md anew from the definitions that read config.yml.

Run it after a change of a key: python docs/write_config.py
"""

from __future__ import annotations

import re
from pathlib import Path

from statusgen.config.brand import BRAND, FOOTER_LINK
from statusgen.config.cadence import CADENCE
from statusgen.config.components import COMPONENT, FORMER_NAME, GROUP, OVERRIDE, PROBE, UPTIME
from statusgen.config.definitions import CONFIG, PAGE, UPTIME_RULE
from statusgen.config.ledger import LEDGER
from statusgen.config.notify import CHANNEL
from statusgen.config.publish import TARGET
from statusgen.config.subscribe import EMAIL, SUBSCRIBE
from statusgen.config.subscribers import SUBSCRIBERS
from statusgen.reading.fields import Shape
from statusgen.reading.schema import document

PAGE_PATH = Path(__file__).parent / "config.md"

SHAPES: dict[str, Shape[object]] = {
    "file": CONFIG,
    "page": PAGE,
    "brand": BRAND,
    "link": FOOTER_LINK,
    "component": COMPONENT,
    "component-uptime": UPTIME,
    "probe": PROBE,
    "formerly": FORMER_NAME,
    "override": OVERRIDE,
    "group": GROUP,
    "uptime": UPTIME_RULE,
    "subscribe": SUBSCRIBE,
    "email": EMAIL,
    "cadence": CADENCE,
    **{f"target-{type_}": shape for type_, shape in TARGET.shapes.items()},
    **{f"channel-{type_}": shape for type_, shape in CHANNEL.shapes.items()},
    "ledger": LEDGER,
    "subscribers": SUBSCRIBERS,
}
"""The tables by the name that stands in the page's `<!-- keys: name -->`."""

_TABLE = re.compile(r"(<!-- keys: ([a-z0-9-]+) -->\n).*?(<!-- end of keys -->\n)", re.DOTALL)


def with_tables(text: str) -> str:
    """Return the page's text with each table as the definitions have it."""
    return _TABLE.sub(lambda match: match[1] + document(SHAPES[match[2]]) + match[3], text)


if __name__ == "__main__":
    PAGE_PATH.write_text(with_tables(PAGE_PATH.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"wrote {PAGE_PATH}")
