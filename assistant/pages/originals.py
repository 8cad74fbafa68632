"""The papers as they were added, for whoever may see the page: one address for each document, and no folder.

Gradio's own way to files would show where the library lies on the server's disk, name each file by its SHA-256, and
serve copies of a paper that has been taken out of the library since. Here the library is asked each time.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import FileResponse

from assistant.pages.loading import Shelf
from corpus.errors import CouncilPapersError

ADDRESS = "originals"
"""Where the papers are, from the page's own address."""


def original_address(document: str, *, page: int | None = None, download: bool = False) -> str:
    """The address of a document's file, from the page's own: to be read, at a file page (from 1), or to be kept."""
    return f"{ADDRESS}/{quote(document, safe='')}{'?download=1' if download else ''}{f'#page={page}' if page else ''}"


def offer_originals(app: FastAPI, library: Callable[[], Shelf]) -> None:
    """Let the app that serves the page give out the files of the library, to those only who have signed in to it.

    `library` is asked for each file; while it raises a CouncilPapersError, there are none.
    """

    async def signed_in(request: Request) -> None:
        if not await _is_signed_in(app, request):
            raise HTTPException(401, "Sign in to the page first.")

    def original(document: str, download: bool = False) -> FileResponse:
        try:
            files = library()
            file = next((entry.file for entry in files.documents() if entry.id == document), None)
            path = files.original(document) if file is not None else None
        except CouncilPapersError as error:
            raise HTTPException(503, str(error)) from error
        if file is None or path is None:
            raise HTTPException(404, "The library keeps no such file.")
        # A web page or another file that a browser might run is only ever saved.
        shown = path.suffix.lower() == ".pdf"
        return FileResponse(
            path,
            filename=file,
            media_type="application/pdf" if shown else "application/octet-stream",
            content_disposition_type="inline" if shown and not download else "attachment",
            headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-cache"},
        )

    app.add_api_route(
        f"/{ADDRESS}/{{document}}", original, dependencies=[Depends(signed_in)], response_class=FileResponse
    )


async def _is_signed_in(app: Any, request: Request) -> bool:
    """Whether a request comes from somebody who may see the page, as Gradio's own routes tell it (`routes.App`)."""
    if app.auth_dependency is not None:
        user = app.auth_dependency(request)
        return (await user if inspect.isawaitable(user) else user) is not None
    if app.auth is None:
        return True
    names = (f"access-token-{app.cookie_id}", f"access-token-unsecure-{app.cookie_id}")
    return any(app.tokens.get(request.cookies.get(name)) is not None for name in names)
