"""What a service's fault means: whether to wait, to give up the section, or to tell the user at once.

Services say the same thing in many ways; the marks of each are kept here, and nowhere else. docs/models.md
states the behaviour, a row a fault, and a test holds each row.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from summarywriter.chat import Failure, FailureKind
from summarywriter.errors import ModelConfigError

_LONGEST_SAID = 500
_BAD_REQUEST, _PAYMENT, _FORBIDDEN, _TOO_LARGE, _UNPROCESSABLE = 400, 402, 403, 413, 422
_TOO_MANY, _SERVER_ERROR, _LAST_CLIENT_ERROR = 429, 500, 499
_CONFIG = frozenset({401, 403, 404, 405})
_TRANSIENT = frozenset({408, 409, 425, 429})

_REFUSED = re.compile(
    r"content exists risk|data_?inspection_?failed|content[_ ]?(filter|policy|management)"
    r"|responsibleaipolicy|inappropriate content|sensitive (word|content|information|data)"
    r"|敏感|違規|违规|moderation",
    re.IGNORECASE,
)
"""A filter refused the text: trying again changes nothing."""

_TOO_LONG = re.compile(
    r"context[_ ]?(length|window|size)|available context|maximum context|too many (input )?tokens"
    r"|prompt is too long|input is too long|request too large|range of input length",
    re.IGNORECASE,
)
_NO_SUCH_MODEL = re.compile(
    r"model\b.{0,60}(not exist|not found|not supported|unknown)|(unknown|no such|invalid) model",
    re.IGNORECASE | re.DOTALL,
)
_OUT_OF_MONEY = re.compile(
    r"insufficient[_ ](quota|balance)|arrearage|exceeded your current quota", re.IGNORECASE
)

_TRANSPORT = ("httpx", "httpx2", "httpcore", "httpcore2", "h11", "ssl", "anyio")
"""Roots of the modules whose exceptions tell of the wire; the SDK lets some through unwrapped."""


class UnfinishedError(Exception):
    """A stream that broke off, or an answer that is no JSON: as good as a connection that was lost."""


def status_of(error: BaseException) -> int:
    """The HTTP status of an answer, 0 where there was none."""
    status = getattr(error, "status_code", 0)
    return status if isinstance(status, int) else 0


def said_by(error: BaseException, key: str | None = None) -> str:
    """What the service said, on one line, with no key in it."""
    said = " ".join(str(error).split()) or type(error).__name__
    return without_key(said, key)[:_LONGEST_SAID]


def without_key(text: str, key: str | None) -> str:
    """A text with no key in it: some services say it back."""
    return text.replace(key, "***") if key and key in text else text


def without_login(url: str) -> str:
    """A URL with neither login, query nor fragment: it may be shown and logged.

    >>> without_login("http://user:word@10.0.0.1:8000/v1?key=1")
    'http://10.0.0.1:8000/v1'
    """
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def is_of_the_wire(error: BaseException) -> bool:
    """Whether the connection failed, whatever layer says so."""
    from openai import APIConnectionError

    if isinstance(error, APIConnectionError | UnfinishedError | OSError):
        return True
    return type(error).__module__.partition(".")[0] in _TRANSPORT


def is_of_a_service(error: BaseException) -> bool:
    """Whether this is a service's fault in any layer's words, and no mistake of ours."""
    from openai import OpenAIError

    return isinstance(error, OpenAIError | TimeoutError) or is_of_the_wire(error)


def is_timeout(error: BaseException) -> bool:
    """Whether there was no answer in time."""
    from openai import APITimeoutError

    return isinstance(error, APITimeoutError | TimeoutError) or "Timeout" in type(error).__name__


def is_refusal(error: BaseException) -> bool:
    """Whether a filter refused the text."""
    return _BAD_REQUEST <= status_of(error) <= _LAST_CLIENT_ERROR and _REFUSED.search(str(error)) is not None


def is_too_long(error: BaseException) -> bool:
    """Whether the request does not fit the model's window, or the server's."""
    status = status_of(error)
    return status == _TOO_LARGE or (status >= _BAD_REQUEST and _TOO_LONG.search(str(error)) is not None)


def passes(error: BaseException) -> bool:
    """Whether another attempt may do better."""
    if is_of_the_wire(error):
        return True
    status = status_of(error)
    if _OUT_OF_MONEY.search(str(error)) or is_too_long(error):
        return False
    return (
        status in _TRANSIENT
        or status >= _SERVER_ERROR
        or getattr(error, "code", None) == "rate_limit_exceeded"
    )


def failure(error: BaseException, *, where: str, model: str, seconds: float, key: str | None) -> Failure:
    """What is left of a fault when nothing more can be tried.

    Args:
        error: The fault.
        where: The endpoint, fit to be shown.
        model: The model's name.
        seconds: What one attempt was given.
        key: The key, to be kept out of what is said.

    Raises:
        ModelConfigError: A configuration that cannot work: the user must mend it.
    """
    said, status = said_by(error, key), status_of(error)
    if is_timeout(error):
        return Failure(FailureKind.TIMEOUT, f"no answer in {seconds:g} s")
    if is_refusal(error):
        return Failure(FailureKind.REFUSED, f"refused by the service: {said}")
    if is_too_long(error):
        return Failure(FailureKind.TOO_LONG, f"more than the model takes: {said}")
    if status in _CONFIG or (status in (_BAD_REQUEST, _UNPROCESSABLE) and _NO_SUCH_MODEL.search(str(error))):
        # An SDK's error holds the service's words; where they hold the key, it must not go along.
        cause = None if key and key in str(error) else error
        raise ModelConfigError(f"{where} answered {status} for model {model}: {said}") from cause
    if status in (_TOO_MANY, _PAYMENT) or _OUT_OF_MONEY.search(str(error)):
        return Failure(FailureKind.RATE, said)
    if is_of_the_wire(error):
        reason = error if isinstance(error, UnfinishedError) else (error.__cause__ or error)
        return Failure(FailureKind.SERVER, f"no whole answer from {where}: {said_by(reason, key)}")
    if status >= _SERVER_ERROR:
        return Failure(FailureKind.SERVER, f"{status}: {said}")
    return Failure(FailureKind.FORMAT, f"{status}: {said}" if status else said)
