"""Many people asking at once: the page is started as whoever runs it would start it, and asked as browsers do.

All ask at the same moment, and again as soon as everybody has an answer; so the last answer of each round tells how
long the unluckiest person of a meeting waits.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import CouncilPapersError
from eval.metrics import percentile
from eval.report import table

MOST_SECONDS = 2.0
"""Seconds within which 95 of 100 answers must be there."""

LONGEST = 300.0
"""Seconds that a visitor waits for an answer: the page may have to load its model first."""

FAULT = 'class=\\"problem\\"'
"""How a turn that says why there is no answer stands in what the page sends."""


class PageFailed(CouncilPapersError):
    """The page didn't start, or isn't one that can be asked."""


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the page, by its number, and its inputs."""

    function: int
    inputs: tuple[Any, ...]

    def request(self, visitor: str) -> bytes:
        """What a browser sends to have it run."""
        return json.dumps({"data": self.inputs, "fn_index": self.function, "session_hash": visitor}).encode()


@dataclass(frozen=True, slots=True)
class Asking:
    """How a page is asked: what shows a question at once, which is its input at `place`, and what then answers it."""

    begin: Call
    place: int
    finish: Call

    def of(self, question: str) -> Call:
        """What shows this question."""
        data = list(self.begin.inputs)
        data[self.place] = question
        return Call(self.begin.function, tuple(data))


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a question: the seconds to the first sign and to the answer, or what went wrong."""

    question: str
    first: float
    seconds: float
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Crowd:
    """What so many people who asked at once got."""

    people: int
    asked: tuple[Asked, ...]

    @property
    def errors(self) -> tuple[str, ...]:
        """What went wrong, a line a question."""
        return tuple(f"{each.question}: {each.error}" for each in self.asked if each.error)

    def within(self, share: float) -> float | None:
        """Seconds within which this share of the answers came; None where none came."""
        return percentile((each.seconds for each in self.asked if not each.error), share)

    @property
    def holds(self) -> bool:
        """Whether nothing went wrong and 95 of 100 answers came in time."""
        slow = self.within(0.95)
        return not self.errors and slow is not None and slow < MOST_SECONDS


def asking_of(config: Mapping[str, Any]) -> Asking:
    """How a page with this Gradio configuration is asked: by what happens when its question box is submitted.

    Raises PageFailed for a page without one.
    """
    parts = {part["id"]: part["props"] for part in config["components"]}
    box = next((id_ for id_, props in parts.items() if props.get("elem_id") == "question"), None)

    def call(each: Mapping[str, Any]) -> Call:
        return Call(each["id"], tuple(parts[id_].get("value") for id_ in each["inputs"]))

    functions = config["dependencies"]
    for each in functions:
        if [box, "submit"] in [list(target) for target in each["targets"]] and box in each["inputs"]:
            then = next((other for other in functions if other.get("trigger_after") == each["id"]), None)
            if then is not None:
                return Asking(call(each), each["inputs"].index(box), call(then))
    raise PageFailed("The page has no box for questions that could be asked; is it this project's?")


def crowd(ask: Callable[[str], Asked], questions: Sequence[str], *, people: int, rounds: int) -> Crowd:
    """Have so many people ask at once, for so many rounds, each a question of its own as far as they reach."""
    gathered = threading.Barrier(people)

    def one(question: str) -> Asked:
        gathered.wait()
        return ask(question)

    found: list[Asked] = []
    with ThreadPoolExecutor(people) as pool:
        for round_ in range(rounds):
            first = round_ * people
            found += pool.map(one, [questions[n % len(questions)] for n in range(first, first + people)])
    return Crowd(people, tuple(found))


@contextmanager
def served(library: Path) -> Iterator[str]:
    """The page over a library, in a process of its own; gives its address when it is there. Raises PageFailed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    page = Path(__file__).resolve().parent.parent / "app.py"
    command = [sys.executable, str(page), "--library", str(library.resolve()), "--port", str(port), "--read-only"]
    process = subprocess.Popen(
        command, cwd=page.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    with process:
        try:
            assert process.stdout is not None
            if not process.stdout.readline().startswith("Open "):
                raise PageFailed(f"The page didn't start: {process.communicate()[1].strip()}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


class Visits:
    """Asks a page as browsers do, each question as another visitor. Threads may share it."""

    def __init__(self, address: str, *, clock: Callable[[], float] = time.perf_counter) -> None:
        """Learn how the page at an address is asked."""
        self._address = address
        self._clock = clock
        # The page is on this machine: no proxy has to be asked for it.
        self._web = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with self._web.open(f"{address}/config", timeout=LONGEST) as answer:
            self._asking = asking_of(json.load(answer))

    def ask(self, question: str) -> Asked:
        """Ask, and wait for the answer."""
        began = self._clock()
        visitor = secrets.token_hex(8)
        try:
            with self._post("run/predict", self._asking.of(question).request(visitor)) as shown:
                shown.read()
            first = self._clock() - began
            for message in self._messages(visitor):
                if message["msg"] == "process_completed":
                    return Asked(question, first, self._clock() - began, _error_of(message))
        except OSError as error:
            return Asked(question, 0.0, self._clock() - began, str(error))
        return Asked(question, 0.0, self._clock() - began, "the page ended its answer before it was whole")

    def _post(self, path: str, content: bytes) -> Any:
        address = f"{self._address}/gradio_api/{path}"
        request = urllib.request.Request(address, content, {"Content-Type": "application/json"})
        return self._web.open(request, timeout=LONGEST)

    def _messages(self, visitor: str) -> Iterator[dict[str, Any]]:
        with self._post("queue/join", self._asking.finish.request(visitor)):
            pass
        with self._web.open(f"{self._address}/gradio_api/queue/data?session_hash={visitor}", timeout=LONGEST) as stream:
            whole = ""
            for line in stream:
                if line.startswith(b"data:"):
                    message = json.loads(line[len(b"data:") :])
                    whole += json.dumps(message.get("output"))
                    yield {**message, "whole": whole}


def _error_of(message: Mapping[str, Any]) -> str | None:
    """What went wrong, as far as the page says so."""
    if not message.get("success"):
        return str(message.get("output", {}).get("error") or "the page says that it failed")
    return "the page says why there is no answer" if FAULT in str(message["whole"]) else None


def crowd_report(found: Crowd) -> str:
    """What was measured, as a table."""
    first = percentile((each.first for each in found.asked if not each.error), 0.95)
    rows = [
        ["answers", str(len(found.asked))],
        ["errors", str(len(found.errors))],
        ["first sign, seconds, p95", _seconds(first)],
        *([f"answer, seconds, p{share}", _seconds(found.within(share / 100))] for share in (50, 95, 100)),
        [f"no error, and p95 under {MOST_SECONDS:g} s", "yes" if found.holds else "no"],
    ]
    told = [table([f"{found.people} people at once, {os.cpu_count()} processors", ""], rows)]
    return "\n".join([*told, *(f"error: {error}" for error in found.errors[:10])])


def crowd_as_json(found: Crowd) -> dict[str, object]:
    """What was measured, in plain values and seconds."""
    return {
        "people": found.people,
        "answers": len(found.asked),
        "errors": list(found.errors),
        **{f"p{share}": found.within(share / 100) for share in (50, 95, 100)},
        "holds": found.holds,
    }


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
