"""Pinned sentences: a later run takes them over as they are, and tells the rest around them."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.text.run import Run

from summarywriter import FactsError, Summary, SummaryWriter, load_facts, load_pins
from summarywriter.batch.journal import Journal
from summarywriter.batch.local import LocalEngine
from summarywriter.batch.run import run_batch
from summarywriter.batch.setting import Setting
from summarywriter.batch.sheets import sheets_in
from summarywriter.cli.run import run
from summarywriter.models.replay import RecordedModel
from summarywriter.refill import refill
from summarywriter.verify.report import Severity

EVENTS = Path("fixtures/events")
REPLIES = Path("fixtures/replies")
SHEET = """
標題: 臨江鎮2025年消防宣傳月總結
體裁: general
層級: township
單位: 臨江鎮人民政府
主題: 全民消防
時間: 2025-11-01/2025-11-30
活動:
  - {名稱: 啟動儀式, 日期: 2025-11-01, 地點: 鎮文化廣場, 數據: [參加 %(visits)s, 展板 18塊, 發放手冊 800份]}
  - {名稱: 應急疏散演練, 日期: 2025-11-09, 數據: [參賽隊伍 8支]}
存在問題: [部分村巡查不夠]
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "sheet.yaml"
    path.write_text(SHEET % {"visits": "300人"}, encoding="utf-8")
    return path


def pin(path: Path, words: str, instead: str = "", *, whole: bool = False) -> Path:
    """Select words in Word, write others in their place, and give them the style 釘住."""
    document = Document(str(path))
    style = next(s for s in document.styles if s.name in ("釘住", "钉住"))
    paragraph = next(
        p for p in document.paragraphs if (words == p.text.replace("\n", "") if whole else words in p.text)
    )
    start = 0 if whole else paragraph.text.index(words)
    end = len(paragraph.text) if whole else start + len(words)
    at = 0
    for run_ in paragraph.runs:
        text, first, last = run_.text, max(start - at, 0), min(end - at, len(run_.text))
        at += len(text)
        if first >= last:
            continue
        parts = (text[:first], text[first:last], text[last:])
        middle, tail = (copy.deepcopy(run_._r) for _ in range(2))
        run_._r.addnext(middle)
        middle.addnext(tail)
        run_.text = parts[0]
        # As Word does it: what was selected falls apart into several runs.
        pinned = Run(middle, paragraph)
        begins = first == start - (at - len(text))
        pinned.text = parts[1] if not instead else instead if begins else ""
        half = copy.deepcopy(middle)
        middle.addnext(half)
        cut = len(pinned.text) // 2
        second = Run(half, paragraph)
        second.text, pinned.text = pinned.text[cut:], pinned.text[:cut]
        pinned.style = second.style = style
        Run(tail, paragraph).text = parts[2]
    document.save(str(path))
    return path


def pinned_runs(path: Path) -> list[str]:
    """The pinned stretches of a .docx, paragraph by paragraph."""
    found = []
    for paragraph in Document(str(path)).paragraphs:
        text = "".join(r.text for r in paragraph.runs if r.style.style_id == "DocPinned")
        if text:
            found.append(text)
    return found


def pins_noted(summary: Summary) -> list[dict[str, Any]]:
    return [dict(event.data) for event in summary.trace.events if event.kind == "pin"]


def sentence_with(summary: Summary, words: str) -> str:
    return next(s.text for s in summary.sentences if words in s.text)


# --- one sheet, seen from outside ---------------------------------------------------------------------


def test_a_reworded_sentence_takes_the_place_of_what_was_written_about_its_facts(
    sheet: Path, tmp_path: Path
) -> None:
    first = SummaryWriter().write(load_facts(sheet))
    told = sentence_with(first, "300人")
    edited = pin(
        first.save(tmp_path / "edited.docx"), told, "啟動儀式當天人山人海，300人到場，擺放展板18塊。"
    )
    new = SummaryWriter().write(load_facts(sheet), pins=load_pins(edited))
    assert "啟動儀式當天人山人海，300人到場，擺放展板18塊。" in new.text
    assert [s.text for s in new.sentences if s.pinned] == ["啟動儀式當天人山人海，300人到場，擺放展板18塊。"]
    assert new.text.count("300人") == new.text.count("18塊") == new.text.count("800份") == 1
    assert new.report.errors == ()
    assert new.report.untold == ()


def test_the_pin_stands_in_the_section_of_its_heading_and_is_marked_again(
    sheet: Path, tmp_path: Path
) -> None:
    summary = SummaryWriter().write(load_facts(sheet))
    edited = pin(summary.save(tmp_path / "edited.docx"), sentence_with(summary, "部分村巡查不夠"))
    new = SummaryWriter().write(load_facts(sheet), pins=load_pins(edited))
    assert new.text == summary.text  # what the run would write itself changes nothing
    out = new.save(tmp_path / "new.docx")
    assert pinned_runs(out) == [sentence_with(summary, "巡查")]
    assert pinned_runs(out) == pinned_runs(edited)
    third = SummaryWriter().write(load_facts(sheet), pins=load_pins(out))
    assert [s.pinned for s in third.sentences] == [s.pinned for s in new.sentences]


def test_a_pinned_figure_that_is_wrong_by_now_is_reported_and_left(sheet: Path, tmp_path: Path) -> None:
    summary = SummaryWriter().write(load_facts(sheet))
    edited = pin(summary.save(tmp_path / "edited.docx"), sentence_with(summary, "300人"))
    sheet.write_text(SHEET % {"visits": "320人"}, encoding="utf-8")
    new = SummaryWriter().write(load_facts(sheet), pins=load_pins(edited))
    assert sentence_with(summary, "300人") in new.text
    assert "320人" not in new.text  # not both
    (found,) = new.report.errors
    assert (found.code, found.text) == ("SW102", "300人")
    assert any(span.start <= found.start < span.end for span in new.filled.pinned)


def test_a_sentence_that_belongs_nowhere_is_kept_at_the_end_and_told(sheet: Path, tmp_path: Path) -> None:
    summary = SummaryWriter().write(load_facts(sheet))
    edited = summary.save(tmp_path / "edited.docx")
    document = Document(str(edited))
    for paragraph in document.paragraphs:
        paragraph._p.getparent().remove(paragraph._p)
    document.add_paragraph("另有說明見後。")
    document.save(str(edited))
    new = SummaryWriter().write(load_facts(sheet), pins=load_pins(pin(edited, "另有說明見後。")))
    body = [new.text[line.start : line.end] for line in new.filled.lines if line.kind == "paragraph"]
    assert body[-1] == "另有說明見後。"
    assert pins_noted(new) == [{"text": "另有說明見後。", "placed": False, "twice": []}]


def test_a_pinned_cell_of_the_table_is_told_and_not_taken_for_a_sentence(sheet: Path, tmp_path: Path) -> None:
    from summarywriter import DocxLook

    summary = SummaryWriter().write(load_facts(sheet))
    edited = summary.save(tmp_path / "edited.docx", docx=DocxLook(figures=True))
    document = Document(str(edited))
    cell = next(c for row in document.tables[0].rows for c in row.cells if c.text == "800份")
    cell.paragraphs[0].runs[0].style = document.styles["釘住"]
    document.save(str(edited))
    new = SummaryWriter().write(load_facts(sheet), pins=load_pins(edited))
    assert new.text == f"{summary.text}\n800份"
    assert pins_noted(new) == [{"text": "800份", "placed": False, "twice": []}]


def test_a_sentence_without_facts_stays_by_its_neighbour(sheet: Path, tmp_path: Path) -> None:
    summary = SummaryWriter().write(load_facts(sheet))
    edited = summary.save(tmp_path / "edited.docx")
    before = sentence_with(summary, "800份")
    document = Document(str(edited))
    paragraph = next(p for p in document.paragraphs if before in p.text)
    start = paragraph.text.index(before) + len(before)
    text = f"{paragraph.text[:start]}群眾紛紛點贊。{paragraph.text[start:]}"
    for run_ in paragraph.runs[1:]:
        run_._r.getparent().remove(run_._r)
    paragraph.runs[0].text = text
    document.save(str(edited))
    new = SummaryWriter().write(load_facts(sheet), pins=load_pins(pin(edited, "群眾紛紛點贊。")))
    assert f"{before}群眾紛紛點贊。" in new.text


def test_a_whole_paragraph_stays_a_paragraph(tmp_path: Path) -> None:
    facts = load_facts(EVENTS / "city-science-week.yaml")
    summary = SummaryWriter().write(facts)
    line = next(
        at
        for at in summary.filled.lines
        if at.kind == "paragraph" and summary.text[at.start : at.end].count("。") > 1
    )
    text = summary.text[line.start : line.end]
    edited = pin(summary.save(tmp_path / "edited.docx"), text, whole=True)
    new = SummaryWriter().write(facts, pins=load_pins(edited))
    assert text in new.text.split("\n")
    assert (new.report.errors, new.report.untold) == ((), ())


def test_headings_title_and_signature_can_be_pinned(tmp_path: Path) -> None:
    facts = load_facts(EVENTS / "city-science-week.yaml")
    summary = SummaryWriter().write(facts)
    edited = summary.save(tmp_path / "edited.docx")
    lines = summary.text.split("\n")
    kinds = [line.kind for line in summary.filled.lines]
    heading = lines[kinds.index("heading")]
    numeral = heading[: heading.index("、") + 1]
    pin(edited, heading, f"{numeral}總體情況", whole=True)
    pin(edited, lines[0], "科技活動周總結", whole=True)
    if "signature" in kinds:
        pin(edited, lines[kinds.index("signature")], whole=True)
    new = SummaryWriter().write(facts, pins=load_pins(edited))
    now = new.text.split("\n")
    assert now[0] == "科技活動周總結"
    assert now[kinds.index("heading")] == f"{numeral}總體情況"
    assert heading not in now
    kept = [
        "科技活動周總結",
        f"{numeral}總體情況",
        *(s for s, k in zip(lines, kinds, strict=True) if k == "signature"),
    ]
    assert pinned_runs(new.save(tmp_path / "new.docx")) == kept
    again = SummaryWriter().write(facts, pins=load_pins(new.save(tmp_path / "new.json")))
    assert again.text == new.text


def test_a_date_that_the_facts_do_not_have_stays_if_it_is_pinned(tmp_path: Path) -> None:
    facts = load_facts(EVENTS / "brief-science-week.yaml")
    summary = SummaryWriter().write(facts)
    edited = summary.save(tmp_path / "edited.docx")
    document = Document(str(edited))
    document.add_paragraph("2026年6月1日", style=next(s for s in document.styles if s.style_id == "DocDate"))
    document.save(str(edited))
    new = SummaryWriter().write(facts, pins=load_pins(pin(edited, "2026年6月1日", whole=True)))
    assert new.text == f"{summary.text}\n2026年6月1日"
    assert new.filled.lines[-1].kind == "date"


def test_a_heading_of_another_genre_never_costs_a_fact(tmp_path: Path) -> None:
    """In a brief the head of a paragraph is an activity's name, and told nowhere else."""
    facts = load_facts(EVENTS / "temple-fair-safety.yaml")
    summary = SummaryWriter().write(facts)
    edited = summary.save(tmp_path / "edited.docx")
    pin(edited, "1.事前排查", whole=True)
    brief = SummaryWriter(genre="numbered-brief").write(facts, pins=load_pins(edited))
    assert brief.report.untold == ()
    assert "1.事前排查" in brief.text.split("\n")
    assert [note["placed"] for note in pins_noted(brief)] == [False]


def test_a_run_in_head_can_be_pinned_alone_or_with_its_sentence(tmp_path: Path) -> None:
    facts = load_facts(EVENTS / "brief-science-week.yaml")
    summary = SummaryWriter().write(facts)
    edited = summary.save(tmp_path / "edited.docx")
    told = sentence_with(summary, "3.科普知識進社區")
    pin(edited, told, told.replace("3.科普知識進社區：", "3.科普走進千家萬戶："))
    new = SummaryWriter().write(facts, pins=load_pins(edited))
    assert told.replace("3.科普知識進社區：", "3.科普走進千家萬戶：") in new.text
    assert "3.科普知識進社區：" not in new.text
    out = Document(str(new.save(tmp_path / "new.docx")))
    head = next(p for p in out.paragraphs if "千家萬戶" in p.text).runs[0]
    assert (head.text, head.style.style_id) == ("3.科普走進千家萬戶：", "DocPinned")


def test_pins_hold_in_an_office_s_own_template(sheet: Path, tmp_path: Path) -> None:
    from summarywriter import DocxLook

    template = tmp_path / "template.docx"
    Document().save(str(template))
    summary = SummaryWriter().write(load_facts(sheet))
    edited = summary.save(tmp_path / "edited.docx", docx=DocxLook(template=template))
    pin(edited, sentence_with(summary, "8支"))
    new = SummaryWriter().write(load_facts(sheet), pins=load_pins(edited))
    assert new.text == summary.text
    assert [s.text for s in new.sentences if s.pinned] == [sentence_with(summary, "8支")]


def test_pinned_words_keep_their_script(sheet: Path, tmp_path: Path) -> None:
    summary = SummaryWriter(script="hans").write(load_facts(sheet))
    edited = pin(summary.save(tmp_path / "edited.docx"), sentence_with(summary, "300人"))
    new = SummaryWriter(script="hans").write(load_facts(sheet), pins=load_pins(edited))
    assert new.text == summary.text
    assert not [f for f in new.report.findings if f.code == "SW502"]
    mixed = SummaryWriter().write(load_facts(sheet), pins=load_pins(edited))  # Traditional around it
    assert sentence_with(summary, "300人") in mixed.text
    assert [f for f in mixed.report.findings if f.code == "SW502"]


# --- every event, with a model's recorded replies and without -----------------------------------------


@pytest.mark.parametrize(
    "event", sorted(path.name for path in REPLIES.iterdir() if (EVENTS / f"{path.name}.yaml").exists())
)
@pytest.mark.parametrize("model", [True, False])
def test_a_later_run_loses_nothing_and_rewrites_no_pin(event: str, model: bool) -> None:
    """Each sentence of a run without a model, reworded and pinned; the next run may be a model's."""
    from summarywriter.chinese.text import Span
    from summarywriter.pins import PinnedText

    facts = load_facts(EVENTS / f"{event}.yaml")
    writer = SummaryWriter(RecordedModel(REPLIES / event), rounds=0) if model else SummaryWriter()
    first, plain = SummaryWriter().write(facts), writer.write(facts)
    kinds = tuple(line.kind for line in first.filled.lines)
    for sentence in [s for s in first.sentences if s.text[0] not in "0123456789（"][::6]:
        reworded = f"其間，{sentence.text}"
        text = first.text[: sentence.start] + reworded + first.text[sentence.end :]
        pins = PinnedText(text, kinds, (Span(sentence.start, sentence.start + 1),))
        new = writer.write(facts, pins=pins)
        assert reworded in new.text
        assert [s.text for s in new.sentences if s.pinned] == [reworded]
        assert new.report.untold == plain.report.untold
        assert new.report.errors == ()


@pytest.mark.parametrize("event", ["brief-science-week", "department-safety-week"])
def test_recorded_replies_stay_valid_and_an_unchanged_pin_changes_nothing(event: str, tmp_path: Path) -> None:
    facts = load_facts(EVENTS / f"{event}.yaml")
    writer = SummaryWriter(RecordedModel(REPLIES / event), rounds=0)
    plain = writer.write(facts)
    edited = plain.save(tmp_path / "edited.docx")
    for sentence in plain.sentences[1::3]:
        pin(edited, sentence.text)
    new = writer.write(facts, pins=load_pins(edited))
    assert new.text == plain.text
    assert new.report.rank == plain.report.rank
    assert sum(s.pinned for s in new.sentences) == len(plain.sentences[1::3])
    asked = [[e for e in one.trace.events if e.kind == "request"] for one in (plain, new)]
    assert asked[0] == asked[1]


# --- the files ------------------------------------------------------------------------------------------


def test_json_tells_what_is_pinned_and_pins_again(sheet: Path, tmp_path: Path) -> None:
    summary = SummaryWriter().write(load_facts(sheet))
    path = summary.save(tmp_path / "out.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    assert not any("pinned" in sentence for sentence in data["sentences"])
    chosen = next(s for s in data["sentences"] if "8支" in s["text"])
    chosen["pinned"], chosen["text"] = True, "演練緊張有序，參賽隊伍達8支。"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    new = SummaryWriter().write(load_facts(sheet), pins=load_pins(path))
    assert "演練緊張有序，參賽隊伍達8支。" in new.text
    again = new.save(tmp_path / "new.json")
    saved = json.loads(again.read_text(encoding="utf-8"))["sentences"]
    assert [s["text"] for s in saved if s.get("pinned")] == ["演練緊張有序，參賽隊伍達8支。"]
    third = SummaryWriter().write(load_facts(sheet), pins=load_pins(again))
    assert third.text == new.text


@pytest.mark.parametrize("by_hand", [True, False])
def test_a_refill_writes_nothing_into_a_pinned_sentence(sheet: Path, tmp_path: Path, by_hand: bool) -> None:
    summary = SummaryWriter().write(load_facts(sheet))
    path = summary.save(tmp_path / "out.json")
    told = sentence_with(summary, "300人")
    if by_hand:
        data = json.loads(path.read_text(encoding="utf-8"))
        next(s for s in data["sentences"] if s["text"] == told)["pinned"] = True
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    else:
        edited = pin(summary.save(tmp_path / "edited.docx"), told)
        SummaryWriter().write(load_facts(sheet), pins=load_pins(edited)).save(path)
    sheet.write_text(SHEET % {"visits": "320人"}, encoding="utf-8")
    filled = refill(path, load_facts(sheet))
    assert told in filled.text
    assert [s.text for s in filled.sentences if s.pinned] == [told]
    assert [f.code for f in filled.report.errors] == ["SW102"]


def test_the_review_page_shows_what_is_pinned(sheet: Path, tmp_path: Path) -> None:
    summary = SummaryWriter().write(load_facts(sheet))
    edited = pin(summary.save(tmp_path / "edited.docx"), sentence_with(summary, "8支"))
    new = SummaryWriter().write(load_facts(sheet), pins=load_pins(edited))
    assert "釘住的句子，原樣保留。" in new.save(tmp_path / "new.html").read_text(encoding="utf-8")


def test_a_file_that_is_no_summary_is_refused(tmp_path: Path) -> None:
    for name, content in (
        ("a.docx", b"no"),
        ("b.json", b"{}"),
        ("c.json", b"no"),
        ("d.json", b'{"version": 9}'),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(FactsError, match=name):
            load_pins(tmp_path / name)
    with pytest.raises(FactsError, match="missing"):
        load_pins(tmp_path / "missing.docx")


# --- the command line ---------------------------------------------------------------------------------------


def test_the_command_takes_pins_over_and_reports(
    sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited, new = tmp_path / "edited.docx", tmp_path / "new.docx"
    assert run(["write", str(sheet), "-o", str(edited), "--lang", "zh"]) == 0
    told = next(p.text for p in Document(str(edited)).paragraphs if "300人" in p.text)
    pin(edited, "300人")
    sheet.write_text(SHEET % {"visits": "320人"}, encoding="utf-8")
    capsys.readouterr()
    assert run(["write", str(sheet), "--pins", str(edited), "-o", str(new), "--lang", "zh"]) == 0
    said = capsys.readouterr().err
    assert "釘住的 1 處已原樣帶入" in said
    assert "［釘住］" in said
    assert "SW102" in said
    (kept,) = pinned_runs(new)
    assert "300人" in kept
    assert kept in told


def test_writing_over_a_file_with_pins_takes_them_over_unasked(
    sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "總結.docx"
    assert run(["write", str(sheet), "-o", str(out)]) == 0
    pin(out, "300人", "300名群眾")
    capsys.readouterr()
    assert run(["write", str(sheet), "-o", str(out), "--lang", "zh"]) == 0
    assert "裡有釘住的句子，原樣帶入新稿" in capsys.readouterr().err
    assert "300名群眾" in "".join(pinned_runs(out))


def test_a_refill_over_a_file_with_pins_keeps_them(
    sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, saved = tmp_path / "out.docx", tmp_path / "out.json"
    assert run(["write", str(sheet), "-o", str(out), "-o", str(saved)]) == 0
    pin(out, "8支", "8支代表隊")
    sheet.write_text(SHEET % {"visits": "320人"}, encoding="utf-8")
    capsys.readouterr()
    assert run(["refill", str(saved), str(sheet), "-o", str(out), "-o", str(saved), "--lang", "zh"]) == 0
    assert "釘住的 1 處已原樣帶入" in capsys.readouterr().err
    assert "8支代表隊" in "".join(pinned_runs(out))
    assert "320人" in "\n".join(p.text for p in Document(str(out)).paragraphs)
    assert "8支代表隊" in refill(saved, load_facts(sheet)).text


def test_a_pinned_title_stays_through_a_refill(sheet: Path, tmp_path: Path) -> None:
    summary = SummaryWriter().write(load_facts(sheet))
    edited = summary.save(tmp_path / "edited.docx")
    pin(edited, summary.text.split("\n")[0], "消防宣傳月小結", whole=True)
    SummaryWriter().write(load_facts(sheet), pins=load_pins(edited)).save(tmp_path / "new.json")
    filled = refill(tmp_path / "new.json", load_facts(sheet))
    assert filled.text.startswith("消防宣傳月小結\n")
    assert filled.filled.pinned[0].start == 0


def test_no_pin_and_no_place_are_told(
    sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited, new = tmp_path / "edited.docx", tmp_path / "new.txt"
    assert run(["write", str(sheet), "-o", str(edited)]) == 0
    capsys.readouterr()
    assert run(["write", str(sheet), "--pins", str(edited), "-o", str(new), "--lang", "zh"]) == 0
    assert "裡沒有釘住的句子" in capsys.readouterr().err
    alone = Document()
    alone.add_paragraph("另有說明見後。", style=None)
    style = alone.styles.add_style("釘住", 2)
    alone.paragraphs[0].runs[0].style = style
    alone.save(str(edited))
    assert run(["write", str(sheet), "--pins", str(edited), "-o", str(new), "--lang", "zh"]) == 0
    assert "找不到位置，放在正文末尾" in capsys.readouterr().err
    assert "另有說明見後。" in new.read_text(encoding="utf-8")


def test_a_batch_run_again_keeps_what_was_pinned_in_its_files(sheet: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    folder = tmp_path / "sheets"
    folder.mkdir()
    target = folder / "甲.yaml"
    target.write_text(SHEET % {"visits": "300人"}, encoding="utf-8")
    setting = Setting(formats=("docx",))

    def again() -> None:
        with Journal(out) as journal:
            run_batch(sheets_in([folder]), journal, LocalEngine(setting), setting)

    again()
    pin(out / "甲.docx", "300人", "300名群眾")
    target.write_text(SHEET % {"visits": "300人"} + "匯總: [發放資料 5000份]\n", encoding="utf-8")
    again()
    text = "\n".join(p.text for p in Document(str(out / "甲.docx")).paragraphs)
    assert "5000份" in text
    assert "300名群眾" in text


def test_nothing_of_this_is_an_error_of_the_verifier(sheet: Path, tmp_path: Path) -> None:
    summary = SummaryWriter().write(load_facts(sheet))
    edited = pin(summary.save(tmp_path / "edited.docx"), sentence_with(summary, "8支"))
    new = SummaryWriter().write(load_facts(sheet), pins=load_pins(edited))
    assert not [f for f in new.report.findings if f.severity is not Severity.UNVERIFIABLE]
