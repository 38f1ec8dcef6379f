"""Looking back: what a period amounts to, as one frozen `Report`, and the forms that it is told in.

History + Asked ── report_of ──▶ Report ─┬─ as_json, as_csv
                                         └─ tables ── as_text, as_markdown, as_html
"""

from __future__ import annotations

from statusgen.report.compose import report_of
from statusgen.report.periods import Asked, last_month, parse_period
from statusgen.report.values import Report

__all__ = ["Asked", "Report", "last_month", "parse_period", "report_of"]
