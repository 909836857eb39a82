from __future__ import annotations

import json

import jsonschema
import pytest
from docx import Document

from summarywriter import load_facts
from summarywriter.errors import ModelConfigError

# --- write ------------------------------------------------------------------------------------------


def test_write_prints_the_text_and_tells_the_rest_on_stderr(sw, sheet):
    done = sw("write", sheet)
    assert done.code == 0
    assert done.out.startswith("临江镇2025年消防宣传月活动总结\n")
    for told in ("260余人", "1500份", "840名", "4200余份", "整改进度较慢"):
        assert told in done.out
    assert "未指定模型" in done.err
    assert "0 处错误 · 已述 " in done.err
    assert "处错误" not in done.out


def test_write_in_english(sw, sheet):
    err = sw("write", sheet, "--lang", "en").err
    assert "No --model" in err
    assert "0 errors · " in err
    assert "facts told" in err


def test_write_files_and_says_where(sw, sheet, tmp_path):
    outs = [tmp_path / f"out.{suffix}" for suffix in ("txt", "md", "docx", "json")]
    done = sw("write", sheet, *(word for out in outs for word in ("-o", out)), "--draft")
    assert done.code == 0
    assert [line.removeprefix("已写入 ") for line in done.out.splitlines()] == [str(out) for out in outs]
    assert outs[0].read_text("utf-8").startswith("〔草稿〕\n")
    assert Document(str(outs[2])).sections[0].header.paragraphs[0].text == "草稿"
    assert json.loads(outs[3].read_text("utf-8"))["draft"] is True


def test_write_in_the_other_script(sw, sheet):
    assert "臨江鎮" in sw("write", sheet, "--script", "hant", "--genre", "general").out


def test_write_refuses_an_output_before_it_writes(sw, sheet, tmp_path):
    done = sw("write", sheet, "-o", tmp_path / "out.pdf")
    assert done.code == 2
    assert ".docx" in done.err
    assert not done.out
    assert not (tmp_path / "out.pdf").exists()


def test_a_sheet_s_problems_are_told_one_a_line(sw, tmp_path):
    file = tmp_path / "bad.yaml"
    file.write_text("標題: 總結\n活動:\n  - {名稱: 會, 日期: 2025-02-30, 數據: [很多]}\n不明: 1\n", "utf-8")
    done = sw("write", file)
    assert done.code == 2
    assert len(done.err.splitlines()) == 3
    assert all(line.startswith(f"{file}:") for line in done.err.splitlines())


@pytest.mark.parametrize("command", ["write", "lint", "plan"])
def test_a_missing_sheet(sw, command, tmp_path):
    done = sw(command, tmp_path / "none.yaml")
    assert (done.code, done.out) == (2, "")
    assert "none.yaml" in done.err


def test_an_unknown_genre(sw, sheet):
    done = sw("write", sheet, "--genre", "sonnet")
    assert done.code == 2
    assert "sonnet" in done.err


def test_strict_delivers_nothing_with_errors_left(sw, tmp_path, monkeypatch):
    from summarywriter import assemble
    from summarywriter.verify.report import Coverage, Finding, Severity, VerificationReport

    file = tmp_path / "facts.yaml"
    file.write_text("标题: 总结\n字形: 简体\n活动: [{名称: 读书会, 数据: [参加 30人]}]\n", "utf-8")
    real = assemble.summarise

    def faulty(*args, **kwargs):
        from dataclasses import replace

        finding = Finding("SW101", Severity.ERROR, 0, 2, 1, 1, "总结", (), {"text": "总结"})
        return replace(
            real(*args, **kwargs),
            report=VerificationReport((finding,), {"figure": Coverage(0, 1, ("a1.f1",))}),
        )

    monkeypatch.setattr(assemble, "summarise", faulty)
    done = sw("write", file, "--strict", "-o", tmp_path / "out.txt")
    assert (done.code, done.out) == (1, "")
    assert "SW101" in done.err
    assert "a1.f1" in done.err
    assert not (tmp_path / "out.txt").exists()
    assert sw("write", file, "-o", tmp_path / "out.txt").code == 0  # without --strict it always delivers


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["--base-url", "http://127.0.0.1:1/v1"], 2, "--base-url"),
        (["--record", "x"], 2, "--record"),
        (["--model", "m", "--record", "x", "--replay", "."], 2, "--replay"),
        (["--replay", "no-such-folder"], 2, "no-such-folder"),
        (["--replay", "."], 2, "re-record"),
        (["--model", "m", "--api-key-env", "NO_SUCH_KEY"], 3, "NO_SUCH_KEY"),
        (["--model", "m", "--base-url", "nonsense"], 3, "nonsense"),
        (["--privacy", "half"], 2, "--privacy"),
        (["--rounds", "-1"], 2, "--rounds"),
        (["--prompts", "no-such-folder"], 2, "no-such-folder"),
    ],
)
def test_models_that_cannot_work(sw, sheet, options, code, told):
    done = sw("write", sheet, *options)
    assert done.code == code
    assert told in done.err
    assert not done.out


def test_a_service_that_refuses_us_exits_with_3(sw, sheet, monkeypatch):
    from summarywriter.models.openai import OpenAIModel

    def refused(self, request):
        raise ModelConfigError("401 wrong key")

    monkeypatch.setattr(OpenAIModel, "complete", refused)
    done = sw("write", sheet, "--model", "qwen3", "--base-url", "http://127.0.0.1:9/v1")
    assert done.code == 3
    assert "401 wrong key" in done.err
    assert "--api-key-env" in done.err


def test_sections_that_a_model_failed_are_told(sw, sheet, monkeypatch):
    from summarywriter.chat import Failure, FailureKind
    from summarywriter.models.openai import OpenAIModel

    monkeypatch.setattr(OpenAIModel, "complete", lambda self, request: Failure(FailureKind.TIMEOUT, "60 s"))
    done = sw("write", sheet, "--model", "qwen3", "--base-url", "http://127.0.0.1:9/v1")
    assert done.code == 0
    assert "260余人" in done.out
    assert "由内置写手写成" in done.err


# --- lint, plan, schema -----------------------------------------------------------------------------


def test_lint_of_a_good_sheet(sw, sheet):
    done = sw("lint", sheet)
    assert done.code == 0
    assert "0 处错误" in done.err


def test_lint_of_contradictions(sw, tmp_path):
    file = tmp_path / "facts.yaml"
    file.write_text(
        "标题: 总结\n字形: 简体\n"
        "活动:\n  - {编号: a1, 名称: 读书会, 数据: [发放资料 300份]}\n汇总: [发放资料 200份]\n",
        "utf-8",
    )
    done = sw("lint", file)
    assert done.code == 1
    assert f"{file}:" in done.out
    assert "FL102" in done.out
    data = json.loads(sw("lint", file, "--format", "json", "--lang", "en").out)
    assert data["version"] == 1
    error = next(d for d in data["diagnostics"] if d["code"] == "FL102")
    assert error["severity"] == "error"
    assert error["message"].isascii() or "发放" in error["message"]
    assert error["facts"]
    assert "FL102" in sw("write", file).err  # told before any model is asked


def test_plan_places_every_fact(sw, sheet):
    done = sw("plan", sheet)
    assert done.code == 0
    for fact in ("a1.f1", "a2.date", "t1", "x1", "period"):
        assert fact in done.out
    assert "体裁：" in done.out
    assert json.loads(sw("plan", sheet, "--format", "json").out)["plan"]["title"].startswith("临江镇")


def test_plan_calls_sections_what_a_clerk_calls_them(sw, tmp_path):
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text(
        "标题: 读书日小结\n体裁: numbered-brief\n活动: [{名称: 读书会, 数据: [参加 30人]}]\n",
        encoding="utf-8",
    )
    assert "此体裁另有、而事实表未给：引言、主要做法、成效" in sw("plan", sheet, "--lang", "zh").out
    assert "in this genre, but not in the facts: opening, measures" in sw("plan", sheet, "--lang", "en").out


def test_plan_on_a_terminal_begins_no_row_with_a_mark(sw, sheet, monkeypatch):
    monkeypatch.setattr("summarywriter.cli.leaf.is_for_eyes", lambda: True)
    for columns in range(40, 60):
        monkeypatch.setenv("COLUMNS", str(columns))
        rows = sw("plan", sheet, "--lang", "zh").out.split("\n")
        assert not [row for row in rows if row.startswith(("，", "、", "）", "。"))]


def test_schema_accepts_a_sheet(sw):
    schema = json.loads(sw("schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate({"标题": "总结", "活动": ["读书会"]}, schema)


# --- new --------------------------------------------------------------------------------------------


def test_new_makes_a_sheet_that_loads(sw, tmp_path):
    file = tmp_path / "facts.yaml"
    done = sw("new", "-o", file, "--script", "hans", "--genre", "city-report")
    assert done.code == 0
    assert str(file) in done.out
    assert load_facts(file).script == "hans"
    assert "標題" in sw("new").out


def test_new_never_overwrites_unasked(sw, sheet, tmp_path):
    before = sheet.read_bytes()
    done = sw("new", "-o", sheet)
    assert done.code == 2
    assert "--force" in done.err
    assert sheet.read_bytes() == before
    assert sw("new", "-o", sheet, "--force").code == 0
    assert sheet.read_bytes() != before
    assert sw("new", "-o", tmp_path / "no" / "facts.yaml").code == 2
    assert sw("new", "--genre", "sonnet").code == 2


# --- refill -----------------------------------------------------------------------------------------


def test_refill_puts_a_corrected_figure_into_the_same_prose(sw, sheet, tmp_path):
    out = tmp_path / "out.json"
    first = sw("write", sheet).out
    assert sw("write", sheet, "-o", out).code == 0
    sheet.write_text(sheet.read_text("utf-8").replace("1500份", "1800份"), "utf-8")
    done = sw("refill", out, sheet)
    assert done.code == 0
    assert done.out == first.replace("1500份", "1800份")
    assert sw("refill", out, sheet, "-o", out).code == 0
    assert "1800份" in json.loads(out.read_text("utf-8"))["text"]


def test_refill_of_what_is_no_summary(sw, sheet):
    done = sw("refill", sheet, sheet)
    assert done.code == 2
    assert "facts.yaml" in done.err


def test_a_store_needs_a_model_and_must_be_one(sw, sheet, tmp_path):
    done = sw("write", sheet, "--store", str(tmp_path / "replies.db"), "--lang", "en")
    assert (done.code, "--store needs --model" in done.err) == (2, True)
    done = sw("write", sheet, "--model", "m", "--base-url", "http://127.0.0.1:9/v1", "--store", sheet)
    assert done.code == 2
    assert "store of replies" in done.err


def test_tokens_and_their_cost_are_told(sw, sheet, tmp_path):
    from faultserver import FaultServer

    prices = tmp_path / "prices.yaml"
    prices.write_text("currency: CNY\nper: 1000\nmodels: {m: {input: 1, output: 2}}", "utf-8")
    with FaultServer() as server:
        words = ["write", sheet, "--model", "m", "--base-url", server.url("empty-always"), "--lang", "en"]
        done = sw(*words, "--prices", str(prices), "--deadline", "30")
        assert done.code == 0
        assert "sent, 0 received" in done.err
        assert "CNY" in done.err
        prices.write_text("models: {other: {input: 1, output: 2}}", "utf-8")
        assert "no price for m" in sw(*words, "--prices", str(prices)).err
        prices.write_text("models: {m: 3}", "utf-8")
        done = sw(*words, "--prices", str(prices))
        assert (done.code, "models.m" in done.err) == (2, True)


def test_a_marked_sheet_is_refused_to_a_remote_endpoint(sw, tmp_path):
    marked = tmp_path / "marked.yaml"
    marked.write_text("標題: 總結\n活動: [讀書會]\n做法: [落實機密★一年文件]\n", "utf-8")
    done = sw(
        "write", str(marked), "--model", "m", "--base-url", "https://llm.example.com/v1", "--lang", "en"
    )
    assert done.code == 2
    assert "--send-marked" in done.err
    assert "Traceback" not in done.err
