"""Whom the page is served to: options that are refused, passwords, and what only may be done on this machine."""

from __future__ import annotations

import getpass
import http.cookiejar
import json
import os
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

import app
from assistant.passwords import People, hashed, read_people
from tests.front_door import FakeAssistant
from tests.test_app_library import library_page
from tests.visiting import free_port

# Gradio asks pandas for two things that pandas is about to drop.
pytestmark = [
    pytest.mark.filterwarnings("ignore:.*no_silent_downcasting"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]

PASSWORD = "three plain words"


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """The one sentence with which the program refuses to start."""
    assert app.main([str(each) for each in arguments]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    return told


def test_other_machines_are_not_served_without_passwords_unless_that_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = refused(capsys, "--host", "0.0.0.0")
    assert "could read every paper" in told
    assert "--auth FILE" in told
    assert "--open-to-everyone" in told


@pytest.mark.parametrize("host", ["example.org", "::", "", "192.0.2.77"])
def test_a_host_that_is_not_this_machine_is_refused_without_asking_the_network(
    host: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: pytest.fail("the network was asked"))
    assert "isn't an address of this machine" in refused(capsys, "--host", host, "--open-to-everyone")


def test_passwords_and_everyone_do_not_go_together(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "leave one of them out" in refused(capsys, "--auth", tmp_path / "people", "--open-to-everyone")


def test_a_file_of_passwords_that_is_not_right_is_told_with_its_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "people").write_text("# who\nclerk:secret\n")
    assert "people, line 2:" in refused(capsys, "--auth", tmp_path / "people")


def test_read_only_and_allow_adding_do_not_go_together(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        app.main(["--read-only", "--allow-adding"])
    assert "not allowed with" in capsys.readouterr().err


def test_a_person_is_added_with_a_password_typed_twice(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = tmp_path / "people"
    typed = iter([PASSWORD, "another", PASSWORD, PASSWORD, PASSWORD, PASSWORD])
    monkeypatch.setattr(getpass, "getpass", lambda prompt: next(typed))
    assert "differ" in refused(capsys, "--add-user", "clerk", "--auth", people)
    assert not people.exists()
    assert "--auth FILE" in refused(capsys, "--add-user", "clerk")
    assert app.main(["--add-user", "clerk", "--auth", str(people)]) == 0
    assert capsys.readouterr().out.startswith(f"clerk is in {people} now")
    assert app.main(["--add-user", "clerk", "--auth", str(people)]) == 0
    assert "has a new password" in capsys.readouterr().out
    assert read_people(people).admits("clerk", PASSWORD)


class Started:
    """What the program would serve, and how."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *arguments: object) -> None:
        self.how: dict[str, Any] = {}
        page = type("Page", (), {"block_thread": lambda self: None})()
        monkeypatch.setattr(
            app,
            "build_app",
            lambda assistant, progress, library, folder, guest: self.how.update(library=library, guest=guest) or page,
        )
        monkeypatch.setattr(app, "serve", lambda page, **how: self.how.update(how) or "http://127.0.0.1:1")
        monkeypatch.setattr("assistant.pages.source.Source.start", lambda self: None)
        monkeypatch.setattr("signal.signal", lambda *_: None)
        for name in ("GRADIO_TEMP_DIR", "OMP_NUM_THREADS"):
            monkeypatch.setenv(name, "")  # and so they are put back
            monkeypatch.delenv(name)
        assert app.main([str(each) for each in arguments]) == 0


@pytest.mark.parametrize(
    ("arguments", "may_add"),
    [
        ((), True),
        (("--read-only",), False),
        (("--allow-adding",), True),
        (("--host", "0.0.0.0", "--open-to-everyone"), False),
        (("--host", "0.0.0.0", "--open-to-everyone", "--allow-adding"), True),
    ],
)
def test_files_are_taken_on_this_machine_and_beyond_it_only_when_that_is_said(
    arguments: tuple[str, ...], may_add: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started = Started(monkeypatch, "--port", free_port(), *arguments)
    assert started.how["library"].may_add == may_add
    assert (started.how["largest_upload"] > 1) == may_add
    told = capsys.readouterr().err
    assert ("can read every paper" in told) == ("--open-to-everyone" in arguments)
    assert ("also add papers" in told) == ({"--open-to-everyone", "--allow-adding"} <= set(arguments))
    assert ("isn't encrypted" in told) == ("--host" in arguments)
    assert not Path(os.environ["GRADIO_TEMP_DIR"]).exists(), "what was sent is put away at the end"


def test_a_language_model_writes_above_the_quotations_only_where_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNCIL_PAPERS_MODEL_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("COUNCIL_PAPERS_MODEL", "tiny")
    assert Started(monkeypatch, "--port", free_port()).how["guest"] is None
    guest = Started(monkeypatch, "--port", free_port(), "--model").how["guest"]
    assert (guest.name, guest.host) == ("tiny", "127.0.0.1")


def test_a_file_of_passwords_that_others_may_read_is_warned_of(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    people = tmp_path / "people"
    people.write_text(f"clerk:{hashed(PASSWORD)}\n")
    people.chmod(0o644)
    started = Started(monkeypatch, "--port", free_port(), "--auth", people)
    assert "chmod 600" in capsys.readouterr().err
    assert set(started.how["people"].passwords) == {"clerk"}


@pytest.fixture(scope="module")
def closed() -> Iterator[str]:
    """The address of a page that asks for a name and a password and takes no files."""
    people = People({"clerk": hashed(PASSWORD, cost=2, parallel=1)})
    page = app.build_app(FakeAssistant(), app.always_ready, library_page(may_add=False))
    yield app.serve(page, host="127.0.0.1", port=free_port(), people=people)
    page.close(verbose=False)


def status(opener: urllib.request.OpenerDirector, request: str | urllib.request.Request) -> int:
    try:
        with opener.open(request) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def visitor() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    )


def test_who_does_not_say_the_password_sees_nothing(closed: str) -> None:
    stranger = visitor()
    login = f"{closed}/login"
    assert status(stranger, f"{closed}/config") == 401
    wrong = urlencode({"username": "clerk", "password": "four plain words"}).encode()
    assert status(stranger, urllib.request.Request(login, wrong)) == 400
    assert status(stranger, f"{closed}/config") == 401

    clerk = visitor()
    right = urlencode({"username": "clerk", "password": PASSWORD}).encode()
    assert status(clerk, urllib.request.Request(login, right)) == 200
    with clerk.open(f"{closed}/config") as response:
        assert json.load(response)["title"]


def test_a_page_that_takes_no_files_refuses_them_as_they_arrive(closed: str) -> None:
    clerk = visitor()
    right = urlencode({"username": "clerk", "password": PASSWORD}).encode()
    status(clerk, urllib.request.Request(f"{closed}/login", right))
    body = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n%PDF\r\n--x--\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    assert status(clerk, urllib.request.Request(f"{closed}/gradio_api/upload", body, headers)) == 413
