"""Texts made shorter: to one line, or between grapheme clusters, better between words.

A grapheme cluster is what a reader takes for one character (UAX 29): a letter with its marks, an
emoji of several joined ones, a flag.
"""

from __future__ import annotations

from collections.abc import Callable

from statusgen.notify.forms.escaping import line_of

LONGEST_LINE = 200
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
_LONGEST_CLUSTER = 32  # characters; a name under more marks than that is an attack on the eyes
_LOOK_BACK = 20  # clusters in which the beginning of a word is looked for


def single_line(text: str, most: int = LONGEST_LINE) -> str:
    """Return a text on one line without anything that could end it, cut after `most` characters."""
    line = line_of(text[: 4 * most])
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}{ELLIPSIS}"


def graphemes(text: str) -> list[str]:
    """Return the grapheme clusters of a text; of one without end only the beginning."""
    from wcwidth import iter_graphemes  # noqa: PLC0415 (needs the extra, and takes 80 ms)

    return [one[:_LONGEST_CLUSTER] for one in iter_graphemes(text)]


def shortened(text: str, fits: Callable[[str], bool], most: int, ellipsis: str = ELLIPSIS) -> str:
    """Return a text, or as much of its beginning as `fits`, with an ellipsis behind it.

    `most` is how many characters are looked at, and more than can fit. As much is kept as can be if
    `fits` holds for every beginning of a text for which it holds. What does not fit at all becomes
    ''.
    """
    if len(text) <= most and fits(text):
        return text
    clusters = graphemes(text[:most])
    if len(text) > most:
        clusters = clusters[:-1]  # its end may have been cut off

    def beginning(end: int) -> str:
        kept = "".join(clusters[:end]).rstrip()
        return kept + ellipsis if kept else ""

    low, high = 0, len(clusters)
    while low < high:
        middle = (low + high + 1) // 2
        if fits(beginning(middle)):
            low = middle
        else:
            high = middle - 1
    of_words = beginning(_end_of_word(clusters, low))
    return of_words if fits(of_words) else beginning(low)


def _end_of_word(clusters: list[str], end: int) -> int:
    """Return where the last whole word ends before `end`, or `end` if that is far away."""
    if end == len(clusters) or clusters[end].isspace():
        return end
    for place in range(end, max(end - _LOOK_BACK, 0), -1):
        if clusters[place - 1].isspace():
            return place
    return end
