"""The batch queue: expired batches, failed lines, a kill between two waves; nothing asked for twice."""

from __future__ import annotations

import pytest

from summarywriter import SummaryWriter, load_facts
from summarywriter.batch import Journal, Setting, run_batch, sheets_in
from summarywriter.batch.openai_batch import BatchQueueEngine


class KilledError(BaseException):
    """Stands for the end of the process."""


def run(sheets, out, url, *, sleep=lambda _: __import__("time").sleep(0.02), formats=("md",)):
    setting = Setting(formats=formats, model="m", base_url=url, retries=1)
    with Journal(out) as journal:
        engine = BatchQueueEngine(setting, journal, poll=0.02, sleep=sleep)
        return run_batch(sheets_in([sheets]), journal, engine, setting)


def test_an_expired_batch_and_one_line_in_twenty_failed(folder, good_replies, loopback, tmp_path):
    sheets, out = folder(24), tmp_path / "out"
    replies = good_replies(sheets)
    server = loopback(replies, "--failing", 0.05, "--expire", 1)
    totals = run(sheets, out, server.url)
    assert (totals.done, totals.failed, totals.fallbacks, totals.errors) == (24, 0, 0, 0)
    stats = server.stats()
    assert stats["batches"][0] == "expired"
    assert stats["asked"] == len(stats["keys"])  # each request was answered once
    assert len(stats["batches"]) <= 8  # three waves, and what had to be handed in again
    for sheet in list(sheets.iterdir())[:6]:
        written = (out / f"{sheet.stem}.md").read_text(encoding="utf-8")
        assert written == SummaryWriter().write(load_facts(sheet)).markdown


@pytest.mark.parametrize("after", [1, 5])
def test_a_run_that_ends_while_it_waits_hands_nothing_in_twice(
    folder, good_replies, loopback, tmp_path, after
):
    sheets, out = folder(6), tmp_path / "out"
    server = loopback(good_replies(sheets), "--batch-delay", 0.4)
    looks = [0]

    def sleep(_):
        looks[0] += 1
        if looks[0] == after:
            raise KilledError
        __import__("time").sleep(0.02)

    with pytest.raises(KilledError):
        run(sheets, out, server.url, sleep=sleep)
    before = len(server.stats()["batches"])
    totals = run(sheets, out, server.url)
    assert totals.done == 6
    stats = server.stats()
    assert stats["asked"] == len(stats["keys"])
    assert len(stats["batches"]) - before <= 2  # the critique and the revisions, or fewer


def test_a_batch_that_was_handed_in_and_not_taken_down_is_found_again(
    folder, good_replies, loopback, tmp_path, monkeypatch
):
    sheets, out = folder(6), tmp_path / "out"
    server = loopback(good_replies(sheets))
    with monkeypatch.context() as patch:

        def killed(*_):
            raise KilledError

        patch.setattr(Journal, "submitted", killed)
        with pytest.raises(KilledError):
            run(sheets, out, server.url)
    assert len(server.stats()["batches"]) == 1
    assert run(sheets, out, server.url).done == 6
    stats = server.stats()
    assert stats["asked"] == len(stats["keys"])


def test_on_the_command_line(folder, good_replies, loopback, batch, tmp_path):
    sheets, out = folder(3), tmp_path / "out"
    (sheets / "bad.yaml").write_text("標題: [", encoding="utf-8")
    server = loopback({}, "--delay", 0)
    done = batch(
        sheets,
        "-o",
        out,
        "--engine",
        "openai-batch",
        "--model",
        "m",
        "--base-url",
        server.url,
        "--poll",
        "0.05",
    )
    assert done.returncode == 1, done.stderr
    assert "4 張表：寫成 3，未成 1" in done.stderr
    assert len(list(out.glob("*.docx"))) == 3
