"""Take the pictures in docs/images/: the repository's own page with an incident that is open.

python docs/write_pictures.py

Fonts are the machine's, so the pictures are not made in CI.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
IMAGES = Path(__file__).parent / "images"
NOW = "2026-11-25T21:05Z"
INCIDENT = "2026-11-25-card-payments"
PAGES = {"front-page": "index.html", "incident": f"incidents/{INCIDENT}/index.html"}
WINDOWS = {"desktop": (1120, 900, 1.5), "phone": (360, 740, 2)}
TEXT = """\
---
title: Card payments fail for some customers
components:
  card-payments: partial_outage
  api: degraded_performance
---

## Investigating · 2026-11-25 20:04 UTC
next update: 20:30 UTC

Some of your clients see an error when they pay by card. Bookings without a payment work, and nobody
is charged twice.

## Identified · 2026-11-25 20:27 UTC
components: card-payments=major_outage
next update: 21:00 UTC

Our card processor rejects about a third of all payments. We are moving traffic to the second
processor.

**Workaround:** switch off “payment at the time of booking” for today, or take the payment on site.

## Identified · 2026-11-25 20:52 UTC
components: card-payments=partial_outage
next update: 21:20 UTC

Half of the traffic goes through the second processor now, and those payments work. We move the
rest in steps.
"""


def build(root: Path) -> Path:
    """Build the page with the incident in a copy, and return the folder of its site."""
    for name in ("config.yml", "incidents", "pages", "brand"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name)
        elif source.exists():
            shutil.copy(source, root)
    (root / "incidents" / f"{INCIDENT}.md").write_text(TEXT, encoding="utf-8")
    command = [sys.executable, "-m", "statusgen", "build", "--root", str(root), "--now", NOW]
    subprocess.run(command, check=True)
    return root / "site"


def take(browser: Browser, site: Path) -> None:
    """Take every page in every window, light and dark."""
    for (window, (width, height, scale)), scheme in product(WINDOWS.items(), ("light", "dark")):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            device_scale_factor=scale,
            color_scheme="light" if scheme == "light" else "dark",
            java_script_enabled=False,  # it would tell that this page is of another day
        )
        tab = context.new_page()
        for name, path in PAGES.items():
            tab.goto((site / path).as_uri())
            picture = IMAGES / f"{name}-{window}-{scheme}.png"
            tab.screenshot(path=picture)
            squeeze(picture)
        context.close()


def squeeze(picture: Path) -> None:
    """Make a picture smaller, if there is a program for that."""
    program = shutil.which("pngquant")
    if program:
        subprocess.run([program, "--force", "--ext=.png", "--skip-if-larger", picture], check=False)


def main() -> None:
    """Build, and take the pictures."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with (
        TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=program, args=["--no-sandbox"]) as browser,
    ):
        take(browser, build(Path(folder)))


if __name__ == "__main__":
    main()
