from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hook_host import Receiver, receiving
from notify_command import webhook

PAGE = """\
page: {name: Acme, url: "https://status.acme.example", languages: [en, de]}
components:
  - {id: api, name: API}
  - {id: checkout, name: Checkout}
"""


@pytest.fixture
def hook() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def root(page_repository: Callable[[dict[str, str]], Path], hook: Receiver) -> Path:
    """Return a page with a webhook and a ledger in a folder beside it."""
    channels = f"notify:\n  - {webhook(hook)}\n"
    return page_repository({"config.yml": f"{PAGE}{channels}ledger: {{path: ../ledger}}\n"})
