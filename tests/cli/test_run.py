from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

COMMANDS = ("write", "lint", "check", "plan", "refill", "new", "schema")


def test_no_arguments_show_help(sw):
    done = sw()
    assert done.code == 0
    assert all(command in done.out for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command_has_an_example(sw, command):
    done = sw(command, "--help")
    assert done.code == 0
    assert f"  summarywriter {command}" in done.out


def test_version(sw):
    assert sw("--version").out.startswith("summarywriter ")


@pytest.mark.parametrize(
    "words",
    [
        ["wrote"],
        ["write"],
        ["write", "a.yaml", "--nonsense"],
        ["write", "a.yaml", "--lang", "fr"],
        ["lint", "a", "b"],
    ],
)
def test_usage_errors_exit_with_2_and_point_to_help(sw, words):
    done = sw(*words)
    assert (done.code, done.out) == (2, "")
    assert "--help" in done.err
    assert "Traceback" not in done.err


def test_a_name_that_begins_with_a_dash(sw, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-facts.yaml").write_text("標題: 總結\n活動: [讀書會]\n", "utf-8")
    done = sw("lint", "-facts.yaml")
    assert done.code == 2
    assert "./-facts.yaml" in done.err
    assert sw("lint", "./-facts.yaml").code == 0


def test_messages_without_a_sheet_follow_the_locale(sw, monkeypatch):
    assert "沒有" in sw("lint", "none.yaml").err
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "用法有误" in sw("wrote").err
    monkeypatch.setenv("SUMMARYWRITER_LANG", "en")
    assert "no such file" in sw("lint", "none.yaml").err


def test_an_unexpected_error_is_one_line(sw, sheet, monkeypatch):
    from summarywriter import plan

    def broken(*args, **kwargs):
        raise RuntimeError("boom")

    monkeypatch.setattr(plan, "make_plan", broken)
    done = sw("write", sheet, "--lang", "en")
    assert done.code == 2
    assert "RuntimeError: boom" in done.err
    assert "SUMMARYWRITER_DEBUG" in done.err
    assert "Traceback" not in done.err
    monkeypatch.setenv("SUMMARYWRITER_DEBUG", "1")
    with pytest.raises(RuntimeError):
        sw("write", sheet)


def test_ctrl_c_is_one_line(sw, sheet, monkeypatch):
    from summarywriter import plan

    def interrupted(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(plan, "make_plan", interrupted)
    done = sw("write", sheet, "--lang", "en")
    assert done.code == 130
    assert "interrupted" in done.err.splitlines()[-1]


# --- in a process of its own ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "gbk"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "big5"},
        {"LANG": "C", "LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
)
def test_no_console_encoding_stops_it(process, sheet, variables):
    for words in (
        ["write", sheet],
        ["lint", sheet],
        ["plan", sheet],
        ["lint", "none.yaml"],
        ["--help"],
        ["new"],
    ):
        done = process(*words, **variables)
        assert done.returncode == (2 if "none.yaml" in words else 0)
        assert b"Traceback" not in done.stderr
        assert done.stdout or "none.yaml" in words or words[0] == "lint"
    data = process("plan", sheet, "--format", "json", **variables).stdout
    encoding = variables.get("PYTHONIOENCODING", "utf-8")
    assert json.loads(data.decode(encoding))["plan"]["title"] == "临江镇2025年消防宣传月活动总结"


def test_a_pipe_in_a_foreign_encoding_gets_utf_8(process, sheet):
    done = process("write", sheet, LC_ALL="POSIX", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert "临江镇" in done.stdout.decode("utf-8")


def test_a_pipe_has_neither_colour_nor_progress(process, sheet):
    done = process("lint", sheet, FORCE_COLOR="", TERM="xterm-256color")
    assert b"\x1b" not in done.stdout + done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a POSIX pipe")
def test_a_reader_that_leaves_early_is_no_error(sheet):
    command = subprocess.Popen(
        [sys.executable, "-m", "summarywriter", "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    command.stdout.close()
    assert command.stderr.read() == b""
    command.stderr.close()
    assert command.wait(60) == 141


def test_help_answers_before_the_sdk_would_be_imported(process):
    def seconds(*command: str) -> float:
        best = 9.0
        for _ in range(3):
            start = time.perf_counter()
            subprocess.run([sys.executable, *command], check=True, capture_output=True)
            best = min(best, time.perf_counter() - start)
        return best

    assert seconds("-m", "summarywriter", "--help") < seconds("-c", "import openai")


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from summarywriter.cli.run import run; run(['write', '--help'])\n"
        "heavy = {'openai', 'httpx', 'tiktoken', 'docx', 'jinja2', 'opencc', 'rich'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_does_not_wait_for_a_model_that_is_silent(sheet):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
        words = ["write", str(sheet), "--model", "m", "--base-url", url, "--lang", "en"]
        command = subprocess.Popen([sys.executable, "-m", "summarywriter", *words], stderr=subprocess.PIPE)
        silent.settimeout(60)
        connection, _ = silent.accept()  # the first request is under way
        command.send_signal(signal.SIGINT)
        _, told = command.communicate(timeout=20)
        connection.close()
    assert command.returncode == 130
    assert b"interrupted" in told
    assert b"Traceback" not in told
