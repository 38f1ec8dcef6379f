"""Problems as people, programs, GitHub and code scanners read them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from urllib.parse import quote

from statusgen import DOCS, __version__
from statusgen.problems import Problem, Severity

_CONTROL = re.compile(
    "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff]"
)
_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
_NUMBERS = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.ADVICE: ("piece of advice", "pieces of advice"),
}
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}


def as_text(problems: Sequence[Problem]) -> str:
    """Return the problems one below the other, and how many there are."""
    if not problems:
        return "No problems."
    return printable("\n".join([*map(str, problems), "", f"{counted(problems)}."]))


def as_json(problems: Sequence[Problem]) -> str:
    """Return an object, so that it can grow."""
    found = [
        {
            "code": problem.code,
            "severity": problem.severity.value,
            "message": problem.message,
            "hint": problem.hint,
            "path": problem.where.path,
            "line": problem.where.line,
            "column": problem.where.column,
        }
        for problem in problems
    ]
    return json.dumps({"problems": found}, indent=2)


def as_github(problems: Sequence[Problem]) -> str:
    """Return GitHub's workflow commands, which it shows beside the lines of a pull request."""
    return printable("\n".join(map(_github_command, problems)))


def as_sarif(problems: Sequence[Problem]) -> str:
    """Return SARIF 2.1.0, which code scanners and editors read."""
    codes = sorted({problem.code for problem in problems})
    driver = {
        "name": "statusgen",
        "version": __version__,
        "informationUri": "https://github.com/statusgen/statusgen",
        "rules": [_sarif_rule(code) for code in codes],
    }
    results = [_sarif_result(problem) for problem in problems]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    content = {"$schema": _SARIF, "version": "2.1.0", "runs": [run]}
    return json.dumps(content, indent=2)


def _sarif_rule(code: str) -> dict[str, object]:
    """Return what a reader of results is told of a rule beside each of them."""
    from statusgen.coach.rules import RULES  # all other commands go without the coach

    rule = next((one for one in RULES.values() if one.id == code), None)
    if rule is None:
        return {"id": code, "helpUri": f"{DOCS}/problems.md#{code}"}
    return {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": rule.reason},
        "help": {"text": f"{rule.better[0].upper()}{rule.better[1:]}."},
        "helpUri": f"{DOCS}/coach.md#{code.lower()}-{rule.name}",
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
    }


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}


def printable(text: str) -> str:
    """Return a text without what could steer a terminal, such as a file's name may hold."""
    return _CONTROL.sub("\ufffd", text)


def counted(problems: Sequence[Problem]) -> str:
    """Return '1 error, 2 warnings, 3 pieces of advice'."""
    counts = Counter(problem.severity for problem in problems)
    return ", ".join(
        f"{counts[severity]:,} {one if counts[severity] == 1 else several}"
        for severity, (one, several) in _NUMBERS.items()
        if counts[severity]
    )


def _github_command(problem: Problem) -> str:
    place = {
        "file": problem.where.path,
        "line": problem.where.line or None,
        "col": problem.where.column or None,
        "title": problem.code,
    }
    given = (f"{key}={_escaped(value, ',:')}" for key, value in place.items() if value is not None)
    text = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
    return f"::{_GITHUB[problem.severity]} {','.join(given)}::{_escaped(text)}"


def _escaped(value: object, also: str = "") -> str:
    """Return a value that cannot end the command or begin another."""
    text = str(value)
    for character in "%\r\n" + also:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def _sarif_result(problem: Problem) -> dict[str, object]:
    place: dict[str, object] = {
        "artifactLocation": {"uri": quote(problem.where.path, errors="surrogateescape")}
    }
    if problem.where.line:
        start = {"startLine": problem.where.line, "startColumn": max(problem.where.column, 1)}
        place["region"] = start
    text = f"{problem.message}\n{problem.hint}" if problem.hint else problem.message
    return {
        "ruleId": problem.code,
        "level": _LEVEL[problem.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
    }
