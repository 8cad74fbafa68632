"""The file of names and hashed passwords."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.passwords import (
    SHORTEST,
    BadPassword,
    BadPasswordFile,
    People,
    add_person,
    hashed,
    matches,
    read_people,
    too_open,
)

GOOD = "three plain words"


def quick(password: str) -> str:
    """A line's hash with parameters that cost nothing."""
    return str(hashed(password, cost=2, parallel=1))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(password=st.text(), other=st.text())
def test_who_knows_the_password_is_let_in_and_nobody_else(tmp_path: Path, password: str, other: str) -> None:
    path = tmp_path / "people"
    path.write_text(f"# who\n\nclerk:{quick(password)}\n", encoding="utf-8")
    people = read_people(path)
    assert people.admits("clerk", password)
    assert people.admits("clerk", other) == (other == password)


def test_the_same_password_is_hashed_differently_each_time_and_stands_nowhere() -> None:
    one, other = hashed(GOOD), hashed(GOOD)
    assert str(one) != str(other)
    assert matches(GOOD, one)
    assert GOOD not in str(one)


def test_a_name_that_nobody_has_is_checked_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    import hashlib

    asked = []
    real = hashlib.scrypt
    monkeypatch.setattr(hashlib, "scrypt", lambda *args, **more: asked.append(more["n"]) or real(*args, **more))
    assert not People({}).admits("nobody", GOOD)
    assert asked == [2**14]


def test_nobody_else_is_let_in_with_a_known_password() -> None:
    people = People({"clerk": hashed(GOOD, cost=2, parallel=1)})
    assert people.admits("clerk", GOOD)
    assert not people.admits("chair", GOOD)
    assert not people.admits("Clerk", GOOD)


@pytest.mark.parametrize(
    "line",
    [
        "clerk",
        "clerk:",
        ":" + quick(GOOD),
        "the clerk:" + quick(GOOD),
        "clerk:" + GOOD,
        "clerk:scrypt$3$8$1$c2FsdHNhbHQ=$aGFzaGhhc2hoYXNoaGFzaA==",
        "clerk:scrypt$2$0$1$c2FsdHNhbHQ=$aGFzaGhhc2hoYXNoaGFzaA==",
        "clerk:scrypt$2$8$1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA==",
        "clerk:scrypt$1048576$8$1$c2FsdHNhbHQ=$aGFzaGhhc2hoYXNoaGFzaA==",
        "clerk:scrypt$2$8$1$c2Fs$aGFzaGhhc2hoYXNoaGFzaA==",
        "clerk:md5$2$8$1$c2FsdHNhbHQ=$aGFzaGhhc2hoYXNoaGFzaA==",
    ],
)
def test_a_line_that_is_not_right_is_named_by_its_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / "people"
    path.write_text(f"# who\nchair:{quick(GOOD)}\n{line}\n", encoding="utf-8")
    with pytest.raises(BadPasswordFile, match=r"people, line 3: .* make it anew with: python app\.py --add-user"):
        read_people(path)


def test_a_name_that_stands_twice_is_told(tmp_path: Path) -> None:
    path = tmp_path / "people"
    path.write_text(f"clerk:{quick(GOOD)}\nclerk:{quick(GOOD)}\n", encoding="utf-8")
    with pytest.raises(BadPasswordFile, match="line 2: clerk stands in it twice"):
        read_people(path)


@pytest.mark.parametrize("content", [None, b"", b"# nobody yet\n", b"\xff\xfe\x00"])
def test_a_file_without_people_says_how_to_add_one(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "people"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadPasswordFile, match="--add-user NAME --auth"):
        read_people(path)


def test_a_person_is_added_and_can_get_a_new_password(tmp_path: Path) -> None:
    path = tmp_path / "people"
    assert add_person(path, "clerk", GOOD)
    assert add_person(path, "chair", GOOD)
    assert not add_person(path, "clerk", "another few words")
    people = read_people(path)
    assert set(people.passwords) == {"clerk", "chair"}
    assert people.admits("clerk", "another few words")
    assert not people.admits("clerk", GOOD)


@pytest.mark.parametrize("name", ["", "clerk:x", "the clerk", "-clerk", "clerk\nchair", "a" * 65])
def test_a_name_that_would_break_the_file_is_not_taken(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadPassword, match="can't be a name here"):
        add_person(tmp_path / "people", name, GOOD)
    assert not (tmp_path / "people").exists()


@pytest.mark.parametrize("password", ["", "x" * (SHORTEST - 1), "x" * 1025])
def test_a_password_must_have_a_sensible_length(tmp_path: Path, password: str) -> None:
    with pytest.raises(BadPassword, match=f"has {len(password)} characters"):
        add_person(tmp_path / "people", "clerk", password)


def test_a_file_that_is_not_right_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "notes"
    path.write_text("my notes\n")
    with pytest.raises(BadPasswordFile, match="line 1"):
        add_person(path, "clerk", GOOD)
    assert path.read_text() == "my notes\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_new_file_is_closed_to_others_and_an_open_one_is_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "people"
    add_person(path, "clerk", GOOD)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert too_open(path) is None
    path.chmod(0o644)
    assert "its mode is 644" in (too_open(path) or "")


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadPasswordFile, match="can't be written"):
        add_person(tmp_path / "nowhere" / "people", "clerk", GOOD)
