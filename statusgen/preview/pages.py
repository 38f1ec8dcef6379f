"""What a served page has that a published one has not: live reload, and problems at its foot."""

from __future__ import annotations

import re
from html import escape

SCRIPT_PATH = "/-/live.js"
EVENTS_PATH = "/-/events"

SCRIPT = b"""\
// Reloads the page when the site was built anew, and shows what is wrong with its sources.
(() => {
  const shown = document.currentScript.dataset.version;
  const box = document.createElement("pre");
  box.style.cssText = "position:fixed;inset:auto 0 0 0;max-height:50vh;overflow:auto;margin:0;" +
    "padding:1rem;background:#300;color:#fff;font:14px/1.4 monospace;white-space:pre-wrap;" +
    "z-index:2147483647;border-top:4px solid #f33";
  new EventSource("/-/events").onmessage = (event) => {
    const { version, problems } = JSON.parse(event.data);
    if (version !== shown) {
      location.reload();
    } else if (problems) {
      box.textContent = problems;
      document.body.append(box);
    }
  };
})();
"""

_POLICY = re.compile(
    r"""(<meta\s+http-equiv="Content-Security-Policy"\s+content=")([^"]*)(")""",
    re.IGNORECASE,
)
_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Problems</title>
<meta name="viewport" content="width=device-width">
<body>
<h1>There is nothing to show yet</h1>
<pre>{problems}</pre>
</body>
</html>
"""


def with_live_reload(html: bytes, version: str) -> bytes:
    """Return a page of the site with our script, which its policy is made to allow."""
    text = _POLICY.sub(_allowing_self, html.decode("utf-8", "replace"))
    script = f'<script src="{SCRIPT_PATH}" data-version="{escape(version)}"></script>'
    before, end, after = text.rpartition("</body>")
    return (f"{before}{script}{end}{after}" if end else text + script).encode()


def problem_page(problems: str) -> bytes:
    """Return the page that is shown while there is no site."""
    return _PAGE.format(problems=escape(problems)).encode()


def _allowing_self(found: re.Match[str]) -> str:
    """Return the policy with scripts and requests to this server allowed."""
    directives = [one.split() for one in found[2].split(";") if one.strip()]
    for name in ("script-src", "connect-src"):
        named = [one for one in directives if one[0].lower() == name]
        if not named:
            directives.append([name, "'self'"])
        elif "'self'" not in named[0]:
            named[0][1:] = [*(one for one in named[0][1:] if one != "'none'"), "'self'"]
    return found[1] + "; ".join(map(" ".join, directives)) + found[3]
