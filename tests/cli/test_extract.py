"""``summarywriter extract`` as a user meets it."""

from __future__ import annotations

import json

import pytest

from summarywriter import load_facts
from summarywriter.extractor import Extractor
from summarywriter.models.replay import RecordingModel
from summarywriter.testing import ScriptedModel

TEXT = """柳溪镇2025年消防宣传月活动总结
一、主要活动
（一）启动仪式
11月1日上午，镇政府在文化广场举行启动仪式，260余人参加。现场发放宣传手册1500份，赠送书籍20xx余册。
（二）应急疏散演练
11月9日，在镇中心学校组织应急疏散演练，840名师生参与。
据统计，全镇共发放宣传资料4200余份。
"""


@pytest.fixture
def source(tmp_path):
    file = tmp_path / "旧总结.txt"
    file.write_text(TEXT, encoding="gb18030")
    return file


def test_a_sheet_that_loads_and_a_notice_and_exit_1(sw, source, tmp_path):
    done = sw("extract", source, "-o", tmp_path / "facts.yaml")
    assert done.code == 1
    assert "未用模型" in done.err
    sheet = load_facts(tmp_path / "facts.yaml")
    assert [f.quantity.surface for f in sheet.activities[0].figures] == ["260余人", "1500份", "20xx余册"]
    assert done.out == f"已写入 {tmp_path / 'facts.yaml'}\n"


def test_damage_is_told_in_the_terminal_and_in_the_sheet(sw, source):
    done = sw("extract", source)
    assert "数字被遮" in done.err
    assert "20xx余册 → 〔待補〕" in done.out


def test_the_sheet_can_be_written_from(sw, source, tmp_path):
    sw("extract", source, "-o", tmp_path / "facts.yaml")
    written = sw("write", tmp_path / "facts.yaml")
    assert written.code == 0
    assert "260余人" in written.out
    assert "〔待补〕" in written.out


def test_json_has_every_place(sw, source, tmp_path):
    sw("extract", source, "-o", tmp_path / "facts.json")
    data = json.loads((tmp_path / "facts.json").read_text(encoding="utf-8"))
    assert data["version"] == 1
    for value in data["values"]:
        assert value["text"] in TEXT[value["start"] : value["end"]]
    assert [d["kind"] for d in data["damage"]] == ["lost_figure"]


def test_the_review_page_shows_source_and_sheet(sw, source, tmp_path):
    sw("extract", source, "-o", tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "1500份</" in page
    assert page.index("先看这些") < page.index("启动仪式</h")
    assert "数字被遮" in page
    assert "://" not in page


def test_what_a_text_says_is_never_markup(sw, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("總結\n5月3日，在<script>alert(1)</script>廣場舉辦講座，30人參加。", encoding="utf-8")
    sw("extract", file, "-o", tmp_path / "page.html")
    assert "<script>alert" not in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_several_pieces_become_several_files(sw, tmp_path):
    file = tmp_path / "几篇.txt"
    file.write_text(f"总结 篇1\n{TEXT}\n总结 篇2\n{TEXT}", encoding="utf-8")
    assert sw("extract", file).code == 2
    done = sw("extract", file, "-o", tmp_path / "facts.yaml")
    assert done.code == 1
    assert (tmp_path / "facts-1.yaml").is_file()
    assert (tmp_path / "facts-2.yaml").is_file()
    assert sw("extract", file, "--piece", "2").code == 1
    assert sw("extract", file, "--piece", "3").code == 2


def test_lint_asks_for_what_is_unplaced(sw, tmp_path):
    sheet = tmp_path / "facts.yaml"
    sheet.write_text(
        "title: 小結\nmeasures: [包片到戶]\nunplaced: [120人（共120人到場）]\n", encoding="utf-8"
    )
    assert "FL420" in sw("lint", sheet).out
    assert "120人" not in sw("write", sheet).out


@pytest.mark.parametrize(("arguments", "says"), [
    (("{source}", "-o", "{tmp}/a.docx"), ".yaml"),
    (("{source}", "-o", "{tmp}/none/a.yaml"), "寫不了"),
    (("{tmp}/none.txt",), "沒有這個"),
    (("{source}", "--encoding", "klingon"), "klingon"),
])  # fmt: skip
def test_bad_input_is_told(sw, source, tmp_path, arguments, says):
    done = sw("extract", *(a.format(source=source, tmp=tmp_path) for a in arguments))
    assert done.code == 2
    assert says in done.err
    assert "Traceback" not in done.err


def test_a_text_that_says_nothing(sw, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("大家好", encoding="utf-8")
    assert sw("extract", file).code == 2


REPLY = {
    "activities": [
        {
            "name": {"text": "启动仪式", "at": [1]},
            "date": {"n": 1, "text": "11月1日上午"},
            "place": {"text": "文化广场", "at": [1]},
            "organisers": [{"names": [{"n": 2, "text": "镇政府"}]}],
            "figures": [
                {"n": 3, "text": "260余人", "action": "参加"},
                {"n": 4, "text": "1500份", "action": "发放", "object": "宣传手册"},
                {"n": 5, "text": "20xx余册", "action": "赠送", "object": "书籍"},
            ],
        },
        {
            "name": {"text": "应急疏散演练", "at": [3]},
            "date": {"n": 6, "text": "11月9日"},
            "place": {"text": "镇中心学校", "at": [3]},
            "figures": [{"n": 8, "text": "840名", "action": "参与", "object": "师生"}],
        },
    ],
    "totals": [{"n": 9, "text": "4200余份", "action": "发放", "object": "宣传资料", "scope": "全镇"}],
}


@pytest.fixture
def recorded(tmp_path):
    """A reply written by hand, kept as a recording of a model's would be."""

    def record(reply):
        folder = tmp_path / "replies"
        model = ScriptedModel(lambda request: json.dumps(reply, ensure_ascii=False))
        Extractor(RecordingModel(model, folder, origin="planted"), rounds=1).extract(TEXT)
        return folder

    return record


def test_with_a_model_and_nothing_left_over_exit_0(sw, source, tmp_path, recorded):
    done = sw("extract", source, "--replay", recorded(REPLY), "-o", tmp_path / "facts.yaml")
    assert done.code == 0, done.err
    assert "未用模型" not in done.err
    sheet = load_facts(tmp_path / "facts.yaml")
    assert [a.name for a in sheet.activities] == ["启动仪式", "应急疏散演练"]
    assert "由模型" in (tmp_path / "facts.yaml").read_text(encoding="utf-8")


def test_what_a_model_made_up_is_refused_told_and_exits_1(sw, source, tmp_path, recorded):
    forged = {**REPLY, "totals": [{"n": 9, "text": "5700份", "action": "发放"}]}
    done = sw("extract", source, "--replay", recorded(forged), "-o", tmp_path / "facts.yaml")
    assert done.code == 1
    assert "5700份" in done.err
    assert "4200余份" in done.err
    assert "5700份" not in (tmp_path / "facts.yaml").read_text(encoding="utf-8")


def test_a_model_that_was_not_named(sw, source):
    assert sw("extract", source, "--base-url", "http://127.0.0.1:1/v1").code == 2


def test_what_should_not_leave_the_house_is_named_before_a_model_is_asked(sw, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(f"内部资料，注意保存\n{TEXT}联系人身份证号110101199003078515", encoding="utf-8")
    nobody = ("--model", "m", "--base-url", "http://127.0.0.1:9/v1")
    done = sw("extract", file, *nobody, "-o", tmp_path / "facts.yaml")
    assert "FL401" in done.err
    assert "FL402" in done.err
    assert "110101199003078515" not in done.err
    assert done.code == 1
    assert "已按标题和句子归位" in done.err
    assert "FL401" not in sw("extract", file).err
