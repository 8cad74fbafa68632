"""Bytes into text, and files that only claim to be text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableDocument
from corpus.reading import decoding
from corpus.reading.decoding import decoded, read_text

TEXT = "The council’s “front door” cost £6 million – the café did not."
DECLARED = re.compile(rb"charset=([\w-]+)")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_the_usual_encodings_are_told_apart(encoding: str):
    assert decoded(TEXT.encode(encoding)) == TEXT


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufeff")))
def test_utf8_is_always_read_as_such(text: str):
    assert decoded(text.encode()) == text


def test_a_declaration_counts_where_the_text_is_not_utf8():
    assert decoded("£6 – “so”".encode("mac-roman"), "macintosh") == "£6 – “so”"
    assert decoded(TEXT.encode("utf-8"), "iso-8859-1") == TEXT


@pytest.mark.parametrize("declared", ["latin1", "us-ascii", "unicode", "punycode", "utf-8", "\x00"])
def test_latin1_unknown_and_wrong_declarations_are_read_as_western(declared: str):
    assert decoded(TEXT.encode("cp1252"), declared) == TEXT


def test_a_byte_that_stands_for_nothing_is_told(tmp_path: Path):
    path = tmp_path / "minutes.txt"
    path.write_bytes(b"caf\xe9 \x81 closed")
    read = read_text(path)
    assert read.text == "café \ufffd closed"
    assert read.notes == ("1 characters couldn't be told from the file's bytes and stand as \ufffd.",)


def test_line_ends_are_made_alike_and_the_declaration_is_looked_for_at_the_top(tmp_path: Path):
    path = tmp_path / "minutes.html"
    path.write_bytes(b"charset=macintosh\r\n\xd2so\xd3\rend")
    assert read_text(path, DECLARED).text == "charset=macintosh\n“so”\nend"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty (0 bytes)"),
        (b"%PDF-1.7 x", "it is a PDF file, whatever its name says"),
        (b"PK\x03\x04 x", "it is a zip file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "it is an old Office file"),
        (b"{\\rtf1 x", "it is an RTF file"),
        (bytes(range(256)) * 4, "it isn't text"),
        (b"text\x00\x00 with zeros", "it isn't text"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(tmp_path: Path, data: bytes, said: str):
    path = tmp_path / "minutes.txt"
    path.write_bytes(data)
    with pytest.raises(UnreadableDocument, match=rf"^minutes\.txt: {re.escape(said)}[^\n]*\.$"):
        read_text(path)


def test_a_text_that_is_too_long_and_a_missing_file_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(decoding, "TEXT_LIMIT", 10)
    (tmp_path / "long.txt").write_text("a" * 11)
    with pytest.raises(UnreadableDocument, match="too long to be a paper"):
        read_text(tmp_path / "long.txt")
    with pytest.raises(UnreadableDocument, match="can't be opened"):
        read_text(tmp_path / "missing.txt")
