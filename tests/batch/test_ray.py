"""A Ray cluster of two nodes with one killed midway: every sheet is written, and written once."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("ray", reason="the extra `ray` is not installed: make ray")

SCRIPT = Path(__file__).with_name("ray_nodes.py")
SHEETS = int(os.environ.get("RAY_SHEETS", "500"))


def test_a_node_killed_midway(folder, good_replies, loopback, tmp_path):
    sheets, out = folder(SHEETS), tmp_path / "out"
    server = loopback(good_replies(sheets), "--delay", 0.2)
    words = [sys.executable, str(SCRIPT), str(sheets), str(out), server.url, str(SHEETS // 3)]
    clean = {k: v for k, v in os.environ.items() if not k.startswith("RAY_")}
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=600, env=clean)
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.strip().splitlines()[-1])
    assert told["killed_after"], "no node was killed"
    assert (told["done"], told["failed"], told["fallbacks"], told["sheets"]) == (SHEETS, 0, 0, SHEETS)
    with sqlite3.connect(out / ".summarywriter" / "journal.db") as db:
        assert db.execute("SELECT count(*) FROM sheets WHERE state = 'done'").fetchone() == (SHEETS,)
    with sqlite3.connect(out / ".summarywriter" / "replies.db") as db:
        kept = db.execute("SELECT count(*) FROM replies").fetchone()[0]
    stats = server.stats()
    assert 0 <= stats["asked"] - kept <= 64  # what was on the dead node's wire
    assert len(list(out.glob("*.md"))) == SHEETS


def test_on_the_command_line_with_a_cluster_of_its_own(folder, batch, tmp_path):
    sheets, out = folder(6), tmp_path / "out"
    done = batch(sheets, "-o", out, "--engine", "ray", "--format", "md")
    assert done.returncode == 0, done.stderr
    assert "6 張表：寫成 6，未成 0" in done.stderr
