from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from subscribers_command import SECRET

from statusgen.notify.subscribers.age_file import KeyPair, new_keys

CONFIG = """\
page: {name: Acme, url: https://status.acme.example, languages: [en, de]}
components:
  - {id: api, name: API}
  - group: Payments
    components: [{id: checkout, name: Checkout}]
subscribers:
  recipients: [PUBLIC]
  unsubscribe: https://acme.example/leave?token={token}
"""


@pytest.fixture(scope="session")
def keys() -> KeyPair:
    return new_keys()


@pytest.fixture
def root(
    page_repository: Callable[[dict[str, str]], Path],
    keys: KeyPair,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """Return a page with a file of subscribers, whose keys are in the environment."""
    monkeypatch.setenv("STATUSGEN_IDENTITY", keys.private)
    monkeypatch.setenv("STATUSGEN_LINK_SECRET", SECRET)
    return page_repository({"config.yml": CONFIG.replace("PUBLIC", keys.public)})
