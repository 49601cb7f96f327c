"""Start Tertial from a checkout, whatever is installed already.

`start.py` opens the example, `start.py test` runs every check, anything else is passed to the program.
Nothing newer than Python 3.6 here: an old Python shall give a sentence and no traceback. The rest is in
packaging/start_*.py, and that needs no more than a bare Python either.
"""

import sys
from pathlib import Path

OLDEST = (3, 11)


def main() -> int:
    """Start, if this Python can."""
    if sys.version_info < OLDEST:
        sys.stderr.write(too_old(*sys.version_info[:2]) + "\n")
        return 2
    sys.path.insert(0, str(Path(__file__).resolve().parent / "packaging"))
    from start_run import run

    return run(sys.argv[1:])


def too_old(major: int, minor: int) -> str:
    """Say which Python is needed."""
    return (
        f"Tertial trenger Python {OLDEST[0]}.{OLDEST[1]} eller nyere, og dette er {major}.{minor}: "
        "installer en nyere fra python.org og start Tertial med den."
    )


if __name__ == "__main__":
    sys.exit(main())
