"""An OpenAI-compatible server, asked over loopback: one that answers, and those that don't."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler

import pytest
from llama_index.core.llms import MockLLM

from assistant.model import Endpoint, LlamaIndexModel, ModelFailed, connect
from assistant.settings import MODEL_SECONDS, ModelSettings, NoModel, model_settings
from tests.endpoint import Answering, says, sends, serving

KEY = "not-to-be-shown-4711"


def settings(url: str, seconds: float = 20, key: str | None = KEY) -> ModelSettings:
    return ModelSettings(url, "small", key, seconds)


def failure(url: str, seconds: float = 20) -> str:
    with pytest.raises(ModelFailed) as failed:
        connect(settings(url, seconds)).reply("Be brief.", "Who?")
    assert KEY not in str(failed.value)
    assert failed.value.__cause__ is None
    return str(failed.value)


def test_a_server_is_asked_once_in_the_form_that_all_of_them_know() -> None:
    with serving(says(" The hub [1]. ")) as (url, asked):
        model = connect(settings(url))
        assert (model.name, model.reply("Be brief.", "Who?")) == ("small", "The hub [1].")
    messages = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Who?"}]
    wanted = {"path": "/v1/chat/completions", "key": f"Bearer {KEY}", "model": "small", "messages": messages}
    assert len(asked) == 1
    assert wanted.items() <= asked[0].items()
    assert asked[0]["temperature"] == 0


def test_without_a_key_none_is_sent() -> None:
    with serving(says("Yes.")) as (url, asked):
        connect(settings(f"{url}/chat/completions", key=None)).reply("", "?")
    assert (asked[0]["key"], asked[0]["path"]) == (None, "/v1/chat/completions")


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (sends(b"no", 500), "status 500"),
        (sends(b"no", 401), "status 401"),
        (sends(b"", 302, Location="http://127.0.0.1:1/v1"), "status 302"),
        (sends(b"<html>"), "no draft"),
        (sends(b'{"choices": []}'), "no draft"),
        (sends(b"[" * 100_000), "no draft"),
        (sends(b'"' + b"x" * 1_000_001 + b'"'), "no draft"),
        (says(None), "no draft"),
        (says(" "), "said nothing"),
        (lambda request: request.wfile.write(b"\0\0\0\n"), "can't be reached"),
        (lambda request: None, "can't be reached"),
    ],
)  # fmt: skip
def test_a_server_that_fails_or_lies_is_told_in_a_sentence(answer: Answering, sentence: str) -> None:
    with serving(answer) as (url, _):
        assert sentence in failure(url)


def test_a_server_that_is_not_there_is_told_in_a_sentence() -> None:
    with serving(says("")) as (url, _):
        pass
    assert failure(url) == "The language model's server at 127.0.0.1 can't be reached."


def trickles(request: BaseHTTPRequestHandler) -> None:
    """One byte now and then, for ever: no single wait is long."""
    request.send_response(200)
    request.end_headers()
    for _ in range(1000):
        try:
            request.wfile.write(b" ")
        except OSError:
            return
        time.sleep(0.02)


def test_a_server_that_is_slow_or_trickles_is_left_when_its_time_is_over() -> None:
    gone = threading.Event()
    for answer in (lambda request: gone.wait(30), trickles):
        began = time.monotonic()
        with serving(answer) as (url, _):  # type: ignore[arg-type]
            assert failure(url, 0.2) == "The language model small didn't answer within 0.2 seconds."
            assert time.monotonic() - began < 10
            gone.set()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:11434",
        "ftp://there/v1",
        "http://",
        f"http://me:{KEY}@there/v1",
        "http://[",
        "http://there:x/",
        f"http://there/v1?key={KEY}",
    ],
)
def test_what_is_no_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(NoModel) as refused:
        Endpoint(settings(url))
    assert KEY not in str(refused.value)


def test_a_key_is_never_shown() -> None:
    endpoint = Endpoint(settings("http://localhost/v1"))
    assert KEY not in f"{endpoint!r} {endpoint} {endpoint.model_dump()} {endpoint.to_json()} {endpoint._settings}"
    assert KEY in (endpoint._settings.key or "")


def test_a_key_that_no_header_can_hold_is_not_repeated() -> None:
    with serving(says("Yes.")) as (url, asked), pytest.raises(ModelFailed) as failed:
        connect(settings(url, key=f"{KEY}\nX: y")).reply("", "?")
    assert KEY not in str(failed.value)
    assert not asked


def test_any_other_model_of_llamaindex_will_do() -> None:
    assert LlamaIndexModel(MockLLM()).reply("Be brief.", "Who?").endswith("assistant:")


def test_a_model_is_also_asked_without_roles() -> None:
    with serving(says("Yes.")) as (url, _):
        endpoint = Endpoint(settings(url))
        assert endpoint.complete("?").text == "Yes."
        assert [each.delta for each in endpoint.stream_complete("?")] == ["Yes."]


SET = {"COUNCIL_PAPERS_MODEL_URL": "http://localhost/v1", "COUNCIL_PAPERS_MODEL": "small"}


def test_a_model_is_set_by_the_environment() -> None:
    assert model_settings(SET) == ModelSettings("http://localhost/v1", "small", None, MODEL_SECONDS)
    more = {**SET, "COUNCIL_PAPERS_MODEL_KEY": KEY, "COUNCIL_PAPERS_MODEL_SECONDS": "1.5"}
    assert model_settings(more) == ModelSettings("http://localhost/v1", "small", KEY, 1.5)


@pytest.mark.parametrize("missing", SET)
def test_half_a_model_is_none_and_what_is_missing_is_named(missing: str) -> None:
    with pytest.raises(NoModel, match=missing):
        model_settings({**SET, missing: " "})


@pytest.mark.parametrize("seconds", ["soon", "0", "-1", "nan", "inf"])
def test_a_time_that_is_none_is_refused(seconds: str) -> None:
    with pytest.raises(NoModel, match="SECONDS"):
        model_settings({**SET, "COUNCIL_PAPERS_MODEL_SECONDS": seconds})


def test_a_server_is_left_at_once_when_nobody_waits_for_it_any_more() -> None:
    ended, asked_for, left = threading.Event(), threading.Event(), threading.Event()

    def waits(request: BaseHTTPRequestHandler) -> None:
        asked_for.set()
        # The other end has hung up when there is nothing to read.
        if request.connection.recv(1) == b"":
            left.set()

    with serving(waits) as (url, _):
        threading.Thread(target=lambda: asked_for.wait(5) and ended.set()).start()
        began = time.perf_counter()
        with pytest.raises(ModelFailed, match="small was stopped"):
            connect(settings(url)).reply("Be brief.", "Who?", ended)
        assert time.perf_counter() - began < 5
        assert left.wait(5), "the server is told"
