from __future__ import annotations

from collections.abc import Iterator

import pytest
from statuspage_host import Host, hosted


@pytest.fixture
def host() -> Iterator[Host]:
    """Serve what the test puts into the table."""
    with hosted() as page:
        yield page


@pytest.fixture
def pauses() -> list[float]:
    """Collect the pauses between tries instead of waiting."""
    return []
