"""A house's policy holds wherever a text is verified: written, revised, refilled, and in a batch."""

from __future__ import annotations

import csv
import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from summarywriter import Policy, Ruling, SummaryWriter, UngroundedError, loads_facts
from summarywriter.batch import Setting
from summarywriter.cli.run import run
from summarywriter.draft import number, written
from summarywriter.facts.index import FactIndex
from summarywriter.plan import make_plan
from summarywriter.realise import realise
from summarywriter.refill import refill
from summarywriter.refill.edited import refill_document
from summarywriter.testing import ScriptedModel

SHEET = """\
標題: 臨江鎮2025年消防宣傳月活動總結
字形: 繁體
層級: 鄉鎮
單位: 臨江鎮人民政府
時間: 2025-11-01/2025-11-30
活動:
  - {編號: a1, 名稱: 啟動儀式, 日期: 2025-11-01, 地點: 鎮文化廣場, 數據: [參加 260餘人, 發放宣傳手冊 1500份]}
存在問題: [個別商鋪用電線路老化，整改進度較慢]
"""
FACTS = loads_facts(SHEET)
PRAISE = "，成效顯著。"
LOUD, CALM = Policy(praise=Ruling.ERROR), Policy(praise=Ruling.ALLOW)


def praising(*, stubborn: bool = True) -> ScriptedModel:
    """A model that tells every fact and adds a word of praise; a revision may take it out."""
    index = FactIndex.of(FACTS)
    plan = make_plan(index)
    tables = {section.id: number(section, index) for section in plan.sections}
    texts = {draft.section: written(draft, tables[draft.section]) for draft in realise(plan, index)}
    with_activity = plan.section_of("a1")

    def reply(request):
        if request.stage == "critique":
            return '{"remarks": []}'
        said = texts[request.section]
        if request.section == with_activity and (stubborn or request.stage == "draft"):
            said = said.removesuffix("。") + PRAISE
        return said

    return ScriptedModel(reply)


def codes(summary):
    return [(finding.code, finding.severity.value) for finding in summary.report.findings]


def test_the_default_is_a_warning_and_a_revision_is_asked_for():
    model = praising()
    summary = SummaryWriter(model).write(FACTS)
    assert ("SW401", "warning") in codes(summary)
    assert PRAISE in summary.text
    assert [r.stage for r in model.requests].count("revise") == 1


def test_what_is_allowed_is_neither_told_nor_revised():
    model = praising()
    summary = SummaryWriter(model, policy=CALM).write(FACTS)
    assert codes(summary) == []
    assert PRAISE in summary.text
    assert "revise" not in [r.stage for r in model.requests]


def test_what_is_an_error_is_revised_and_at_last_realised():
    mended = SummaryWriter(praising(stubborn=False), policy=LOUD).write(FACTS)
    assert (codes(mended), mended.trace.fallbacks) == ([], {})
    summary = SummaryWriter(praising(), policy=LOUD).write(FACTS)
    assert PRAISE not in summary.text
    assert any("SW401" in reason for reason in summary.trace.fallbacks.values())


def test_the_policy_changes_no_request_for_a_draft():
    asked = []
    for policy in (None, LOUD, CALM):
        model = praising()
        SummaryWriter(model, policy=policy).write(FACTS)
        asked.append([r for r in model.requests if r.stage == "draft"])
    assert asked[0] == asked[1] == asked[2]


def test_without_a_model_and_strict():
    long = SummaryWriter(length=20).write(FACTS)
    assert ("SW510", "warning") in codes(long)
    severe = Policy(severity={"SW510": Ruling.ERROR})
    with pytest.raises(UngroundedError):
        SummaryWriter(length=20, policy=severe, strict=True).write(FACTS)
    lenient = SummaryWriter(length=20, policy=Policy(severity={"SW510": Ruling.ALLOW})).write(FACTS)
    assert (codes(lenient), lenient.text) == ([], long.text)


def test_refill_and_refill_into_a_document(tmp_path):
    saved = SummaryWriter(praising()).write(FACTS).save(tmp_path / "out.json")
    assert ("SW401", "warning") in codes(refill(saved, FACTS))
    assert codes(refill(saved, FACTS, policy=CALM)) == []
    docx = SummaryWriter(praising()).write(FACTS).save(tmp_path / "out.docx")
    done = refill_document(saved, FACTS, docx, policy=LOUD)
    assert [f.code for f in done.report.errors] == ["SW401"]
    assert done.summary.report.errors


def test_a_batch_s_setting_carries_it_to_other_processes_and_begins_anew_with_another():
    setting = Setting(policy=Policy(severity={"SW510": Ruling.ALLOW}, units=(("場", "場次"),)))
    assert pickle.loads(pickle.dumps(setting)) == setting  # noqa: S301
    assert setting.digest != Setting().digest
    assert setting.digest == replace(setting).digest
    summary = replace(setting, length=20).writer(None).write(FACTS)
    assert codes(summary) == []


# --- the command line -------------------------------------------------------------------------------


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "facts.yaml").write_text(SHEET, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _rule(folder: Path, ruling: str, name: str = "summarywriter.toml") -> None:
    (folder / name).write_text(f'[policy.severity]\nSW510 = "{ruling}"\n', "utf-8")


def test_write_finds_the_policy_as_check_does(house, capsys):
    command = ["write", "facts.yaml", "--length", "20", "--lang", "en"]
    assert run(command) == 0
    assert "SW510" in capsys.readouterr().err
    _rule(house, "allow")
    assert run(command) == 0
    assert "SW510" not in capsys.readouterr().err
    _rule(house, "error", "strict.toml")
    assert run([*command, "--config", "strict.toml", "--strict"]) == 1
    assert "SW510" in capsys.readouterr().err
    _rule(house, "alow")
    assert run(command) == 2
    assert "summarywriter.toml:2: SW510" in capsys.readouterr().err


def test_refill_finds_it_too(house, capsys):
    assert run(["write", "facts.yaml", "--length", "20", "-o", "out.json"]) == 0
    command = ["refill", "out.json", "facts.yaml", "--lang", "en"]
    capsys.readouterr()
    assert run(command) == 0
    assert "SW510" in capsys.readouterr().err
    _rule(house, "allow")
    assert run(command) == 0
    assert "SW510" not in capsys.readouterr().err


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_batch_finds_it_too(house, capsys, jobs):
    sheets = house / "sheets"
    sheets.mkdir()
    for name in ("a.yaml", "b.yaml"):
        (sheets / name).write_text(SHEET, "utf-8")

    def warned(out: str) -> list[str]:
        command = ["batch", "sheets", "-o", out, "--format", "txt", "--length", "20", "--jobs", jobs]
        assert run([*command, "--lang", "en"]) == 0
        with (house / out / "batch-report.csv").open(encoding="utf-8-sig", newline="") as file:
            return [row["warnings"] for row in csv.DictReader(file)]

    assert warned("default") == ["1", "1"]
    _rule(house, "allow")
    assert warned("lenient") == ["0", "0"]
