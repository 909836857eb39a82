"""SIGKILL at any moment: run again, and all is written once, no reply that is kept is paid for again.

`make bench` does the same with 500 sheets and five kills.
"""

from __future__ import annotations

import random
import sqlite3
import time

import pytest

SHEETS, KILLS = 14, 3


def kept(out) -> int:
    try:
        with sqlite3.connect(f"file:{out}/.summarywriter/replies.db?mode=ro", uri=True) as db:
            return db.execute("SELECT count(*) FROM replies").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


@pytest.mark.parametrize("seed", [1])
def test_kills(begun, folder, good_replies, loopback, batch, tmp_path, seed):  # noqa: PLR0917
    sheets, out = folder(SHEETS), tmp_path / "out"
    replies = good_replies(sheets)
    server = loopback(replies, "--delay", 0.05)
    words = (sheets, "-o", out, "--format", "md", "--model", "m", "--base-url", server.url, "--parallel", 16)
    rng = random.Random(seed)  # noqa: S311
    lost = 0
    for kill in range(KILLS):
        goal = kept(out) + rng.randint(1, len(replies) // (KILLS + 2))
        with begun(*words) as process:
            while kept(out) < goal and process.poll() is None:
                time.sleep(0.005)
            assert process.poll() is None, f"it ended before kill {kill}"
            process.kill()
            process.wait()
        time.sleep(0.3)  # its own processes end as their pipe closes
        lost += 16  # at most what was on the wire
    last = batch(*words)
    assert last.returncode == 0, last.stderr
    assert f"{SHEETS} 張表：寫成 {SHEETS}，未成 0" in last.stderr
    stats = server.stats()
    # What was paid for and is not kept was on the wire at a kill: 16 requests each time at most.
    assert 0 <= stats["asked"] - kept(out) <= lost
    assert len(stats["keys"]) - kept(out) <= lost
    written = sorted(out.glob("*.md"))
    assert len(written) == SHEETS
    assert not list(out.rglob("*.tmp"))
    with sqlite3.connect(out / ".summarywriter" / "journal.db") as db:
        rows = db.execute("SELECT state, outputs FROM sheets").fetchall()
    assert {state for state, _ in rows} == {"done"}
    import hashlib
    import json

    for _, outputs in rows:
        for file, digest in json.loads(outputs).items():
            assert hashlib.sha256((out / file).read_bytes()).hexdigest() == digest
    once_more = batch(*words)
    assert server.stats()["asked"] == stats["asked"]
    assert once_more.stderr.splitlines()[-2:] == last.stderr.splitlines()[-2:]


def test_an_edited_sheet_asks_only_for_itself(folder, good_replies, loopback, batch, tmp_path):
    sheets, out = folder(3), tmp_path / "out"
    server = loopback(good_replies(sheets), "--delay", 0)
    words = (sheets, "-o", out, "--format", "md", "--model", "m", "--base-url", server.url)
    assert batch(*words).returncode == 0
    asked = server.stats()["asked"]
    edited = next(file for file in sorted(sheets.iterdir()) if file.suffix == ".json")
    edited.write_text(edited.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert batch(*words).returncode == 0
    assert server.stats()["asked"] == asked  # the same prompts: nothing is paid for twice


def test_a_wrong_key_ends_the_run_with_code_3(folder, batch, tmp_path):
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer

    class Refuses(BaseHTTPRequestHandler):
        def do_POST(self):
            self.send_response(401)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Refuses)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/v1"
        done = batch(folder(3), "-o", tmp_path / "out", "--model", "m", "--base-url", url)
        assert done.returncode == 3
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
