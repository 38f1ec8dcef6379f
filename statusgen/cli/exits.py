"""What the exit codes say; docs/cli.md has the table."""

FINE = 0
PROBLEMS = 1
OWED = 1
WRONG_USAGE = 2
STOOD_IN = 3
OUTSIDE_FAILED = 4
OUR_BUG = 70
INTERRUPTED = 130
