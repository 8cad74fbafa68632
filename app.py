"""The chat page over council papers: `python app.py`, then open the address that it prints."""

from __future__ import annotations

import argparse
import ipaddress
import os
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.pages.loading import Answering, Loading, Progress
from assistant.settings import ENCODER_VARIABLE
from corpus.errors import CouncilPapersError

if TYPE_CHECKING:
    import gradio as gr

PORT = 7860


class NotLoopback(CouncilPapersError):
    """The page was to be served to other machines; whoever can reach it could read every paper in the library."""


class PortTaken(CouncilPapersError):
    """Another program listens on the port, or this one may not."""


def always_ready() -> Progress:
    """The progress of an assistant that needs no loading."""
    return Progress("", done=True)


def build_app(assistant: Answering, progress: Callable[[], Progress] = always_ready) -> gr.Blocks:
    """The page, not yet served. `progress` tells how far an assistant that is still loading has come."""
    # Here and not above: Gradio takes seconds to import, and a wrong option should be answered at once.
    from assistant.pages.chat import chat_page

    return chat_page(assistant, progress)


def check_address(host: str, port: int) -> None:
    """Raise NotLoopback for a host that other machines can reach, and PortTaken where another program listens."""
    if not _is_loopback(host):
        raise NotLoopback(
            f"The page is only served on this machine (127.0.0.1 or localhost), not on {host!r}: whoever can reach it "
            "could read every paper in the library."
        )
    if not 0 < port < 65536:
        raise PortTaken(f"{port} is not a port; choose one between 1024 and 65535.")
    # Asked with a connection and not by binding: a port that was just given up can be bound again by the server.
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex((host, port)) == 0:
            raise PortTaken(f"Port {port} is taken by another program; choose another one, such as --port {port + 1}.")


def serve(page: gr.Blocks, *, host: str, port: int) -> str:
    """Serve the page to this machine in a background thread; gives its address.

    Raises NotLoopback and PortTaken as `check_address` does.
    """
    check_address(host, port)
    import gradio as gr

    from assistant.pages.chat import STYLE

    # Gradio calls its own server once before it goes on; a proxy that is set for the web must not be asked for that.
    os.environ["no_proxy"] = ",".join(filter(None, (os.environ.get("no_proxy"), "127.0.0.1", "localhost")))
    theme = gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])
    try:
        page.launch(
            server_name=host,
            server_port=port,
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            inbrowser=False,
            # Questions are kept nowhere: not in the browser's history of runs, not in a monitor.
            run_history=False,
            enable_monitoring=False,
            footer_links=[],
            ssr_mode=False,
            mcp_server=False,
            pwa=False,
            app_kwargs={"openapi_url": None},
            theme=theme,
            css_paths=STYLE,
        )
    except OSError as error:
        raise PortTaken(f"Port {port} can't be used ({error}); choose another one with --port.") from error
    return f"http://{host}:{port}"


def load_assistant(folder: Path | None, say: Callable[[str], None]) -> Answering:
    """The assistant over the library in a folder (None: the user's own); a first start adds the sample papers."""
    # Here and not above: the model's libraries take seconds to import.
    from assistant.answer import Assistant
    from assistant.start import open_or_make_library
    from index.encoder import load_encoder

    encoder = load_encoder(os.environ.get(ENCODER_VARIABLE))
    assistant = Assistant(open_or_make_library(folder, encoder, say), encoder)
    say("Loading the model…")
    # It loads with the first question, which shall not be the first visitor's.
    assistant.warm_up()
    return assistant


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the page until it is interrupted; gives the exit status."""
    parser = argparse.ArgumentParser(prog="python app.py", description=__doc__)
    parser.add_argument("--library", type=Path, metavar="DIR", help="the library's folder (default: your data folder)")
    parser.add_argument("--host", default="127.0.0.1", help="a name of this machine for itself (default: %(default)s)")
    parser.add_argument("--port", type=int, default=PORT, help="default: %(default)s")
    options = parser.parse_args(arguments)
    loading = Loading(lambda say: load_assistant(options.library, say))
    try:
        # Before the page is built, which takes seconds.
        check_address(options.host, options.port)
        page = build_app(loading, loading.progress)
        address = serve(page, host=options.host, port=options.port)
    except CouncilPapersError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    # Only now: the page shall be there first.
    loading.start()
    sys.stdout.write(f"Open {address}\n")
    sys.stdout.flush()
    page.block_thread()
    return 0


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.IPv4Address(host).is_loopback
    except ValueError:
        return False


if __name__ == "__main__":
    sys.exit(main())
