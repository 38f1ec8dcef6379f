"""The whole pipeline: a page repository becomes a site.

    read_source   files → config, incidents, problems                      all cores
    make          localise    → the same in each language
                  derive      → what is true at `now`
                  write_sites → every file, where its bytes differ         all cores
                  finish      → the manifest; then what is stale goes

What the page changes by itself next is a result of every build, and the note left for the next one
lets it end before it has begun.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import NamedTuple

from statusgen.files.listing import Entry
from statusgen.files.names import INCIDENTS, STATE_FOLDER
from statusgen.files.source_tree import asset_paths
from statusgen.memory import freshness
from statusgen.memory.contents import Inputs, digest_all, leave_note, observe, sizes_of
from statusgen.model import PUBLIC, Config
from statusgen.problems import Problem, has_errors, in_order
from statusgen.source.readings import Seen
from statusgen.source.source import read_source


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built: the repository at `root` as of `now`, into the folder `out`.

    Without `leaves_note` the next build will not know of this one, as of a preview's; nor does it
    of one for an `audience` of its own. `inputs` is what was observed of these already. `tell`
    hears of each stage.
    """

    root: str
    out: str
    now: datetime
    processes: int = 1
    leaves_note: bool = True
    audience: str = PUBLIC
    inputs: Inputs | None = None
    tell: Callable[[str], None] = lambda _: None


class Built(NamedTuple):
    """What came of it.

    `problems` stand in order, `assets` are the brand's files, separated by tabs, `next_change` is
    when the output changes next by itself.
    """

    problems: tuple[Problem, ...]
    incidents: int
    files: int
    written: int
    deleted: int
    assets: str
    next_change: datetime | None


def build(order: Order) -> Built:
    """Build a site.

    Raises:
        NoConfigError: There is no configuration that could be used.
        RefusedError: The output folder is not ours to write to.
        WriteError: The system did not let us write.

    """
    root, memory = order.root, memory_of(order.root, order.audience)
    leaves_note = order.leaves_note and order.audience == PUBLIC
    _, clock, inputs = order.inputs or (
        observe(root) if leaves_note else Inputs(None, None, freshness.observe_inputs(root))
    )
    order.tell("reading")
    source = read_source(
        root,
        order.now,
        processes=order.processes,
        memory=memory,
        meanwhile=_import_making,
        audience=order.audience,
        seen=None if clock is None else Seen(_incidents_in(inputs), clock),
    )
    from statusgen.making import make  # noqa: PLC0415 (imported while others read)

    inputs += freshness.observe_assets(root, _asset_paths(source.config))
    order.tell("writing")
    made = make(source, order.now, order.out, memory=memory, processes=order.processes)
    built = Built(
        problems=tuple(in_order([*source.problems, *made.problems])),
        incidents=len(source.incidents),
        files=made.files,
        written=made.written,
        deleted=made.deleted,
        assets=_asset_paths(source.config),
        next_change=made.next_change,
    )
    if leaves_note and not has_errors(built.problems):
        contents = digest_all(root, inputs, source.digests)
        sizes = sizes_of(inputs)
        note = _note(order, built, sizes=sizes, contents=contents, manifest=made.manifest)
        leave_note(root, note, inputs, out=order.out, clock=clock)
    return built


def memory_of(root: str, audience: str = PUBLIC) -> str | None:
    """Return the folder in which builds for an audience remember what they made, if there may be.

    One that is in Git could bring HTML that nobody has cleaned, so it is not looked at. What the
    public must not see is remembered apart, so that CI can keep the usual folder anywhere.
    """
    name = STATE_FOLDER if audience == PUBLIC else f"{STATE_FOLDER}-{audience}"
    folder = freshness.state_folder(root, name)
    if folder is None or freshness.holds_nothing(folder):
        return folder
    from statusgen.git.repository import tracks  # noqa: PLC0415 (10 ms, to be able to run git)

    return None if tracks(root, name) else folder


def _incidents_in(inputs: list[Entry | None]) -> list[Entry]:
    """Return what was observed at or below `incidents/`."""
    return [one for one in inputs if one and f"{one[0]}/".startswith(f"{INCIDENTS}/")]


def _import_making() -> None:
    import_module("statusgen.making")


def _asset_paths(config: Config) -> str:
    return "\t".join(asset_paths(config))


def _note(
    order: Order, built: Built, *, sizes: str, contents: str, manifest: str
) -> freshness.Note:
    return {
        **freshness.basis(order.root, order.out),
        "built": repr(order.now.timestamp()),
        "next": repr(built.next_change.timestamp() if built.next_change else float("inf")),
        "assets": built.assets,
        "sizes": sizes,
        "contents": contents,
        "manifest": manifest,
        "incidents": str(built.incidents),
        "files": str(built.files),
    }
