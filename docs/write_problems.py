"""Write docs/problems.md anew from the gallery of faulty files.

Run it after a change of the gallery or of a message: python docs/write_problems.py
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests/samples"))

from gallery_cases import CONFIG, GALLERY, cases, codes_in, raw_of  # noqa: E402  from the path above

from statusgen.content import parse_incident  # noqa: E402  as above

PAGE_PATH = ROOT / "docs" / "problems.md"
_MORE = 12

_BEGINNING = f"""\
# Problems

<!-- Written by docs/write_problems.py from tests/gallery/; change those. -->

Every problem that `statusgen check` reports, with a file that has it and what is said of it.

`check` tells all problems at once and fails if one of them is an error. `build` never fails because
of a faulty incident: an error in one of its parts costs that part, and a file whose course cannot
be trusted is stood in for by its newest readable version from Git, or by whatever can be made out
of it. Both end with exit code 3.

The incidents below belong to a page with this `config.yml`:

```yaml
{CONFIG.decode()}```

`⟦70000*x⟧` stands for 70,000 times x and `⟦hex ff⟧` for a byte. Where a line `-- path --` stands,
there are several files.
"""


def page() -> str:
    """Return the text of docs/problems.md."""
    examples: dict[str, list[Path]] = {}
    for case in cases():
        for code in dict.fromkeys(codes_in(case.with_suffix(".txt").read_text("utf-8"))):
            examples.setdefault(code, []).append(case)
    explanations = tomllib.loads((GALLERY / "explanations.toml").read_text("utf-8"))
    by_kind = sorted(explanations, key=lambda code: (code.startswith("import-"), code))
    sections = [_section(code, explanations[code], examples.get(code, [])) for code in by_kind]
    return "\n".join([_BEGINNING, *sections])


def _section(code: str, explanation: str, examples: list[Path]) -> str:
    text = f"## {code}\n\n{explanation}\n"
    if not examples:
        return text
    examples = sorted(examples, key=lambda case: (case.stem != code, case.stem))
    first, *others = examples
    printed = first.with_suffix(".txt").read_text("utf-8")
    file = _shown(first.read_bytes().decode(errors="replace"))
    language = "yaml" if first.suffix == ".yml" else "text"
    text += f"{_effect(code, first, printed)}\n{_block(file, language)}\n{_block(_shown(printed))}"
    if others:
        links = ", ".join(f"[{one.stem}](../tests/gallery/{one.name})" for one in others[:_MORE])
        text += f"\nMore examples: {links}{' …' if len(others) > _MORE else ''}\n"
    return text


def _effect(code: str, case: Path, printed: str) -> str:
    """Return the paragraph on what the problem means for a build."""
    if f"warning[{code}]" in printed:
        return "\n*Warning: what stands there is read as meant.*\n"
    if case.suffix not in {".md", ".bytes"}:
        return "\n*Error.*\n"
    reading = parse_incident(f"incidents/{case.stem}.md", raw_of(case), ZoneInfo("UTC"), ())
    if reading.readable:
        return "\n*Error: `build` shows the rest of the file.*\n"
    return "\n*Error: `build` does not trust the file, and shows its newest readable version.*\n"


def _block(text: str, language: str = "text") -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return (
        f"{fence}{language}\n{text}{'' if text.endswith(chr(10)) or not text else chr(10)}{fence}\n"
    )


def _shown(text: str) -> str:
    """Return text with the characters spelt out that would not be seen."""
    return "".join(
        one if one.isprintable() or one == "\n" else f"⟦U+{ord(one):04X}⟧" for one in text
    )


if __name__ == "__main__":
    PAGE_PATH.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE_PATH}")
