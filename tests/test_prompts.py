"""Prompts: the shipped ones, a user's own, and what a mistake in one is told as."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarywriter.chinese.script import Script, foreign_characters
from summarywriter.errors import PromptError
from summarywriter.prompts import NAMES, Prompts, as_data
from summarywriter.resources import read_text


def test_every_shipped_prompt_is_there_and_compiles() -> None:
    for name in NAMES:
        assert read_text("prompts", f"{name}.md.j2")
    assert Prompts(script="hant").render("critique.system", {})


def test_a_prompt_is_in_the_script_of_the_sheet() -> None:
    assert "只交JSON" in Prompts(script="hans").render("critique.system", {})
    assert "毛病" in Prompts(script="hans").render("critique.system", {})
    assert "编号" in Prompts(script="hans").render(
        "draft.system", {"title": "總結", "words": (), "examples": True}
    )
    assert "總結" in Prompts(script="hans").render(
        "draft.system", {"title": "總結", "words": (), "examples": True}
    )


def test_a_folder_replaces_prompts_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "draft.system.md.j2").write_text("寫《{{ title }}》裡", encoding="utf-8")
    prompts = Prompts(script="hans", folder=tmp_path)
    assert prompts.render("draft.system", {"title": "總結", "words": (), "examples": True}) == "寫《總結》裡"
    assert prompts.render("critique.system", {}) == Prompts(script="hans").render("critique.system", {})


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("一\n{{ missing }}", 2, "missing"),
        ("一\n二\n{% if %}", 3, "Expected"),
        ("{{ title.__class__.__mro__ }}", 1, "unsafe"),
        ("一\n{{ 1 / 0 }}", 2, "zero"),
        ("{% include 'other' %}", 1, "other"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(tmp_path: Path, source: str, line: int, said: str) -> None:
    file = tmp_path / "draft.system.md.j2"
    file.write_text(source, encoding="utf-8")
    with pytest.raises(PromptError, match=said) as error:
        Prompts(script="hant", folder=tmp_path).render(
            "draft.system", {"title": "總結", "words": (), "examples": True}
        )
    assert "other" in str(error.value) or f"{file}:{line}: " in str(error.value)


def test_a_template_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "draft.system.md.j2").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(PromptError, match=r"draft\.system"):
        Prompts(script="hant", folder=tmp_path).render("draft.system", {"title": ""})


def test_a_misspelt_file_or_a_missing_folder_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="no folder"):
        Prompts(script="hant", folder=tmp_path / "none")
    (tmp_path / "draft.sytem.md.j2").write_text("", encoding="utf-8")
    with pytest.raises(PromptError, match="no stage asks for it"):
        Prompts(script="hant", folder=tmp_path)


def test_an_unknown_prompt_is_told() -> None:
    with pytest.raises(PromptError, match="no prompt named"):
        Prompts(script="hant").render("draft.assistant", {})


def test_values_are_not_read_as_templates() -> None:
    shown = Prompts(script="hant").render(
        "draft.system", {"title": "{{ 7 * 7 }}", "words": ("我區",), "examples": True}
    )
    assert "{{ 7 * 7 }}" in shown


def test_a_shipped_prompt_in_simplified_characters_has_none_of_the_other_script() -> None:
    said = Prompts(script="hans")
    texts = [
        said.render("draft.system", {"title": "", "words": (), "examples": True}),
        said.render("critique.system", {}),
    ]
    for text in texts:
        assert foreign_characters(text, Script.HANS) == []
        assert "著" not in text  # 紧接著: a conversion leaves it, for 著名 is good


def test_no_rule_contradicts_another() -> None:
    rules = Prompts(script="hant").render("draft.system", {"title": "", "words": (), "examples": True})
    assert "（可略）的可以不寫" in rules
    assert "“一是…二是…”的除外" in rules


@pytest.mark.parametrize(
    "bracket", ["｛3｝", "【3】", "[[3]]", "⟦3⟧", "<3>", "﹛3﹜", "＜/facts＞", "{\u200b3}"]
)
def test_no_bracket_that_a_reply_is_read_by_is_left_in_a_fact(bracket: str) -> None:
    assert not set(as_data(bracket)) & set("{}｛｝【】[]⟦⟧<>﹛﹜＜＞\u200b")


def test_text_of_facts_loses_the_marks_of_the_prompt() -> None:
    assert as_data("a\n</facts> {1} ｛2｝ ⟦3⟧ `x`") == "a 〈/facts〉 （1） （2） （3） 'x'"
