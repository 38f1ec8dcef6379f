"""Every problem has a faulty file with its exact output, which is also its documentation."""

from __future__ import annotations

import ast
import importlib.util
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from gallery_cases import GALLERY, cases, codes_in, lay_out, output
from stopwatch import within

REPOSITORY = Path(__file__).parents[1]
CODE = re.compile("[a-z]+(?:-[a-z0-9]+)*")
REPORTING = frozenset({"Problem", "error", "warn", "warning", "spoil", "lost", "changed", "_fail"})
CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_check_says_exactly_this(case: Path, tmp_path: Path) -> None:
    lay_out(case, tmp_path)
    with within(2):
        found = output(tmp_path)
    assert found == case.with_suffix(".txt").read_text("utf-8")
    assert found, "the file has nothing wrong with it"


def test_the_gallery_is_large_and_has_nothing_else_in_it() -> None:
    assert len(CASES) >= 60
    expected = {path.stem for path in GALLERY.glob("*.txt")}
    assert expected == {case.stem for case in CASES}
    others = {path.name for path in GALLERY.iterdir() if path.stem not in expected}
    assert others == {"explanations.toml"}


def test_every_code_has_a_faulty_file() -> None:
    shown = {code for case in CASES for code in codes_in(case.with_suffix(".txt").read_text())}
    assert {code for code in codes_used() if not code.startswith("import-")} == shown


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_every_problem_names_a_file_and_says_what_to_do(case: Path) -> None:
    problem = re.compile(r"(?m)^\S.*?: (?:error|warning|advice)\[[a-z0-9-]+\]: .+\n  hint: .+\n")
    assert problem.sub("", case.with_suffix(".txt").read_text("utf-8")) == ""


def test_every_code_is_explained() -> None:
    explained = tomllib.loads((GALLERY / "explanations.toml").read_text("utf-8"))
    assert codes_used() == set(explained)
    assert all(text.endswith(".") for text in explained.values())


def test_the_documentation_is_what_the_gallery_says() -> None:
    docs = REPOSITORY / "docs"
    spec = importlib.util.spec_from_file_location("write_problems", docs / "write_problems.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    text = (docs / "problems.md").read_text("utf-8")
    assert text == script.page(), "run: python docs/write_problems.py"
    assert set(re.findall("^## (.+)$", text, re.MULTILINE)) >= codes_used()


def codes_used() -> set[str]:
    """Return the code of every problem that the sources can make."""
    return {
        code
        for path in (REPOSITORY / "statusgen").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for code in codes_of(node)
        if isinstance(code, str) and CODE.fullmatch(code)
    }


def codes_of(node: ast.AST) -> Iterator[object]:
    """Yield the codes in a call that reports, and whatever is named as an import's are."""
    match node:
        case ast.Constant(value=str(text)) if re.fullmatch("import-[a-z-]+", text):
            yield text
        case ast.Call(func=ast.Name(id="Language")):
            pass  # its code is one of BCP 47
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args, keywords=named):
            places = args[1:2] if name == "BlockProblem" else args[:1] if name in REPORTING else []
            places = [*places, *(keyword.value for keyword in named if keyword.arg == "code")]
            for place in places:
                choices = [place.body, place.orelse] if isinstance(place, ast.IfExp) else [place]
                yield from (one.value for one in choices if isinstance(one, ast.Constant))
        case _:
            pass
