"""What the words of a language are to the coach."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One language; all texts are regular expressions that ignore case unless they say otherwise.

    `generic` matches a word of a title that says nothing of what readers experience; `only_closed`
    a whole text that says no more than that it is over. `long_lix` is the readability above which
    a text is hard. `common` are words of which hardly a sentence has none, and other languages have
    none.
    """

    language: str
    common: str
    today: str
    midnight: str
    generic: str
    effect: str
    only_closed: str
    reopened: str
    cause: str
    hard_eta: str
    vendor: str
    own_voice: str
    blame: str
    apology: str
    interjection: str
    promised_postmortem: str
    placeholder: str
    jargon: str
    link_words: str
    doubled: str
    ordinal: str
    cause_part: str
    action_part: str
    long_lix: int
