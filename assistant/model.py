"""A language model's reply. The only file that knows LlamaIndex's interface to language models, and how an
OpenAI-compatible server is spoken to.

LlamaIndex's own client for such servers brings the whole OpenAI package with it, which tries again for minutes and has
no limit for an answer that trickles in. Here one request is made over Python's `http.client`, with one limit for all of
it; no redirection is followed, so the key goes where it was meant to go and nowhere else.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import threading
import time
from collections.abc import Sequence
from typing import Any, Protocol
from urllib.parse import urlsplit

from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
    MessageRole,
)
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.llms import LLM, CustomLLM

from assistant.settings import MODEL_URL_VARIABLE, ModelSettings, NoModel
from corpus.errors import CouncilPapersError

MOST_TOKENS = 400
"""A draft's length at most: four sentences have some 150."""

LOOK_EVERY = 0.25
"""Seconds between two looks at whether an answer has come."""

MOST_BYTES = 1_000_000
"""No more of a server's answer is read."""


class ModelFailed(CouncilPapersError):
    """A language model gave no draft; the sentence says why, and never holds the key."""


class Model(Protocol):
    """What the rest of the program asks of a language model."""

    @property
    def name(self) -> str:
        """What people know it by."""

    def reply(self, instructions: str, text: str, ended: threading.Event | None = None) -> str:
        """What it says to a text under these instructions; raises ModelFailed, at once when `ended` is set."""


class LlamaIndexModel:
    """Any language model of LlamaIndex as a `Model`."""

    def __init__(self, llm: LLM) -> None:
        """Use this one."""
        self._llm = llm

    @property
    def name(self) -> str:
        """What people know it by."""
        return self._llm.metadata.model_name

    def reply(self, instructions: str, text: str, ended: threading.Event | None = None) -> str:
        """What it says to a text under these instructions; raises ModelFailed, at once when `ended` is set.

        Of LlamaIndex's models only an `Endpoint` can be ended; others say what they have to say.
        """
        messages = [
            ChatMessage(role=MessageRole.SYSTEM, content=instructions),
            ChatMessage(role=MessageRole.USER, content=text),
        ]
        can_end: dict[str, Any] = {"ended": ended} if ended is not None and isinstance(self._llm, Endpoint) else {}
        said = (self._llm.chat(messages, **can_end).message.content or "").strip()
        if not said:
            raise ModelFailed(f"The language model {self.name} said nothing.")
        return said


class Endpoint(CustomLLM):
    """A model behind an OpenAI-compatible server (Ollama, vLLM, llama.cpp, Azure), asked over its chat completions."""

    _settings: ModelSettings = PrivateAttr()

    def __init__(self, settings: ModelSettings) -> None:
        """Raise NoModel where the address can't be one."""
        super().__init__()
        _checked(settings.url)
        self._settings = settings

    @classmethod
    def class_name(cls) -> str:
        """LlamaIndex's name for it."""
        return "council_papers_endpoint"

    @property
    def metadata(self) -> LLMMetadata:
        """What LlamaIndex wants to know of it."""
        return LLMMetadata(model_name=self._settings.name, num_output=MOST_TOKENS, is_chat_model=True)

    def chat(
        self, messages: Sequence[ChatMessage], *, ended: threading.Event | None = None, **kwargs: Any
    ) -> ChatResponse:
        """One answer, always the same for the same messages as far as the server can; raises ModelFailed, at once when
        `ended` is set."""
        asked = {
            "model": self._settings.name,
            "messages": [{"role": m.role.value, "content": m.content or ""} for m in messages],
            "temperature": 0,
            "seed": 0,
            "max_tokens": MOST_TOKENS,
            **kwargs,
        }
        return ChatResponse(
            message=ChatMessage(
                role=MessageRole.ASSISTANT, content=_posted(self._settings, asked, ended or threading.Event())
            )
        )

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        """The same for a text without roles."""
        del formatted
        said = self.chat([ChatMessage(role=MessageRole.USER, content=prompt)], **kwargs)
        return CompletionResponse(text=said.message.content or "")

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:
        """The same in one piece: a sentence is shown only when it has been checked."""
        said = self.complete(prompt, formatted, **kwargs)
        yield CompletionResponse(text=said.text, delta=said.text)


def connect(settings: ModelSettings) -> Model:
    """The language model of these settings; raises NoModel where the address can't be one. Nothing is sent yet."""
    return LlamaIndexModel(Endpoint(settings))


def _checked(url: str) -> tuple[type[http.client.HTTPConnection], str, int | None, str]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.scheme not in ("http", "https") or parts.username is not None or parts.query or parts.fragment:
        # The address isn't repeated: somebody may have written a key into it.
        raise NoModel(
            f"{MODEL_URL_VARIABLE} is no address of a server: it begins with http:// or https:// and ends before"
            " /chat/completions, such as http://localhost:11434/v1."
        )
    secure = parts.scheme == "https"
    path = parts.path.rstrip("/").removesuffix("/chat/completions") + "/chat/completions"
    return http.client.HTTPSConnection if secure else http.client.HTTPConnection, host, port, path


def host_of(settings: ModelSettings) -> str:
    """The machine on which the model's server runs, by its name or number; raises NoModel like `connect`."""
    return _checked(settings.url)[1]


def _posted(settings: ModelSettings, asked: dict[str, Any], ended: threading.Event) -> str:
    """The server's answer to a request for a chat completion; raises ModelFailed, after `seconds` at the latest, or
    when `ended` is set."""
    kind, host, port, path = _checked(settings.url)
    connection = kind(host, port, timeout=settings.seconds)
    late, done = threading.Event(), threading.Event()
    headers = {"Content-Type": "application/json", "Accept": "application/json", "Connection": "close"}
    try:
        if settings.key:
            headers["Authorization"] = f"Bearer {settings.key}"
        connection.connect()
        watched = (connection.sock, settings.seconds, ended, late, done)
        threading.Thread(target=_watch, args=watched, daemon=True).start()
        try:
            connection.request("POST", path, json.dumps(asked).encode(), headers)
            with connection.getresponse() as response:
                status, body = response.status, response.read(MOST_BYTES + 1)
        finally:
            done.set()
    except (OSError, http.client.HTTPException, ValueError) as error:
        # What went wrong isn't quoted: an error of a header holds the header, and that the key.
        if ended.is_set():
            raise ModelFailed(_stopped(settings)) from None
        slow = late.is_set() or isinstance(error, TimeoutError)
        raise ModelFailed(
            _slow(settings) if slow else f"The language model's server at {host} can't be reached."
        ) from None
    finally:
        connection.close()
    if ended.is_set():
        raise ModelFailed(_stopped(settings))
    if late.is_set():
        raise ModelFailed(_slow(settings))
    if status != http.HTTPStatus.OK:
        raise ModelFailed(f"The language model's server at {host} refused (status {status}).")
    return _content(body, host)


def _content(body: bytes, host: str) -> str:
    try:
        if len(body) > MOST_BYTES:
            raise ValueError
        said = json.loads(body)["choices"][0]["message"]["content"]
        if not isinstance(said, str):
            raise TypeError
    except (ValueError, LookupError, TypeError, RecursionError):
        raise ModelFailed(f"The language model's server at {host} answered with something that is no draft.") from None
    return said


def _watch(
    sock: socket.socket, seconds: float, ended: threading.Event, late: threading.Event, done: threading.Event
) -> None:
    """Until it is `done`, end a connection, whatever is being waited for on it, after so many seconds, which sets
    `late`, or when `ended` is set."""
    until = time.monotonic() + seconds
    while not done.is_set():
        left = until - time.monotonic()
        if left <= 0:
            late.set()
        elif not ended.wait(min(LOOK_EVERY, left)):
            continue
        with contextlib.suppress(OSError):  # it has ended by itself
            sock.shutdown(socket.SHUT_RDWR)
        return


def _stopped(settings: ModelSettings) -> str:
    return f"The language model {settings.name} was stopped."


def _slow(settings: ModelSettings) -> str:
    return f"The language model {settings.name} didn't answer within {settings.seconds:g} seconds."
