"""What a house lets pass: every knob both ways."""

from __future__ import annotations

import pytest

from summarywriter.errors import PolicyError
from summarywriter.facts.load import loads_facts
from summarywriter.settings import find_policy, load_policy
from summarywriter.verify import Policy, Ruling, Severity, read_policy, verify_text

SHEET = """\
title: 臨江鎮消防宣傳周活動總結
level: township
unit: 臨江鎮人民政府
period: 2025-11-03/2025-11-10
activities:
  - {id: a1, name: 啟動儀式, date: 2025-11-03, figures: [參加 635人, 發放宣傳手冊 1500份]}
  - id: a2
    name: 入戶排查
    figures:
      - {id: f1, action: 發現, object: 隱患, value: 60, unit: 處}
      - {id: f2, action: 整改, object: 隱患, value: 45, unit: 處, of: a2.f1}
      - 發放宣傳手冊 275份
    details: [{text: 群眾紛紛叫好, allow: [SW401]}]
"""
FACTS = loads_facts(SHEET)


def codes(text: str, **knobs: Ruling) -> dict[str, Severity]:
    return {f.code: f.severity for f in verify_text(text, FACTS, policy=Policy(**knobs)).findings}


@pytest.mark.parametrize(
    ("knob", "text", "code"),
    [
        ("praise", "宣傳周活動成效顯著，發放宣傳手冊1500份。", "SW401"),
        ("superlatives", "啟動儀式規模空前，635人參加。", "SW402"),
        ("derived_durations", "宣傳周為期8天，啟動儀式635人參加。", "SW107"),
        ("derived_totals", "兩項活動共發放宣傳手冊1775份。", "SW107"),
        ("derived_ratios", "發現隱患60處，整改率75%。", "SW107"),
        ("weekdays", "11月3日（星期一），啟動儀式635人參加。", "SW206"),
        ("weaker_figures", "啟動儀式600多人參加。", "SW102"),
    ],
)
def test_a_knob_turns_its_finding_to_error_warning_or_silence(knob: str, text: str, code: str) -> None:
    assert codes(text, **{knob: Ruling.ERROR})[code] is Severity.ERROR
    assert codes(text, **{knob: Ruling.WARNING})[code] is Severity.WARNING
    assert code not in codes(text, **{knob: Ruling.ALLOW})


@pytest.mark.parametrize(
    ("results", "text", "warned"),
    [
        ([], "宣傳周活動取得了良好成效，發放宣傳手冊1500份。", True),
        (["居民滅火器使用率達92%"], "宣傳周活動取得了良好成效，發放宣傳手冊1500份。", False),
        (["居民滅火器使用率達92%"], "宣傳周活動取得良好效果，發放宣傳手冊1500份。", False),
        (["居民滅火器使用率達92%"], "宣傳周活動取得了顯著成效，發放宣傳手冊1500份。", True),
        (["居民滅火器使用率達92%"], "宣傳周活動取得圓滿成功，發放宣傳手冊1500份。", True),
        (["宣傳取得顯著成效"], "宣傳周活動取得了顯著成效，發放宣傳手冊1500份。", False),
    ],
)
def test_that_there_was_a_result_needs_one_stated_and_more_needs_its_own_words(results, text, warned) -> None:
    facts = FACTS.model_copy(
        update={"results": FACTS.model_validate({"title": "總結", "results": results}).results}
    )
    assert ("SW401" in [f.code for f in verify_text(text, facts).warnings]) is warned


@pytest.mark.parametrize("word", ["計畫", "計劃", "计划", "计画"])
def test_variant_characters_change_no_fact(word) -> None:
    facts = loads_facts(SHEET + "next_steps: [計劃培訓志願消防員30名]\n")
    text = f"下一步，{word}培訓志願消防員30名。"
    assert [f.code for f in verify_text(text, facts).findings if f.code != "SW502"] == []
    told = verify_text(text, facts).coverage["next_step"]
    assert (told.told, told.total) == (1, 1)


@pytest.mark.parametrize(
    ("knob", "text"),
    [
        ("derived_durations", "宣傳周為期9天，啟動儀式635人參加。"),
        ("derived_totals", "兩項活動共發放宣傳手冊1988份。"),
        ("derived_ratios", "發現隱患60處，整改率78%。"),
        ("weekdays", "11月3日（星期二），啟動儀式635人參加。"),
        ("weaker_figures", "啟動儀式700多人參加。"),
    ],
)
def test_what_is_wrong_stays_an_error_however_loose_the_house(knob: str, text: str) -> None:
    assert Severity.ERROR in codes(text, **{knob: Ruling.ALLOW}).values()


def test_a_code_can_be_ruled_on_by_itself() -> None:
    policy = read_policy({"severity": {"SW511": "allow", "SW401": "error"}})
    report = verify_text("宣傳周活動成效顯著,發放宣傳手冊1500份。", FACTS, policy=policy)
    assert {f.code: f.severity for f in report.findings} == {"SW401": Severity.ERROR}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"prais": "allow"}, "praise"),
        ({"praise": "never"}, "error, warning or allow"),
        ({"severity": "allow"}, "table"),
        ({"severity": {"SW51": "allow"}}, "SW51"),
        ({"alike": ["舞龍"]}, "groups"),
    ],
)
def test_a_wrong_table_says_what_would_be_right(table: dict[str, object], said: str) -> None:
    with pytest.raises(PolicyError, match=said):
        read_policy(table, lang="en")


def test_a_house_adds_words_and_measure_words_of_its_own() -> None:
    facts = loads_facts(
        "title: 廟會總結\nactivities: [{name: 巡遊, figures: [龍獅表演 12場, 擺放展板 30塊]}]"
    )
    text = "廟會共舞龍12場次，擺放展板30塊。"
    assert verify_text(text, facts).findings
    policy = read_policy({"alike": [["龍獅表演", "舞龍"]], "units": [["場", "場次"]]})
    assert verify_text(text, facts, policy=policy).findings == ()
    assert verify_text(text, facts).findings


def test_the_nearest_file_above_counts(tmp_path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.summarywriter.policy]\npraise = "error"\n', "utf-8")
    assert find_policy(below).praise is Ruling.ERROR
    (tmp_path / "a" / "summarywriter.toml").write_text('[policy]\npraise = "allow"\n', "utf-8")
    assert find_policy(below).praise is Ruling.ALLOW
    (below / "pyproject.toml").write_text("[project]\nname = 'x'\n", "utf-8")
    assert find_policy(below).praise is Ruling.ALLOW


def test_a_wrong_file_is_named_with_line_and_key(tmp_path) -> None:
    file = tmp_path / "summarywriter.toml"
    file.write_text('[policy]\n\nweekdays = "maybe"\n', "utf-8")
    with pytest.raises(PolicyError, match=r"summarywriter\.toml:3: weekdays: "):
        load_policy(file)
    file.write_text("[policy\n", "utf-8")
    with pytest.raises(PolicyError, match="summarywriter"):
        load_policy(file)
    file.write_text("[other]\n", "utf-8")
    with pytest.raises(PolicyError, match=r"\[policy\]"):
        load_policy(file)


def test_an_entry_allows_a_rule_for_itself_alone() -> None:
    from summarywriter.facts.index import FactIndex

    index = FactIndex.of(FACTS)
    assert index.allowed("a2.d1") == ("SW401",)
    assert index.allowed("a2.f1") == ()


@pytest.mark.parametrize(
    ("period", "text", "right"),
    [
        ("2025-11-03/2025-11-16", "宣傳周為期2周，啟動儀式635人參加。", True),
        ("2025-11-03/2025-11-16", "宣傳周為期14天，啟動儀式635人參加。", True),
        ("2025-11-03/2025-11-16", "宣傳周為期3周，啟動儀式635人參加。", False),
        ("2025-11-03/2025-11-16", "宣傳周為期98天，啟動儀式635人參加。", False),
        ("2025-10-28/2026-01-03", "宣傳周為期68天，啟動儀式635人參加。", True),
        ("2025-10-28/2026-01-03", "宣傳周為期67天，啟動儀式635人參加。", False),
        ("2025-11-03/2025-11-16", "宣傳周為期14小時，啟動儀式635人參加。", False),
    ],
)
def test_a_length_of_time_is_counted_in_days_and_weeks_with_both_ends(period, text, right) -> None:
    facts = loads_facts(SHEET.replace("2025-11-03/2025-11-10", period))
    found = verify_text(text, facts, policy=Policy(derived_durations=Ruling.ALLOW)).findings
    assert ([f.code for f in found] == []) is right
