"""Incident files: text into incidents here; incidents into text in `writing`, `rewriting`."""

from statusgen.content.course import arranged
from statusgen.content.front_matter import front_matter_schema
from statusgen.content.ids import check_ids, tell_apart
from statusgen.content.incident import Reading, parse_incident
from statusgen.content.localising import Localised, localise, pages_in
from statusgen.content.texts import normal_text

__all__ = [
    "Localised",
    "Reading",
    "TranslationReading",
    "arranged",
    "check_ids",
    "front_matter_schema",
    "localise",
    "normal_text",
    "pages_in",
    "parse_incident",
    "tell_apart",
]
