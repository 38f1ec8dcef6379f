"""What a run of all tests runs."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import pytest


def test_no_folder_of_tests_is_passed_over(request: pytest.FixtureRequest) -> None:
    patterns = request.config.getini("norecursedirs")
    here = Path(__file__).parent
    folders = {path.parent.relative_to(here) for path in here.rglob("test_*.py")}
    names = {part for folder in folders for part in folder.parts}
    assert "build" in names
    assert [one for one in names if any(fnmatch(one, pattern) for pattern in patterns)] == []
