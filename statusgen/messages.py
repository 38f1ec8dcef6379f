"""Marks what translators have to translate, where the language is not known yet."""

from __future__ import annotations


def N_(message: str) -> str:  # noqa: N802 (gettext's own name for it)
    """Mark a message that is translated elsewhere, where its language is known."""
    return message
