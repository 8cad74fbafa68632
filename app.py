"""The chat page over council papers: `python app.py`, then open the address that it prints."""

from __future__ import annotations

import argparse
import getpass
import ipaddress
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.pages.loading import Answering, Progress, Shelf
from assistant.passwords import BadPassword, People, add_person, read_people, too_open
from assistant.settings import ENCODER_VARIABLE, ModelSettings, model_settings
from corpus.errors import CouncilPapersError

if TYPE_CHECKING:
    import gradio as gr

    from assistant.pages.guest import Guest
    from assistant.pages.page import LibraryPage
    from assistant.pages.source import Source
    from assistant.pages.viewing import Draws

PORT = 7860

UNENCRYPTED = (
    "What passes between this page and other machines isn't encrypted, passwords included; where the network isn't "
    "trusted, put a web server with HTTPS in front of it."
)
TO_EVERYONE = "Whoever can reach this machine can read every paper in the library: --open-to-everyone asks no password."
ADDING_TO_EVERYONE = "They can also add papers and take papers out, because of --allow-adding."


class NotLoopback(CouncilPapersError):
    """The page was to be served to other machines; whoever can reach it could read every paper in the library."""


class WrongOptions(CouncilPapersError):
    """Options were given that don't go together."""


class PortTaken(CouncilPapersError):
    """Another program listens on the port, or this one may not."""


def always_ready() -> Progress:
    """The progress of an assistant that needs no loading."""
    return Progress("", done=True)


def build_app(
    assistant: Answering,
    progress: Callable[[], Progress] = always_ready,
    library: LibraryPage | None = None,
    folder: Path | None = None,
    drawer: Draws | None = None,
    guest: Guest | None = None,
) -> gr.Blocks:
    """The page, not yet served. `progress` tells how far an assistant that is still loading has come. With `library`
    there is a view of the library; `folder`, if it is given, is named as the place where the papers are kept. `drawer`
    draws pages; without one, one that ends with the program. `guest` is a language model that writes above the
    answers."""
    # Here and not above: Gradio takes seconds to import, and a wrong option should be answered at once.
    from assistant.pages.page import council_page

    return council_page(assistant, progress, library, folder=folder, drawer=drawer, guest=guest)


def check_address(host: str, port: int, *, to_others: bool = False) -> None:
    """Raise NotLoopback for a host that other machines can reach, unless it is served `to_others`, and PortTaken where
    another program listens."""
    if not is_loopback(host):
        if not to_others:
            raise NotLoopback(
                f"The page is only served on this machine (127.0.0.1 or localhost), not on {host!r}: whoever can reach "
                "it could read every paper in the library. Ask for names and passwords with --auth FILE, or, if "
                "everybody may read them, say --open-to-everyone."
            )
        _check_own_address(host)
    if not 0 < port < 65536:
        raise PortTaken(f"{port} is not a port; choose one between 1024 and 65535.")
    # Asked with a connection and not by binding: a port that was just given up can be bound again by the server.
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex((host, port)) == 0:
            raise PortTaken(f"Port {port} is taken by another program; choose another one, such as --port {port + 1}.")


def serve(
    page: gr.Blocks,
    *,
    host: str,
    port: int,
    people: People | None = None,
    to_everyone: bool = False,
    largest_upload: int = 1,
    shelf: Callable[[], Shelf] | None = None,
) -> str:
    """Serve the page in a background thread; gives its address on this machine.

    Other machines are served only if `people`, who must say name and password, are given, or if it is `to_everyone`.
    Files of more than `largest_upload` bytes are refused while they arrive; by default that is every file. With
    `shelf`, which gives the library, the documents themselves can be opened from the page.

    Raises NotLoopback and PortTaken as `check_address` does.
    """
    check_address(host, port, to_others=people is not None or to_everyone)
    import gradio as gr

    from assistant.pages.originals import offer_originals
    from assistant.pages.page import STYLES

    # Gradio calls its own server once before it goes on; a proxy that is set for the web must not be asked for that.
    os.environ["no_proxy"] = ",".join(filter(None, (os.environ.get("no_proxy"), "127.0.0.1", "localhost", host)))
    theme = gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])
    try:
        page.launch(
            server_name=host,
            server_port=port,
            auth=people.admits if people is not None else None,
            auth_message="Please say who you are; whoever runs this page gives you a name and a password."
            if people is not None
            else None,
            max_file_size=largest_upload,
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
            css_paths=list(STYLES),
        )
    except OSError as error:
        raise PortTaken(f"Port {port} can't be used ({error}); choose another one with --port.") from error
    if shelf is not None:
        offer_originals(page.app, shelf)
    return f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the page until it is interrupted; gives the exit status."""
    options = options_parser().parse_args(arguments)
    try:
        if options.add_user is not None:
            sys.stdout.write(f"{_add_user(options.auth, options.add_user)}\n")
            return 0
        # Told to end, it puts things away as it does when somebody presses Ctrl+C.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        with tempfile.TemporaryDirectory(prefix="council-papers-", ignore_cleanup_errors=True) as folder:
            _serve_until_interrupted(options, Path(folder))
    except CouncilPapersError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def options_parser() -> argparse.ArgumentParser:
    """What can be said on the command line."""
    parser = argparse.ArgumentParser(prog="python app.py", description=__doc__)
    parser.add_argument("--library", type=Path, metavar="DIR", help="the library's folder (default: your data folder)")
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="an address of this machine, 0.0.0.0 for all of them; beyond %(default)s only with --auth",
    )
    parser.add_argument("--port", type=int, default=PORT, help="default: %(default)s")
    adding = parser.add_mutually_exclusive_group()
    adding.add_argument("--read-only", action="store_true", help="nobody adds files or takes any out on the page")
    adding.add_argument(
        "--allow-adding",
        action="store_true",
        help="whoever may open the page may add files and take them out (default: only on 127.0.0.1)",
    )
    parser.add_argument(
        "--model",
        action="store_true",
        help="have the language model that is set (see README) write above the quotations: questions and the passages "
        "found are sent to its server",
    )
    parser.add_argument("--auth", type=Path, metavar="FILE", help="only for the people in this file, with passwords")
    parser.add_argument("--add-user", metavar="NAME", help="add somebody to the file of --auth, or give a new password")
    parser.add_argument(
        "--open-to-everyone",
        action="store_true",
        help="serve other machines without passwords: whoever can reach this machine can read every paper",
    )
    return parser


def _add_user(path: Path | None, name: str) -> str:
    """Ask for a password, put name and password into the file, and say so."""
    if path is None:
        raise WrongOptions(f"Say into which file, with: python app.py --add-user {name} --auth FILE")
    password = getpass.getpass(f"Password for {name}: ")
    if getpass.getpass("The same again: ") != password:
        raise BadPassword("The two passwords differ; nothing was changed, try again.")
    is_new = add_person(path, name, password)
    done = f"{name} is in {path} now" if is_new else f"{name} has a new password in {path}"
    return f"{done}; a page that is running learns of it when it is started again."


def _serve_until_interrupted(options: argparse.Namespace, scratch: Path) -> None:
    """Serve the page. What is sent to it lies in `scratch` until it is added."""
    people = _people(options)
    # Before the page is built, which takes seconds.
    check_address(options.host, options.port, to_others=people is not None or options.open_to_everyone)
    settings = model_settings(os.environ) if options.model else None
    for warning in _warnings(options):
        sys.stderr.write(f"{warning}\n")
    may_add = not options.read_only and (options.allow_adding or is_loopback(options.host))
    for name in ("arriving", "arrived"):
        (scratch / name).mkdir()
    # Gradio looks for it when it is imported. On one disk with `arrived`, a file needn't be copied.
    os.environ["GRADIO_TEMP_DIR"] = str(scratch / "arriving")
    # Many may ask at once. A question is too short to be shared out among processors: they would only wait for one
    # another, the longer the busier they are. The model's library looks for it when it is imported.
    os.environ.setdefault("OMP_NUM_THREADS", "1")

    # Here and not above: these take a second to import.
    from assistant.intake import LARGEST, Intake
    from assistant.pages.page import LibraryPage
    from assistant.pages.source import Source
    from assistant.start import encoder_of
    from index.encoders import load_encoder

    source = Source(
        options.library, lambda: load_encoder(os.environ.get(ENCODER_VARIABLE) or encoder_of(options.library))
    )
    intake = Intake(scratch / "arrived", source.destination, source.arrived)
    # Readers on other machines have no use for the name of a folder on this one.
    folder = options.library if is_loopback(options.host) else None
    guest = _guest(settings, source) if settings is not None else None
    page = build_app(source.answering, source.progress, LibraryPage(source, intake, may_add), folder, guest=guest)
    address = serve(
        page,
        host=options.host,
        port=options.port,
        people=people,
        to_everyone=options.open_to_everyone,
        largest_upload=LARGEST if may_add else 1,
        shelf=lambda: source.answering.library,
    )
    # Only now: the page shall be there first.
    source.start()
    others = f" (from other machines: with this one's name or address, port {options.port})"
    sys.stdout.write(f"Open {address}{others if options.host == '0.0.0.0' else ''}\n")
    sys.stdout.flush()
    page.block_thread()


def _guest(settings: ModelSettings, source: Source) -> Guest:
    """The language model of these settings, which writes above the answers of a library; raises NoModel where its
    address can't be one."""
    from assistant.model import connect, host_of
    from assistant.pages.guest import Guest

    return Guest(settings.name, host_of(settings), partial(source.written_above, connect(settings)))


def _people(options: argparse.Namespace) -> People | None:
    """Who may open the page; None where nobody is asked."""
    if options.auth is None:
        return None
    if options.open_to_everyone:
        raise WrongOptions("--auth asks for passwords and --open-to-everyone doesn't; leave one of them out.")
    return read_people(options.auth)


def _warnings(options: argparse.Namespace) -> list[str]:
    """What whoever starts the page should know about who can reach it."""
    told = [warning] if options.auth and (warning := too_open(options.auth)) else []
    if is_loopback(options.host):
        return told
    if options.open_to_everyone:
        told.append(f"{TO_EVERYONE} {ADDING_TO_EVERYONE}" if options.allow_adding else TO_EVERYONE)
    return [*told, UNENCRYPTED]


def _check_own_address(host: str) -> None:
    """Raise NotLoopback for what isn't an IPv4 address of this machine. Names aren't looked up: that would ask the
    network."""
    try:
        with socket.socket() as probe:
            probe.bind((str(ipaddress.IPv4Address(host)), 0))
    except (ValueError, OSError) as error:
        raise NotLoopback(
            f"{host!r} isn't an address of this machine; give one such as 192.168.0.7, or 0.0.0.0 for all that it has."
        ) from error


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a host of that name."""
    if host == "localhost":
        return True
    try:
        return ipaddress.IPv4Address(host).is_loopback
    except ValueError:
        return False


if __name__ == "__main__":
    sys.exit(main())
