"""Adds papers to a library the way a person does, on the command line, in a process that is timed and weighed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CouncilPapersError

CHECKOUT = Path(__file__).parent.parent
"""The folder from which the command line runs."""


class AddFailed(CouncilPapersError):
    """Papers couldn't be added to a library; the sentence ends with what the command line said."""


@dataclass(frozen=True, slots=True)
class Added:
    """What adding took: seconds, and the greatest resident memory of the process in bytes (None where unknown)."""

    seconds: float
    peak: int | None


def add(paths: Sequence[Path], library: Path, encoder: str | None = None) -> Added:
    """Add files or folders with `python -m assistant add`, and an encoder if one is named; raises AddFailed."""
    named = [str(path.resolve()) for path in paths]
    command = [sys.executable, "-m", "assistant", "add", *named, "--library", str(library.resolve())]
    command += ["--encoder", encoder] if encoder else []
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        code, peak = watch(command, said.fileno())
        seconds = time.perf_counter() - began
        said.seek(0)
        lines = said.read().decode(errors="replace").strip().splitlines()
    if code != 0:
        last = lines[-1] if lines else f"nothing, exit code {code}"
        raise AddFailed(f"{', '.join(named)} couldn't be added to {library}; the command line said: {last}")
    return Added(seconds, peak)


def watch(command: Sequence[str], output: int) -> tuple[int, int | None]:
    """Run a command with both its outputs to a file descriptor: its exit code and peak resident memory in bytes.

    The peak is the kernel's count, not sampled. On Linux it is never less than what this process had held when it
    started the command (the count survives `exec`), so weigh a child before loading anything large.
    """
    process = subprocess.Popen(command, cwd=CHECKOUT, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
    if sys.platform == "win32":
        return process.wait(), None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, _bytes(usage.ru_maxrss)


def own_peak() -> int | None:
    """The greatest resident memory of this process so far in bytes, None where the system doesn't tell."""
    if sys.platform == "win32":
        return None
    import resource  # it exists on Unix only

    return _bytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _bytes(maxrss: int) -> int:
    """`ru_maxrss` in bytes: macOS counts bytes, the others KiB."""
    return maxrss if sys.platform == "darwin" else maxrss * 1024
