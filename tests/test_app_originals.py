"""The papers as they were added: given out one by one, to those who have signed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.pages.originals import offer_originals, original_address
from corpus.errors import CouncilPapersError

PAGE = b"<script>alert('Thornmere')</script>"


@dataclass
class Shelf:
    """Files by document id; a document whose file is None is known and not kept."""

    files: dict[str, Path | None]

    def documents(self) -> Sequence[SimpleNamespace]:
        return [SimpleNamespace(id=document, file=f"{document}.pdf") for document in self.files]

    def original(self, document: str) -> Path | None:
        return self.files[document]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    pdf, page = tmp_path / "a1b2.pdf", tmp_path / "c3d4.html"
    pdf.write_bytes(b"%PDF-1.7 of a kind")
    page.write_bytes(PAGE)
    return Shelf({"2022-11-pack": pdf, "web-page": page, "part-b": None})


def visitor(library: Callable[[], Shelf], **auth: object) -> TestClient:
    """A browser before an app like Gradio's, which keeps who has signed in by these names."""
    app = FastAPI()
    settings = {"auth": None, "auth_dependency": None, "tokens": {}, "cookie_id": "7"}
    for name, value in (settings | auth).items():
        setattr(app, name, value)
    offer_originals(app, library)
    return TestClient(app)


def test_a_pdf_file_is_shown_under_the_name_that_it_was_added_with(shelf: Shelf) -> None:
    answer = visitor(lambda: shelf).get(original_address("2022-11-pack", page=17))
    assert answer.content == b"%PDF-1.7 of a kind"
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'inline; filename="2022-11-pack.pdf"'


def test_a_pdf_file_can_be_saved(shelf: Shelf) -> None:
    answer = visitor(lambda: shelf).get(original_address("2022-11-pack", download=True))
    assert answer.headers["content-disposition"].startswith("attachment")


def test_a_file_that_a_browser_might_run_is_only_ever_saved(shelf: Shelf) -> None:
    answer = visitor(lambda: shelf).get(original_address("web-page"))
    assert answer.content == PAGE
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "address",
    ["originals/part-b", "originals/unknown", "originals/..%2Flibrary.db", "originals/", "originals/a1b2.pdf"],
)
def test_nothing_else_is_given_out(shelf: Shelf, address: str) -> None:
    assert visitor(lambda: shelf).get(address).status_code == 404


def test_a_document_that_was_taken_out_is_no_longer_given_out(shelf: Shelf) -> None:
    client = visitor(lambda: shelf)
    del shelf.files["2022-11-pack"]
    assert client.get("originals/2022-11-pack").status_code == 404


def test_while_the_library_is_not_open_its_sentence_is_said() -> None:
    def library() -> Shelf:
        raise CouncilPapersError("The papers are still being read.")

    answer = visitor(library).get("originals/2022-11-pack")
    assert answer.status_code == 503
    assert answer.json() == {"detail": "The papers are still being read."}


@pytest.mark.parametrize("name", ["access-token-7", "access-token-unsecure-7"])
def test_a_page_with_a_password_gives_files_to_who_has_signed_in_only(shelf: Shelf, name: str) -> None:
    client = visitor(lambda: shelf, auth=[("clerk", "moor")], tokens={"right": "clerk"})
    assert client.get("originals/2022-11-pack").status_code == 401
    client.cookies.set(name, "wrong")
    assert client.get("originals/2022-11-pack").status_code == 401
    client.cookies.set(name, "right")
    assert client.get("originals/2022-11-pack").status_code == 200


@pytest.mark.parametrize(("user", "status"), [("clerk", 200), (None, 401)])
def test_a_sign_in_of_the_servers_own_is_asked(shelf: Shelf, user: str | None, status: int) -> None:
    async def later(request: object) -> str | None:
        return user

    for ask in (later, lambda request: user):
        client = visitor(lambda: shelf, auth_dependency=ask)
        assert client.get("originals/2022-11-pack").status_code == status


def test_an_address_is_safe_in_a_link() -> None:
    assert original_address('a"b/c', page=3) == "originals/a%22b%2Fc#page=3"
