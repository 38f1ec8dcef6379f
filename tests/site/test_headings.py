from __future__ import annotations

import pytest
from markupsafe import Markup

from statusgen.site.theme.headings import below


@pytest.mark.parametrize(
    ("html", "level", "expected"),
    [
        (Markup("<p>No heading</p>"), 3, "<p>No heading</p>"),
        (Markup("<h3>Cause</h3>"), 3, "<h4>Cause</h4>"),
        (Markup("<h3>Cause</h3><h4>More</h4>"), 3, "<h4>Cause</h4><h5>More</h5>"),
        (Markup("<h4>Cause</h4>"), 3, "<h4>Cause</h4>"),
        (Markup("<h5>Cause</h5><h6>More</h6>"), 5, "<h6>Cause</h6><h6>More</h6>"),
        (Markup("<h1>Cause</h1>"), 1, "<h2>Cause</h2>"),
        (Markup("<h3>Cause</h3><h4>More</h4>"), 1, "<h2>Cause</h2><h3>More</h3>"),
        (Markup("<hr>"), 1, "<hr>"),
        (
            Markup("<table></table><pre></pre>"),
            1,
            '<div class="scroll" tabindex="0"><table></table></div><pre tabindex="0"></pre>',
        ),
    ],
)
def test_a_text_fits_into_the_page(html: Markup, level: int, expected: str) -> None:
    assert below(html, level) == expected
