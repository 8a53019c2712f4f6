"""All tests in two lanes side by side, three processes of pytest.

    python tests/halves.py --> browser, but LATER            its output as it comes
                          `--> the rest, then LATER          their output when all are done

Playwright keeps an event loop in its thread, so the two kinds do not mix in one process. A test
marked `timed` waits until the other lane's test is done, and then runs alone (turns.py).

A browser test that fails is run once more, in a page of its own, and both runs stand in the output
(RERUN): a real browser under a busy machine now and then loses a frame. Twice is a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[1]
LATER = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("tests/browser/test_compare*.py"))
AGAIN = ("--reruns=1", "-rR")
BROWSER = ("-m", "browser", *AGAIN, *(f"--ignore={path}" for path in LATER))
REST = ("-m", "not browser")


def started(what: tuple[str, ...], turns: str, output: IO[bytes] | None) -> subprocess.Popen[bytes]:
    """One process, on one thread: two of torch's on each of two cores get in each other's way."""
    environment = {"OMP_NUM_THREADS": "1", **os.environ}
    if os.name == "posix":
        environment["GRIDTIME_TURNS"] = turns
    command = (sys.executable, "-m", "pytest", *what)
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
    )


def main() -> int:
    """Exit status 0 where all have passed."""
    with tempfile.TemporaryDirectory() as turns, (Path(turns) / "output").open("w+b") as output:
        browser = started(BROWSER, turns, None)
        running = [browser, started(REST, turns, output)]
        try:
            statuses = [running[1].wait()]
            running.append(started((*AGAIN, *LATER), turns, output))
            statuses += [running[2].wait(), browser.wait()]
        finally:
            for process in running:
                process.kill()
        output.seek(0)
        sys.stdout.buffer.write(output.read())
        sys.stdout.flush()
    return int(any(statuses))


if __name__ == "__main__":
    sys.exit(main())
