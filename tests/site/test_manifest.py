from __future__ import annotations

import hashlib
import json

from hypothesis import given
from hypothesis import strategies as st

from statusgen.site.context import Source
from statusgen.site.hosting.manifest import build_id, render_manifest

HASHES = {"index.html": "b" * 64, "api/v2/status.json": "a" * 64}


def test_a_manifest_lists_every_file_and_where_it_came_from() -> None:
    path, content = render_manifest(HASHES, Source(commit="0123abc"), "1.2.3")
    assert path == "manifest.json"
    assert json.loads(content) == {
        "generator": "statusgen",
        "version": "1.2.3",
        "build": build_id(HASHES),
        "commit": "0123abc",
        "files": HASHES,
    }


def test_outside_git_there_is_no_commit() -> None:
    _, content = render_manifest(HASHES, Source(), "1.2.3")
    assert json.loads(content)["commit"] is None


def test_the_build_id_is_the_sum_over_what_sha256sum_prints() -> None:
    listing = f"{'a' * 64}  api/v2/status.json\n{'b' * 64}  index.html\n"
    assert build_id(HASHES) == hashlib.sha256(listing.encode()).hexdigest()


@given(st.dictionaries(st.text(min_size=1), st.text("0123456789abcdef", min_size=64, max_size=64)))
def test_the_order_of_writing_does_not_matter(hashes: dict[str, str]) -> None:
    backwards = dict(reversed(hashes.items()))
    assert render_manifest(hashes, Source(), "") == render_manifest(backwards, Source(), "")
