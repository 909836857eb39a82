"""No test reaches the network: the guard of conftest.py, seen to hold."""

from __future__ import annotations

import asyncio
import socket
import urllib.request

import pytest


def test_a_stranger_is_refused() -> None:
    with socket.socket() as caller, pytest.raises(RuntimeError, match="tests use no network"):
        caller.connect(("192.0.2.1", 80))


def test_a_name_is_not_even_looked_up() -> None:
    with pytest.raises(RuntimeError, match="tests use no network"):
        urllib.request.urlopen("http://example.invalid/")


def test_async_code_is_refused_too() -> None:
    async def call() -> None:
        await asyncio.open_connection("192.0.2.1", 80)

    with pytest.raises(RuntimeError, match="tests use no network"):
        asyncio.run(call())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_reached(host: str) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        with socket.create_connection((host, server.getsockname()[1]), timeout=5) as caller:
            assert caller.getpeername()[0] == "127.0.0.1"
