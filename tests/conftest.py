"""What every test has: no network, and the same random examples each time in CI."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


class NetworkBlockedError(RuntimeError):
    """A test reached for the network.

    No `OSError`, which code under test catches and retries: a test must fail for it, loudly.
    """


def _is_loopback(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse_strangers(host: object) -> None:
    if not _is_loopback(host):
        raise NetworkBlockedError(f"tests use no network, and this one reached for {host!r}")


def _guarded_address(real: Callable[..., Any]) -> Callable[..., Any]:
    """Guard a method of a socket whose last argument is an address."""

    def guarded(self: socket.socket, *args: Any) -> Any:
        # A Unix socket's address is a path, not a tuple: it stays on this machine.
        if args and isinstance(args[-1], tuple):
            _refuse_strangers(args[-1][0])
        return real(self, *args)

    return guarded


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Refuse every address but loopback, and every look-up of a name."""
    real_getaddrinfo = socket.getaddrinfo

    def getaddrinfo(host: object, *args: Any, **kwargs: Any) -> Any:
        _refuse_strangers(host)
        return real_getaddrinfo(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        for method in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, method, _guarded_address(getattr(socket.socket, method)))
        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        # A developer's own settings must not reach a test, nor a test their account.
        for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def needs_program() -> Callable[[str, str], str]:
    """Where a program of the system is, by its name and Debian's package.

    A developer's machine may do without it, and the test is skipped; CI may not, and the test fails.
    """

    def find(program: str, package: str) -> str:
        path = shutil.which(program)
        if path is not None:
            return path
        told = f"{program} is not installed (Debian: apt-get install {package})"
        if os.environ.get("CI"):
            pytest.fail(told)
        pytest.skip(told)

    return find
