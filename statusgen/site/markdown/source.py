r"""The source of a text as the API's `body` has it: Markdown, but without what only guards it.

Escapes, character references and hard breaks written as `\` are resolved, outside code; comments
are left out, since they are for the authors. Other markup stays: readers know it.
"""

from __future__ import annotations

import re

from statusgen.site.markdown.autolinks import BARE_LINK, bare_link_at
from statusgen.site.markdown.block import Block
from statusgen.site.markdown.blocks import Reader
from statusgen.site.markdown.references import unescape
from statusgen.site.markdown.scanner import code_end, comment_end
from statusgen.site.markdown.urls import safe_url

_GUARD = re.compile(
    rf"(?P<ticks>`+)|(?P<break> ?\\\n)|(?P<comment><!--)|(?P<link>{BARE_LINK})"
    r"|\\[!-/:-@\[-`{-~]|&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});",
)


def plain_text(markdown: str) -> str:
    """Return the text as its author would say it, for readers who see the source."""
    if "\\" not in markdown and "&" not in markdown and "<!--" not in markdown:
        return markdown
    lines = markdown.split("\n")
    made: list[str] = []
    done = 0
    has_comments = False
    for leaf in _leaves(Reader({}, []).read(lines)):
        made += lines[done : leaf.start]
        done = leaf.end + 1
        if leaf.kind == "comment":
            has_comments = True
            made += [line for line in leaf.lines if line.strip(" \t")]
        elif leaf.kind in {"fence", "code"}:
            made += lines[leaf.start : done]
        else:
            made.append(_without_guards("\n".join(lines[leaf.start : done])))
    made += lines[done:]
    text = "\n".join(made)
    return text.strip("\n") if has_comments else text


def _leaves(blocks: list[Block]) -> list[Block]:
    """Return the blocks that hold text, in order."""
    found = []
    for block in blocks:
        if block.kind in {"quote", "list", "item"}:
            found += _leaves(block.children)
        else:
            found.append(block)
    return found


def _without_guards(text: str) -> str:
    made = []
    place = 0
    last_comment_end = text.rfind("-->")
    unclosed: set[str] = set()  # backticks after which no code span ends
    while match := _GUARD.search(text, place):
        made.append(text[place : match.start()])
        place = match.end()
        if match["ticks"]:
            end = code_end(text, place, match[0]) if match[0] not in unclosed else 0
            if not end:
                unclosed.add(match[0])
            place = end or place
            made.append(text[match.start() : place])
        elif match["break"]:
            made.append("\n")
        elif match["link"]:
            link = bare_link_at(text, match.start())
            if link is not None and safe_url(link.url):
                place = link.end
            made.append(text[match.start() : place])
        elif match["comment"]:
            end = comment_end(text, match.start()) if place < last_comment_end else 0
            made.append("" if end else match[0])
            place = end or place
        else:
            made.append(unescape(match[0]))
    made.append(text[place:])
    return "".join(made)
