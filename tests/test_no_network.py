"""Nothing goes over a network: not while papers are added, not while questions are answered, in no process of ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes import write_pdf

ROOT = Path(__file__).parents[1]

GUARD = '''
"""Ends the process that asks for a name or for a machine that isn't this one. Python runs it in every process."""
import os
import sys

def guard(event, values):
    if event == "socket.connect" or event == "socket.sendto" or event == "socket.sendmsg":
        address = values[1]
        if not isinstance(address, tuple):  # a path on this machine
            return
        host = address[0]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = values[0]
    else:
        return
    host = host.decode() if isinstance(host, bytes) else host
    if host in (None, "", "localhost", "::1") or str(host).startswith("127."):
        return
    os.write(2, f"OUTSIDE {event} {host}\\n".encode())
    os._exit(97)

sys.addaudithook(guard)
with open(os.environ["GUARDED"], "a") as file:
    file.write(f"{os.getpid()}\\n")
'''


@pytest.fixture
def guarded(tmp_path: Path) -> dict[str, str]:
    """An environment in which every Python process is guarded; each notes that in the file GUARDED."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD)
    paths = [str(tmp_path / "guard"), str(ROOT)]
    own = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "TRANSFORMERS_"))}
    return {**own, "PYTHONPATH": os.pathsep.join(paths), "GUARDED": str(tmp_path / "guarded")}


def run(guarded: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], env=guarded, capture_output=True, text=True, check=False, encoding="utf-8"
    )


@pytest.mark.parametrize(
    "code",
    [
        "import urllib.request; urllib.request.urlopen('http://thornmere.example/')",
        "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
        "import socket; socket.gethostbyname('thornmere.example')",
        "import multiprocessing as m, socket\n"
        "if __name__ == '__main__':\n"
        "    p = m.get_context('spawn').Process(target=socket.gethostbyname, args=('thornmere.example',))\n"
        "    p.start(); p.join(); raise SystemExit(p.exitcode)",
    ],
)
def test_the_guard_ends_whoever_goes_outside(guarded: dict[str, str], code: str) -> None:
    done = run(guarded, "-c", code)
    assert done.returncode == 97
    assert "OUTSIDE socket." in done.stderr


def test_the_guard_lets_this_machine_talk_to_itself(guarded: dict[str, str]) -> None:
    code = (
        "import socket; s = socket.create_server(('127.0.0.1', 0))\n"
        "socket.create_connection(('localhost', s.getsockname()[1])); print('talked')"
    )
    assert run(guarded, "-c", code).stdout == "talked\n"


@pytest.mark.model
def test_adding_and_answering_open_no_connection_to_another_machine(guarded: dict[str, str], tmp_path: Path) -> None:
    write_pdf(
        tmp_path / "minutes.pdf",
        "Minutes of the Thornmere Scrutiny Panel, 14 June 2022\n"
        "The front door is the single point of contact for anybody worried about a child.",
    )
    library = ["--library", str(tmp_path / "library")]
    added = run(guarded, "-m", "assistant", "add", str(tmp_path / "minutes.pdf"), "--json", *library)
    assert added.returncode == 0, added.stderr
    assert json.loads(added.stdout)["files"][0]["outcome"] == "added"
    processes = (tmp_path / "guarded").read_text().split()
    assert len(set(processes)) >= 2, "the process that reads the file must have been guarded too"
    asked = run(guarded, "-m", "assistant", "ask", "What is the front door?", "--json", *library)
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout)["citations"]
    # Nothing is said on the way but what a reader of papers can use.
    assert added.stderr == "added: minutes.pdf: 1 page, 1 paper, 1 passage.\n"
    assert asked.stderr == ""
