"""What must not leave the house: which endpoints are in it, and which sheets may go to those that are not."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from summarywriter.errors import PrivacyError
from summarywriter.facts.diagnostic import Diagnostic
from summarywriter.facts.index import FactIndex
from summarywriter.facts.rules import texts
from summarywriter.messages import render

_SECRET = frozenset({"FL401", "FL402"})
_INSIDE = (".local", ".localdomain", ".lan", ".internal", ".intranet", ".home.arpa")


def is_remote(endpoint: str | None) -> bool:
    """Whether an endpoint is outside this machine and its private network.

    A host's name counts as inside if it has no dot or one of the endings that are kept for private networks;
    nothing is looked up.

    Args:
        endpoint: Its URL; ``None`` is the SDK's own default, which is remote.

    >>> is_remote("http://127.0.0.1:8000/v1"), is_remote("http://10.1.2.3/v1"), is_remote("http://llm-server/v1")
    (False, False, False)
    >>> is_remote("https://api.example.com/v1"), is_remote("http://8.8.8.8/v1"), is_remote(None)
    (True, True, True)
    """
    host = urlsplit(endpoint).hostname if endpoint else None
    if not host:
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return "." in host.rstrip(".") and not host.rstrip(".").endswith(_INSIDE)
    return not (address.is_private or address.is_loopback or address.is_link_local)


def marked(index: FactIndex) -> tuple[Diagnostic, ...]:
    """Secrecy markings and personal data in a sheet."""
    return tuple(found for found in texts.check(index) if found.code in _SECRET)


def see_that_it_may_leave(index: FactIndex, endpoint: str | None) -> None:
    """Refuse to send a marked sheet to a remote endpoint.

    Raises:
        PrivacyError: It is marked, and the endpoint is remote.
    """
    if not is_remote(endpoint):
        return
    found = marked(index)
    if found:
        script = index.event.script.value
        first = found[0].told(lang="en", script=script)
        where = endpoint or "the service's own endpoint"
        message = render("writer.marked", lang="en", count=len(found), first=first, endpoint=where)
        raise PrivacyError(message, found)
