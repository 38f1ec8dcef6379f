"""What is internal is in no byte of a public site, of what is remembered for it, or of a log."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from folders import files_below

from statusgen.build import Order, build
from statusgen.cli.main import run
from statusgen.files.output import RefusedError

Pages = Callable[..., Path]
Commit = Callable[[Path], str]

NOW = "2026-11-21T12:00:00Z"
CONFIG = """\
page:
  name: Acme
  url: https://status.acme.example
  languages: [en, de]
  since: 2026-11-01
components:
  - {id: api, name: API}
  - {id: checkout, name: Checkout}
"""
OPENINGS = (
    "<!-- internal -->",
    "<!--INTERNAL-->",
    "<!--\ninternal\n-->",
    "<!-- interal -->",
    "<internal>",
)
ENDS = ("<!-- /internal -->", "<!--/Internal-->", "<!-- / internal -->", "<!-- end internal -->")
SECRETS = (
    "{}",
    "two words {}",
    "\n{}\n",
    "\n- {}\n- [{}](https://{}.example/)\n",
    "\n```\n{}\n```\n",
    "\n> {}\n",
    "\n| a | {} |\n|---|---|\n| b | {} |\n",
    "\n<!-- {} -->\n",
    "\n### {}\n",
    "\n![{}](https://{}.example/x.png)\n",
    "\n<!-- internal -->{}<!-- /internal -->{}\n",
    "\n\n## Update · 2026-11-20 10:50 UTC\ncomponents: {}=major_outage\n\n{}\n",
    "\n\n## {} · 2026-11-20 10:55 UTC\n\n{}\n",
    "\ncomponents: {}=operational\n",
)
PLACES = (
    "Before {} after.",
    "Before\n\n{}\n\nafter.",
    "- a\n- {}\n- b",
    "> {}",
    "`{}`",
    "```\n{}\n```",
)
FAULTS = (
    lambda text: text,
    lambda text: text.replace("## Identified", "## Identifed"),
    lambda text: text.replace("title:", "titel:"),
    lambda text: text.replace("components:", "components: [", 1),
    lambda text: text.replace("---\n", "", 1),
    lambda text: f"{text}\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> theirs\n",
    lambda text: f"{text}\n```\nunclosed",
    lambda text: text.encode("utf-16-le"),
    lambda text: text.replace("after", "after \x07\x1b[31m"),
)


class _Writer:
    """Makes files with canaries in what is internal; each has a number, to be found by."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.count = 0

    def secret(self) -> str:
        self.count += 1
        return self.random.choice(SECRETS).replace("{}", f"kanari{self.count:05}q")

    def line(self) -> str:
        return self.secret().strip().replace("\n", " ")

    def block(self) -> str:
        """Return a block, one of its marks perhaps missing a letter or not there at all."""
        opening, end = self.random.choice(OPENINGS), self.random.choice(ENDS)
        kind = self.random.randrange(8)
        if kind == 0:
            return f"<!-- internal: {self.secret().replace('-->', '')} -->"
        if kind == 1:
            opening = self.damaged("<!-- internal -->")
        elif kind == 2:
            end = self.damaged("<!-- /internal -->")
        elif kind == 3:
            end = ""
        return f"{opening}{self.secret()}{end}"

    def damaged(self, mark: str) -> str:
        at = self.random.randrange(len(mark))
        return mark[:at] + mark[at + 1 :]

    def text(self) -> str:
        place = self.random.choice(PLACES)
        return place.replace("{}", self.block()) if self.random.random() < 0.8 else "Nothing else."

    def incident(self) -> str:
        title = "title: Payments fail" + (self.block() if self.random.random() < 0.05 else "")
        keys = "next update: +30m\n" if self.random.random() < 0.5 else ""
        return (
            f"---\n{title}\ncomponents: {{checkout: major_outage}}\n---\n\n{self.text()}\n\n"
            f"## Investigating · 2026-11-20 10:05 UTC\n{keys}\n{self.text()}\n\n"
            f"## Identified · 2026-11-20 10:20 UTC\n\n{self.text()}\n"
        )

    def private(self) -> str:
        """Return an incident that is internal as a whole, some of them hard to read."""
        extra = self.random.choice(
            (
                "",
                f"tags: [{self.line()!r}, [\n",
                "impact: verry\n",
                "componets: [x]\n",
                "ends: soon\n",
            )
        )
        name = f"kanari{self.count:05}q"
        return (
            f"---\naudience: {self.random.choice(('internal', 'staff'))}\ntitle: {self.line()!r}\n"
            f"cause: {name}\ncomponents: {{api: major_outage, {name}: major_outage}}\n"
            f"{extra}---\n\n"
            f"{self.secret()}\n\n## Investigating · 2026-11-20 10:05 UTC\nauthor: {name}\n"
            f"{name}: 1\n\n{self.secret()}\n\n## {name} · 2026-11-20 11:00\n\n{self.secret()}\n"
        )


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def _write(root: Path, writer: _Writer, files: int) -> None:
    """Write incidents, their translations and pages of text into a page repository."""
    for number in range(files):
        fault = writer.random.choice(FAULTS)
        path = root / f"incidents/2026-11-20-number-{number}"
        if writer.random.random() < 0.25:
            path.with_suffix(".md").write_text(writer.private())
            title = f"title: {writer.secret().strip()!r}"
        else:
            path.with_suffix(".md").write_bytes(_bytes(fault(writer.incident())))
            title = "title: Zahlungen"
        if writer.random.random() < 0.5:
            german = f"---\n{title}\n---\n\n## Update · 2026-11-20 10:05 UTC\n\n{writer.text()}\n"
            if title != "title: Zahlungen":
                german += f"\n{writer.secret()}\n"
            path.with_suffix(".de.md").write_bytes(_bytes(writer.random.choice(FAULTS)(german)))
    (root / "pages").mkdir(exist_ok=True)
    for name in ("faq.md", "faq.de.md", "about.md"):
        (root / "pages" / name).write_text(f"---\ntitle: Questions\n---\n\n{writer.text()}\n")
    for name, line in (
        ("rules", "audience: staff"),
        ("keys", "audience: [staff"),
        ("names", "audience: Staff only"),
    ):
        for path in (root / f"pages/{name}.md", root / f"pages/{name}.de.md"):
            own = line if path.name == f"{name}.md" else f"descripton: {writer.line()!r}"
            path.write_text(f"---\ntitle: {writer.line()!r}\n{own}\n---\n\n{writer.secret()}\n")


def _everything(root: Path, capfd: pytest.CaptureFixture[str]) -> Iterator[tuple[str, bytes]]:
    """Yield all that a public build leaves behind and all that the commands print, by name."""
    capfd.readouterr()
    for arguments in (
        ["build"],
        ["check"],
        *(["check", "--format", name] for name in ("json", "github", "sarif")),
        ["status"],
        ["status", "--format", "json"],
        ["overdue"],
        *(
            ["report", "--period", "30d", "--format", name]
            for name in ("text", "markdown", "csv", "json", "html")
        ),
        ["build"],
    ):
        code = run([*arguments, "--root", str(root), "--now", NOW])
        printed = capfd.readouterr()
        assert code not in (2, 70), printed
        yield " ".join(arguments), f"{printed.out}{printed.err}".encode()
    for folder in ("site", ".statusgen"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file():
                yield str(path.relative_to(root)), path.read_bytes()


def _leaks(found: Iterator[tuple[str, bytes]]) -> list[str]:
    leaks = []
    for name, content in found:
        at = content.replace(b"\0", b"").lower().find(b"kanari")
        if at >= 0:
            leaks.append(f"{name}: {content[max(0, at - 60) : at + 60]!r}")
    return leaks


@pytest.mark.parametrize(
    "seed", [*range(2), *(pytest.param(n, marks=pytest.mark.extreme) for n in range(2, 200))]
)
def test_no_canary_is_in_anything_public(
    page_repository: Pages, commit: Commit, capfd: pytest.CaptureFixture[str], seed: int
) -> None:
    root = page_repository({"config.yml": CONFIG, "incidents/first.md": "---\ntitle: A\n---\n"})
    writer = _Writer(seed)
    _write(root, writer, 25)
    commit(root)
    assert _leaks(_everything(root, capfd)) == []
    for path in sorted((root / "incidents").glob("*.md")):  # and what Git still has stands in
        if writer.random.random() < 0.5:
            path.write_bytes(path.read_bytes() + b"\n## Resolvd \xc2\xb7 2026-11-20 11:30 UTC\n")
    assert _leaks(_everything(root, capfd)) == []


def test_the_canaries_are_on_the_internal_site_and_leave_the_public_one_as_it_was(
    page_repository: Pages, now: datetime, capfd: pytest.CaptureFixture[str]
) -> None:
    block = "<!-- internal -->kanari<!-- /internal -->"
    told = f"---\ntitle: A\n---\n\n## Investigating · 2026-11-20 10:05 UTC\n\nWords {block}.\n"
    private = told.replace("title: A", "title: Kanari B\naudience: internal\ncomponents: [api]")
    root = page_repository({"incidents/a.md": told, "incidents/b.md": private})
    build(Order(str(root), str(root / "site-internal"), now, audience="internal"))
    shown = {
        str(path.relative_to(root / "site-internal"))
        for path in (root / "site-internal").rglob("*")
        if path.is_file() and b"kanari" in path.read_bytes().lower()
    }
    assert {"index.html", "feed.json", "history.atom", "updates.rss"} <= shown
    assert {"api/v2/incidents.json", "incidents/a/index.html", "incidents/b/index.html"} <= shown
    assert _leaks(_everything(root, capfd)) == []


def test_a_page_of_text_for_an_audience_is_on_its_site_alone(
    page_repository: Pages, now: datetime
) -> None:
    text = "---\ntitle: Rules\naudience: internal\n---\n\nWords.\n"
    root = page_repository({"incidents/.keep": "", "pages/rules.md": text})
    build(Order(str(root), str(root / "site"), now))
    build(Order(str(root), str(root / "site-internal"), now, audience="internal"))
    assert not (root / "site/rules").exists()
    assert "🔒 Rules" in (root / "site-internal/rules/index.html").read_text()


def test_an_internal_incident_changes_nothing_that_the_public_sees(
    page_repository: Pages, now: datetime
) -> None:
    heading = "## Investigating · 2026-11-20 10:05 UTC\n"
    told = f"---\ntitle: A\ncomponents: {{api: major_outage}}\n---\n\n{heading}"
    without = page_repository({}, root="without")
    with_it = page_repository(
        {"incidents/b.md": told.replace("title: A", "title: A\naudience: internal")}, root="with"
    )
    sites = []
    for root in (without, with_it):
        (root / "incidents").mkdir(exist_ok=True)
        build(Order(str(root), str(root / "site"), now))
        sites.append(files_below(root / "site"))
    assert sites[0] == sites[1]


def test_a_site_is_not_written_over_that_of_another_audience(
    page_repository: Pages, now: datetime
) -> None:
    root = page_repository({"incidents/.keep": ""})
    out = str(root / "site")
    build(Order(str(root), out, now, audience="internal"))
    with pytest.raises(RefusedError, match="audience 'internal'"):
        build(Order(str(root), out, now))


def test_the_internal_site_says_so_to_people_robots_and_hosts(
    page_repository: Pages, now: datetime
) -> None:
    root = page_repository({"incidents/.keep": ""})
    build(Order(str(root), str(root / "out"), now, audience="internal"))
    out = root / "out"
    for page in out.rglob("*.html"):
        if "embed" not in page.parts:
            text = page.read_text()
            assert "This page is not public." in text, page
            assert '<meta name="robots" content="noindex, nofollow, noarchive">' in text, page
    assert (out / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"
    headers = (out / "_headers").read_text()
    assert "X-Robots-Tag: noindex" in headers
    assert "Access-Control-Allow-Origin" not in headers
    assert "public," not in headers
    assert not (out / "sitemap.xml").exists()
    assert not (out / "503.html").exists()
    assert '"audience":"internal"' in (out / "manifest.json").read_text()
    assert "🔒 Acme" in (out / "history.atom").read_text()
