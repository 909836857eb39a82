from __future__ import annotations

import io
import re
import sys

from summarywriter.cli.progress import Progress
from summarywriter.cli.terminal import Terminal
from summarywriter.summary import TraceEvent


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(screen: io.StringIO, monkeypatch) -> str:
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with Progress(Terminal("en")) as progress:
        for kind, stage, data in [
            ("wave", "draft", {"requests": 2}),
            ("request", "draft", {}),
            ("text", "draft", {"characters": 7}),
            ("text", "draft", {"characters": 12}),
            ("answered", "draft", {"whole": True}),
            ("reply", "draft", {}),
            ("findings", "verify", {}),
            ("wave", "draft", {"requests": 1}),
            ("answered", "draft", {"whole": True}),
            ("answered", "draft", {"whole": True}),
            ("wave", "critique", {"requests": 1}),
            ("answered", "critique", {"whole": True}),
            ("wave", "revise", {"requests": 4}),
            ("answered", "revise", {"whole": False}),
        ]:
            progress.event(TraceEvent(kind, stage, "s1", data))
    return screen.getvalue()


def test_a_person_sees_how_far_it_is(monkeypatch):
    seen = shown(Screen(), monkeypatch)
    last = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen).split("round 1, revising 1/4 sections")[0]
    assert "drafting 3/3 sections" in last
    assert "round 1, reading through 1/1" in last
    assert "12 characters received" in last
    assert last.count("━") > 40


def test_a_pipe_sees_nothing(monkeypatch):
    assert shown(io.StringIO(), monkeypatch) == ""


def test_colour_only_where_it_is_wanted(monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    for variable, coloured in (("", True), ("1", False)):
        screen = Screen()
        monkeypatch.setattr(sys, "stderr", screen)
        monkeypatch.setenv("NO_COLOR", variable)
        Terminal().note("有误", "error")
        assert ("\x1b[" in screen.getvalue()) is coloured
        assert "有误" in screen.getvalue()
