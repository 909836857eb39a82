"""OpenAIModel against a real server on this machine: what each answer of a service becomes."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from summarywriter import Failure, FailureKind, Message, ModelConfigError, OpenAIModel, Reply, Request
from summarywriter.models.patience import Patience, retry_after

ASK = Request("draft", "s1", (Message("system", "寫"), Message("user", "{1}")))
ASK_JSON = Request("critique", "", ASK.messages, schema={"type": "object"}, max_tokens=99)

Said = tuple[int, Any] | tuple[int, Any, dict[str, str]]


def completion(content: str | None, finish: str | None = "stop", **message: Any) -> dict[str, Any]:
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "qwen3-real",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish,
                "message": {"role": "assistant", "content": content, **message},
            }
        ],
        "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
    }


def error(message: str, code: str | None = None) -> dict[str, Any]:
    return {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}


class Server:
    """Answers in the order given, the last one again and again, and keeps what it was sent."""

    def __init__(self) -> None:
        self.answers: list[Said | Callable[[dict[str, Any]], Said]] = []
        self.sent: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                server.sent.append(body)
                server.headers.append({key.lower(): value for key, value in self.headers.items()})
                said = server.answers.pop(0) if len(server.answers) > 1 else server.answers[0]
                status, data, *more = said(body) if callable(said) else said
                raw = data.encode() if isinstance(data, str) else json.dumps(data).encode()
                self.send_response(status)
                kind = "text/html" if isinstance(data, str) else "application/json"
                for key, value in {
                    "content-type": kind,
                    "content-length": str(len(raw)),
                    **dict(*more),
                }.items():
                    self.send_header(key, value)
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *args: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/v1"

    def model(self, **options: Any) -> OpenAIModel:
        return OpenAIModel("qwen3", **{"base_url": self.url, "backoff": 0.0, "timeout": 5.0, **options})


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.http.shutdown()
    thread.join()
    server.http.server_close()


@pytest.fixture(params=["blocking", "awaited"])
def ask(request: pytest.FixtureRequest) -> Callable[[OpenAIModel, Request], Reply | Failure]:
    if request.param == "blocking":
        return lambda model, asked: model.complete(asked)
    return lambda model, asked: asyncio.run(model.acomplete(asked))


Ask = Callable[[OpenAIModel, Request], Reply | Failure]


def test_a_reply_is_whole_with_usage_and_the_services_own_name(server: Server, ask: Ask) -> None:
    server.answers = [(200, completion("{1}舉行。"))]
    reply = ask(server.model(), ASK)
    assert isinstance(reply, Reply)
    assert (reply.text, reply.finish_reason, reply.model) == ("{1}舉行。", "stop", "qwen3-real")
    assert (reply.usage.prompt_tokens, reply.usage.completion_tokens) == (11, 7)
    assert server.sent[0]["messages"] == [
        {"role": "system", "content": "寫"},
        {"role": "user", "content": "{1}"},
    ]
    assert server.sent[0]["model"] == "qwen3"
    assert "response_format" not in server.sent[0]


def test_no_key_is_needed_and_a_key_is_sent(server: Server, ask: Ask) -> None:
    server.answers = [(200, completion("好"))]
    ask(server.model(), ASK)
    ask(server.model(api_key="sk-1"), ASK)
    assert [h["authorization"] for h in server.headers] == ["Bearer none", "Bearer sk-1"]


def test_fields_of_the_service_own_are_sent(server: Server, ask: Ask) -> None:
    server.answers = [(200, completion("好"))]
    ask(server.model(extra_body={"enable_thinking": False}), ASK)
    assert server.sent[0]["enable_thinking"] is False


@pytest.mark.parametrize("status", [429, 500, 503, 408])
def test_a_passing_fault_is_tried_again(server: Server, ask: Ask, status: int) -> None:
    server.answers = [
        (status, error("busy"), {"retry-after": "0"}),
        (status, error("busy")),
        (200, completion("好")),
    ]
    reply = ask(server.model(), ASK)
    assert isinstance(reply, Reply)
    assert len(server.sent) == 3


@pytest.mark.parametrize(
    ("status", "kind"), [(429, FailureKind.RATE), (502, FailureKind.SERVER), (422, FailureKind.FORMAT)]
)
def test_a_fault_that_stays_is_a_failure(server: Server, ask: Ask, status: int, kind: FailureKind) -> None:
    server.answers = [(status, error("still busy"))]
    failure = ask(server.model(max_retries=1), ASK)
    assert isinstance(failure, Failure)
    assert failure.kind is kind
    assert "still busy" in failure.message
    assert len(server.sent) == (1 if status == 422 else 2)


def test_an_empty_account_is_not_asked_again(server: Server, ask: Ask) -> None:
    server.answers = [(429, error("You exceeded your current quota", "insufficient_quota"))]
    failure = ask(server.model(), ASK)
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.RATE
    assert len(server.sent) == 1


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_configuration_that_cannot_work_raises_at_once(server: Server, ask: Ask, status: int) -> None:
    server.answers = [(status, error("model not found"))]
    with pytest.raises(ModelConfigError, match=f"{status} for model qwen3: .*model not found") as raised:
        ask(server.model(), ASK)
    assert len(server.sent) == 1
    assert raised.value.__cause__ is not None


@pytest.mark.parametrize(
    "answer",
    [
        (400, error("Content Exists Risk")),
        (400, error("Input data may contain inappropriate content.", "data_inspection_failed")),
        (200, completion("", "content_filter")),
        (200, completion(None, refusal="I cannot")),
    ],
)
def test_a_refusal_is_a_refusal_and_not_tried_again(server: Server, ask: Ask, answer: Said) -> None:
    server.answers = [answer]
    failure = ask(server.model(), ASK_JSON)
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.REFUSED
    assert len(server.sent) == 1


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (completion("寫到一半", "length"), FailureKind.TRUNCATED),
        (completion(""), FailureKind.FORMAT),
        (completion(None), FailureKind.FORMAT),
        ({**completion("好"), "choices": []}, FailureKind.FORMAT),
        ("<html>Welcome</html>", FailureKind.FORMAT),
    ],
)
def test_what_is_no_whole_reply_is_a_failure(server: Server, ask: Ask, data: Any, kind: FailureKind) -> None:
    server.answers = [(200, data)]
    failure = ask(server.model(), ASK)
    assert isinstance(failure, Failure)
    assert failure.kind is kind


def test_a_reply_without_a_reason_to_finish_is_whole(server: Server, ask: Ask) -> None:
    server.answers = [(200, {**completion("好", None), "usage": None})]
    assert ask(server.model(), ASK) == Reply("好", "stop", model="qwen3-real")


@pytest.mark.parametrize(
    ("content", "usage", "tokens"),
    [
        ([{"type": "text", "text": "共"}, {"type": "text", "text": "{1}。"}], None, (0, 0)),
        ("共{1}。", {"prompt_tokens": None, "completion_tokens": "7"}, (0, 0)),
        ("共{1}。", {"prompt_tokens": 11}, (11, 0)),
    ],
)
def test_a_reply_is_read_for_what_it_has(
    server: Server, ask: Ask, content: Any, usage: Any, tokens: tuple[int, int]
) -> None:
    server.answers = [(200, {"choices": [{"message": {"content": content}}], "usage": usage})]
    reply = ask(server.model(), ASK)
    assert isinstance(reply, Reply)
    assert reply.text == "共{1}。"
    assert (reply.usage.prompt_tokens, reply.usage.completion_tokens) == tokens


def test_a_ceiling_is_sent_with_every_request_and_every_line_of_a_batch(server: Server, ask: Ask) -> None:
    model = OpenAIModel("m", base_url=server.url, max_tokens=50)
    server.answers = [(200, completion("好"))]
    ask(model, ASK)
    ask(model, ASK_JSON)
    assert [body["max_tokens"] for body in server.sent] == [50, 50]
    assert [model.body(request)["max_tokens"] for request in (ASK, ASK_JSON)] == [50, 50]
    assert "max_tokens" not in server.model().body(ASK)


def test_formats_are_tried_from_the_strictest_and_what_works_is_kept(server: Server, ask: Ask) -> None:
    def picky(body: dict[str, Any]) -> Said:
        fine = "response_format" not in body
        return (200, completion("{}")) if fine else (400, error("response_format is not supported"))

    server.answers = [picky]
    model = server.model()
    assert isinstance(ask(model, ASK_JSON), Reply)
    kinds = [body.get("response_format", {}).get("type") for body in server.sent]
    assert kinds == ["json_schema", "json_object", None]
    assert server.sent[0]["response_format"]["json_schema"] == {
        "name": "critique",
        "schema": {"type": "object"},
    }
    assert isinstance(ask(model, ASK_JSON), Reply)
    assert len(server.sent) == 4


def test_fields_that_a_service_does_not_know_are_left_out(server: Server, ask: Ask) -> None:
    def reasoning(body: dict[str, Any]) -> Said:
        if "max_tokens" in body:
            return 400, error("Unsupported parameter: 'max_tokens'; use 'max_completion_tokens'")
        if "temperature" in body:
            return 400, error("Unsupported value: 'temperature'")
        return 200, completion("{}")

    server.answers = [reasoning]
    assert isinstance(ask(server.model(), ASK_JSON), Reply)
    assert server.sent[-1]["max_completion_tokens"] == 99
    assert server.sent[-1]["response_format"]["type"] == "json_schema"


def test_a_service_that_does_not_answer_in_time_is_a_timeout(server: Server, ask: Ask) -> None:
    late = threading.Event()

    def slow(_: dict[str, Any]) -> Said:
        late.wait(2)
        return 200, completion("晚")

    server.answers = [slow]
    failure = ask(server.model(timeout=0.2, max_retries=0), ASK)
    late.set()
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.TIMEOUT
    assert failure.message == "no answer in 0.2 s"


def test_a_server_that_is_not_there_is_a_failure(server: Server, ask: Ask) -> None:
    model = OpenAIModel("qwen3", base_url="http://127.0.0.1:9/v1", max_retries=1, backoff=0.0)
    failure = ask(model, ASK)
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.SERVER
    assert "127.0.0.1:9" in failure.message


@pytest.mark.parametrize(
    "url", ["127.0.0.1:8000", "ftp://host/v1", "http://", "http://host:port/v1", "http://a b/v1"]
)
def test_what_is_no_url_is_refused_before_any_request(url: str) -> None:
    with pytest.raises(ModelConfigError, match="not the URL"):
        OpenAIModel("qwen3", base_url=url)


def test_a_model_needs_a_name() -> None:
    with pytest.raises(ModelConfigError, match="no name"):
        OpenAIModel(" ")


def test_the_services_own_endpoint_needs_a_key(ask: Ask) -> None:
    with pytest.raises(ModelConfigError, match="cannot be reached"):
        ask(OpenAIModel("gpt-4o"), ASK)


class TestWaiting:
    """The policy by itself: no test sleeps half a minute."""

    def state(self, attempt: int, **headers: str) -> Any:
        class Response:
            pass

        class Outcome:
            @staticmethod
            def exception() -> Exception:
                fault = RuntimeError()
                fault.response = Response()  # type: ignore[attr-defined]
                return fault

        class State:
            outcome = Outcome
            attempt_number = attempt

        Response.headers = {key.replace("_", "-"): value for key, value in headers.items()}  # type: ignore[attr-defined]
        return State()

    def patience(self, *, left: float | None = None, retries: int = 3) -> Patience:
        deadline = None if left is None else time.monotonic() + left
        return Patience(retries, 1.0, deadline, lambda _: False)

    def test_waits_double_with_jitter(self) -> None:
        assert 0.5 <= self.patience()._wait(self.state(1)) <= 1.5
        assert 2.0 <= self.patience()._wait(self.state(3)) <= 6.0
        assert 15.0 <= self.patience()._wait(self.state(30)) <= 45.0

    @pytest.mark.parametrize(
        ("headers", "seconds"),
        [
            ({"retry_after": "1"}, 1.0),
            ({"retry_after": "30"}, 30.0),
            ({"retry_after": "150"}, 150.0),
            ({"retry_after_ms": "2500", "retry_after": "9"}, 2.5),
            ({"retry_after": "soon"}, 0.0),
            ({"retry_after": "nan"}, 0.0),
            ({"retry_after": "-5"}, 0.0),
            ({}, 0.0),
        ],
    )
    def test_what_the_service_asks_for_is_waited_for_and_no_less(
        self, headers: dict[str, str], seconds: float
    ) -> None:
        state = self.state(1, **headers)
        assert retry_after(state.outcome.exception()) == seconds
        assert seconds <= self.patience()._wait(state) <= seconds + 1.5

    def test_a_date_is_waited_for_too(self) -> None:
        date = format_datetime(datetime.fromtimestamp(time.time() + 60, UTC))
        assert 55 < retry_after(self.state(1, retry_after=date).outcome.exception()) <= 61

    def test_what_cannot_be_waited_for_before_the_deadline_is_not_begun(self) -> None:
        assert self.patience(left=10)._stops(self.state(1, retry_after="30"))
        assert not self.patience(left=40)._stops(self.state(1, retry_after="30"))
        assert self.patience(left=140)._stops(self.state(1, retry_after="150"))
        assert not self.patience()._stops(self.state(1, retry_after="150"))
        assert self.patience()._stops(self.state(1, retry_after="86400"))
        assert self.patience(retries=2)._stops(self.state(3))
