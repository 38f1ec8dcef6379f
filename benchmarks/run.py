"""Measures how fast statusgen is, and writes the report.

python benchmarks/run.py                           every row but the slowest
python benchmarks/run.py cold-1000 changed-10000   these rows
python benchmarks/run.py --all --repetitions 7     every row, each seven times
"""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter

from places import clear_workshop
from report import keep
from rows import ROWS, SLOW

VERDICTS = {True: "ok", False: "MISSED", None: "beside"}


def main() -> None:
    """Measure what is asked for; keep each row's results at once."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"one of: {', '.join(ROWS)}")
    parser.add_argument("--all", action="store_true", help=f"also {', '.join(SLOW)}")
    parser.add_argument("--repetitions", type=int, default=5, metavar="N", help="default: 5")
    given = parser.parse_args()
    unknown = set(given.rows) - set(ROWS)
    if unknown:
        parser.error(f"no such row: {', '.join(sorted(unknown))}")
    chosen = given.rows or [name for name in ROWS if given.all or name not in SLOW]
    try:
        for name in chosen:
            results = ROWS[name](given.repetitions)
            for one in results:
                verdict = VERDICTS[one.passed]
                print(
                    f"{verdict:6} {name}: {one.gate}: {one.measured}, {one.seconds} s", flush=True
                )
                print(f"       memory {one.memory} MB; {one.how}", flush=True)
            keep({name: results}, given.repetitions)
    finally:
        clear_workshop()


if __name__ == "__main__":
    main()
