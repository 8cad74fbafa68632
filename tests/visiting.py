"""A page of Gradio served for a test, and a real browser that visits it."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

import app

if TYPE_CHECKING:
    import gradio as gr
    from playwright.sync_api import Browser

GRADIO_WARNINGS = [
    # Gradio asks pandas for two things that pandas is about to drop.
    pytest.mark.filterwarnings("ignore:.*no_silent_downcasting"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]


@contextmanager
def served(page: gr.Blocks) -> Iterator[str]:
    """The address at which a page is served meanwhile."""
    yield app.serve(page, host="127.0.0.1", port=free_port())
    page.close(verbose=False)


def free_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def closed_event_loops() -> Iterator[None]:
    """Close the event loops that Gradio makes for every page and leaves open; a warning would hit any later test."""
    made: list[asyncio.AbstractEventLoop] = []
    make = asyncio.new_event_loop

    def remembered() -> asyncio.AbstractEventLoop:
        made.append(make())
        return made[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio, "new_event_loop", remembered)
        yield
    for loop in made:
        if not loop.is_running():
            loop.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, quiet; skips where there is none."""
    api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("needs Chromium")
    quiet = ["quic", "background-networking", "component-update", "sync", "gpu"]
    arguments = ["--no-sandbox", "--no-first-run", *(f"--disable-{each}" for each in quiet)]
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()
