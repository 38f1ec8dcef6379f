"""The command `statusgen`: answers at once what it can, and leaves the rest to `cli`.

`--version` and `--help` take about as long as Python itself takes to start, and so does a build of
an unchanged page; the command line's library alone would take three times that.
"""

from __future__ import annotations

import os
import sys

from statusgen import __version__

_COMPLETE = "_STATUSGEN_COMPLETE"
"""What click's scripts for shells set when they ask."""


def main() -> int:
    """Run the command line; return the exit code."""
    arguments = sys.argv[1:]
    _open_what_is_closed()
    if _COMPLETE in os.environ:
        from statusgen.cli.main import complete

        return complete()
    if arguments == ["--version"]:
        sys.stdout.write(f"statusgen {__version__}\n")
        return 0
    if arguments in ([], ["--help"]):
        sys.stdout.write(_help())
        return 0
    if arguments[0] == "build":
        from statusgen.cli.early import is_up_to_date

        if is_up_to_date(arguments[1:]):
            return 0
    from statusgen.cli.main import run

    code = run(arguments)
    if arguments[0] == "build":
        _end(code)
    return code


def _open_what_is_closed() -> None:
    """Give Python the streams that whoever started it has closed: `<&-`, services, schedulers."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115 (to the end)
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (as above)
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (as above)


def _end(code: int) -> None:
    """End at once: to take a large page apart value by value would take a quarter of a second."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _help() -> str:
    """Return what click would print; a test keeps the file so."""
    path = os.path.join(os.path.dirname(__file__), "cli", "help.txt")
    with open(path, encoding="utf-8") as file:
        return file.read()


if __name__ == "__main__":
    sys.exit(main())
