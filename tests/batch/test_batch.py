"""``summarywriter batch`` without a model: what is written, what is reported, what a second run does."""

from __future__ import annotations

import csv
import errno
import io
import signal
import time

import pytest

from summarywriter import SummaryWriter, load_facts
from summarywriter.batch import Journal, LocalEngine, Outcome, Setting, run_batch, sheets_in
from summarywriter.batch.job import State
from summarywriter.errors import BatchError, ModelConfigError


def rows(out):
    text = (out / "batch-report.csv").read_text(encoding="utf-8-sig")
    return {row["事實表"]: row for row in csv.DictReader(io.StringIO(text))}


class InProcess:
    """An engine for tests: writes here, and does what it is told before a sheet."""

    def __init__(self, setting, before=lambda name: None):
        self.setting, self.before, self.wrote = setting, before, []

    def outcomes(self, jobs):
        import asyncio

        from summarywriter.batch.work import write_one

        writer = self.setting.writer(None)
        for job in jobs:
            self.before(job.name)
            self.wrote.append(job.name)
            yield asyncio.run(write_one(job, writer, self.setting))


def run(sheets, out, engine=None, **options):
    setting = Setting(formats=("md", "json"))
    engine = engine or InProcess(setting)
    with Journal(out) as journal:
        totals = run_batch(sheets_in([sheets]), journal, engine, setting, **options)
    return engine, totals


def test_every_sheet_is_written_as_write_would(folder, batch, tmp_path):
    sheets, out = folder(6), tmp_path / "out"
    (sheets / "bad.yaml").write_text("标题: 小结\n活动: [很多\n", encoding="utf-8")
    (sheets / "縣").mkdir()
    (sheets / "縣" / "00000.json").write_bytes(next(sheets.glob("*.json")).read_bytes())
    done = batch(sheets, "-o", out, "--format", "md,docx", "--format", "html", "--jobs", 2)
    assert done.returncode == 1, done.stderr
    assert "bad.yaml:2" in done.stderr
    assert "8 張表：寫成 7，未成 1" in done.stderr
    for sheet in sheets.glob("0*"):
        target = out / rows(out)[sheet.name]["文件"].split("\n")[0]
        assert target.read_text(encoding="utf-8") == SummaryWriter().write(load_facts(sheet)).markdown
    assert len(list(out.rglob("*.docx"))) == 7
    assert (out / "縣" / "00000.html").is_file()
    report = rows(out)
    assert report["bad.yaml"]["狀態"] == "未成"
    assert "bad.yaml:2" in report["bad.yaml"]["原因"]
    assert {row["狀態"] for name, row in report.items() if name != "bad.yaml"} == {"寫成"}
    page = (out / "batch-report.html").read_text(encoding="utf-8")
    assert page.count("<tr") == 9
    assert 'href="./%E7%B8%A3/00000.md"' in page


def test_a_second_run_writes_only_what_was_edited_or_lost(folder, tmp_path):
    sheets, out = folder(6), tmp_path / "out"
    first, totals = run(sheets, out)
    assert len(first.wrote) == 6
    again, same = run(sheets, out)
    assert again.wrote == []
    assert same == totals
    edited = sorted(sheets.iterdir())[2]
    edited.write_bytes(edited.read_bytes() + b"\n")
    (out / "00004.md").unlink()
    before = {file: file.stat().st_mtime_ns for file in out.glob("0*")}
    third, _ = run(sheets, out)
    assert sorted(third.wrote) == sorted(
        [edited.name, next(f.name for f in sheets.iterdir() if f.stem == "00004")]
    )
    changed = {file.stem for file, stamp in before.items() if file.stat().st_mtime_ns != stamp}
    assert changed == {edited.stem, "00004"}


def test_another_setting_writes_all_again_and_a_sheet_taken_away_is_reported_no_more(folder, tmp_path):
    sheets, out = folder(4), tmp_path / "out"
    run(sheets, out)
    next(iter(sheets.iterdir())).unlink()
    setting = Setting(formats=("txt",))
    engine = InProcess(setting)
    with Journal(out) as journal:
        totals = run_batch(sheets_in([sheets]), journal, engine, setting)
    assert len(engine.wrote) == totals.sheets == 3


def test_a_full_disk_ends_the_run_and_the_next_goes_on(folder, tmp_path, monkeypatch):
    sheets, out = folder(5), tmp_path / "out"
    import summarywriter.render as rendering

    real, room = rendering.write_whole, [7]

    def write(path, content, **options):
        if not room[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        room[0] -= 1
        real(path, content, **options)

    monkeypatch.setattr(rendering, "write_whole", write)
    with pytest.raises(BatchError, match="磁盤滿了"):
        run(sheets, out)
    assert len(list(out.glob("*.md"))) == 4
    room[0] = 100
    engine, totals = run(sheets, out)
    assert len(engine.wrote) == 2
    assert (totals.done, totals.failed) == (5, 0)
    assert not list(out.rglob("*.tmp"))


def test_one_bad_sheet_of_any_kind_never_stops_the_rest(folder, tmp_path):
    sheets, out = folder(3), tmp_path / "out"
    (sheets / "empty.yaml").touch()
    (sheets / "noise.xlsx").write_bytes(bytes(range(256)) * 40)
    (sheets / "huge.json").write_bytes(b"{" * (4 * 2**20 + 10))
    (sheets / "gone.yaml").symlink_to(sheets / "nowhere")
    (sheets / "deep.yaml").write_text("title: 小結\ntotals: " + "[" * 500, encoding="utf-8")
    _, totals = run(sheets, out)
    assert (totals.done, totals.failed) == (3, 4)  # a link that leads nowhere is no file


def test_two_runs_on_one_folder(folder, tmp_path):
    out = tmp_path / "out"
    with Journal(out), pytest.raises(BatchError, match="另有一次批量"):
        Journal(out)
    with Journal(out):
        pass


def test_the_second_of_two_processes_says_so_and_stops(begun, folder, batch, tmp_path):
    sheets, out = folder(20), tmp_path / "out"
    with begun(sheets, "-o", out) as first:
        while not (out / ".summarywriter" / "journal.db").exists():
            assert first.poll() is None
            time.sleep(0.02)
        second = batch(sheets, "-o", out)
        assert second.returncode == 2
        assert "另有一次批量" in second.stderr
        assert first.wait(60) == 0
    assert len(rows(out)) == 20


def test_ctrl_c_finishes_what_is_under_way_and_the_next_run_the_rest(begun, folder, batch, tmp_path):
    sheets, out = folder(24), tmp_path / "out"
    with begun(sheets, "-o", out, "--format", "md") as process:
        while len(list(out.glob("*.md"))) < 3:
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert process.returncode == 130
        assert "再運行一次即接着寫" in said
    some = len(list(out.glob("*.md")))
    assert some < 24
    with begun(sheets, "-o", out, "--format", "md") as process:
        while len(list(out.glob("*.md"))) < some + 3:
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
    assert not [f for f in out.glob("*.md") if not f.read_bytes().endswith(b"\n")]
    last = batch(sheets, "-o", out, "--format", "md")
    assert "24 張表：寫成 24，未成 0" in last.stderr
    assert len(list(out.glob("*.md"))) == 24


def test_a_cell_that_a_spreadsheet_would_run_is_text(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "=cmd.yaml").write_text("標題: =1+1\n匯總: [贈書 9冊]\n", encoding="utf-8")
    run(tmp_path / "in", tmp_path / "out")
    text = (tmp_path / "out" / "batch-report.csv").read_text(encoding="utf-8-sig")
    row = list(csv.reader(io.StringIO(text)))[1]
    assert row[0] == "'=cmd.yaml"
    assert row[3] == "'=1+1"
    assert "<script" not in (tmp_path / "out" / "batch-report.html").read_text(encoding="utf-8")


def test_a_process_that_dies_costs_no_sheet(folder):
    import multiprocessing
    import os

    sheets = folder(10)
    engine = LocalEngine(Setting(formats=("txt",)), jobs=2)
    from summarywriter.batch import Job

    jobs = iter([Job(f.name, f.read_bytes()) for f in sorted(sheets.iterdir())])
    found = []
    for outcome in engine.outcomes(jobs):
        found.append(outcome)
        if len(found) == 3:
            os.kill(multiprocessing.active_children()[0].pid, signal.SIGKILL)
    assert sorted(outcome.name for outcome in found) == sorted(f.name for f in sheets.iterdir())
    assert {outcome.state for outcome in found} == {State.DONE}


def test_a_misconfigured_model_ends_the_run(folder, tmp_path):
    sheets = folder(2)

    class Refused:
        def outcomes(self, jobs):
            yield Outcome(next(jobs).name, State.REFUSED, message="401")

    with pytest.raises(ModelConfigError, match="401"):
        run(sheets, tmp_path / "out", Refused())


@pytest.mark.parametrize("words", [
    ("--format", "pdf"), ("--base-url", "http://127.0.0.1:1/v1"), ("--privacy", "none"),
    ("--model", "m", "--price", "dear"),
])  # fmt: skip
def test_bad_arguments(batch, folder, tmp_path, words):
    done = batch(folder(1), "-o", tmp_path / "out", *words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_marked_sheet_is_not_sent_to_a_remote_service(batch, tmp_path):
    (tmp_path / "in").mkdir()
    sheet = "標題: 讀書日總結\n活動: [{名稱: 讀書會, 詳情: [傳閱機密文件], 數據: [參加 30人]}]\n"
    (tmp_path / "in" / "a.yaml").write_text(sheet, encoding="utf-8")
    words = ("--model", "m", "--base-url", "https://llm.example.invalid/v1")
    done = batch(tmp_path / "in", "-o", tmp_path / "out", *words)
    assert done.returncode == 1
    assert "1 張表：寫成 0，未成 1" in done.stderr
    assert "llm.example.invalid" in done.stderr


@pytest.mark.parametrize("wrapper", ["AtMost", "SharedModel"])
def test_wrappers_tell_where_requests_go(wrapper):
    from summarywriter import OpenAIModel
    from summarywriter.batch.ray import SharedModel
    from summarywriter.batch.work import AtMost

    model = OpenAIModel("m", base_url="http://192.0.2.1:9/v1")
    wrapped = AtMost(model, 2) if wrapper == "AtMost" else SharedModel(model, None, "m")
    assert wrapped.endpoint == model.endpoint


def test_an_empty_folder_and_none(batch, tmp_path):
    (tmp_path / "in").mkdir()
    assert batch(tmp_path / "in", "-o", tmp_path / "out").returncode == 2
    assert batch(tmp_path / "nowhere", "-o", tmp_path / "out").returncode == 2
