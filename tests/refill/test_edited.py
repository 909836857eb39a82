"""Corrections into a .docx that a person has edited: their words stay, and no other 8 becomes a 9."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from summarywriter import EventFacts, FactsError, SummaryWriter
from summarywriter.refill.edited import refill_document


def sheet(**figures: str) -> EventFacts:
    value = {"visits": "8人", "boards": "18块", "books": "8份", "teams": "8支"} | figures
    return EventFacts.model_validate(
        {
            "title": "临江镇2025年消防宣传月总结",
            "script": "hans",
            "level": "township",
            "unit": "临江镇人民政府",
            "date": "2025-12-05",
            "genre": "general",
            "theme": "全民消防",
            "period": "2025-11-01/2025-11-30",
            "activities": [
                {
                    "name": "启动仪式",
                    "date": "2025-11-01",
                    "place": "镇文化广场",
                    "figures": [
                        f"参加 {value['visits']}",
                        f"摆放展板 {value['boards']}",
                        f"发放宣传手册 {value['books']}",
                    ],
                },
                {"name": "应急疏散演练", "date": "2025-11-09", "figures": [f"参赛队伍 {value['teams']}"]},
            ],
            "problems": ["部分村巡查不够"],
        }
    )


@pytest.fixture
def written(tmp_path: Path) -> tuple[Path, Path]:
    summary = SummaryWriter().write(sheet())
    assert summary.report.errors == ()
    return summary.save(tmp_path / "out.json"), summary.save(tmp_path / "out.docx")


def edit(path: Path, change: Any) -> Path:
    document = Document(str(path))
    change(document)
    document.save(str(path))
    return path


def paragraph_with(document: Any, text: str) -> Any:
    return next(p for p in document.paragraphs if text in p.text)


def set_text(paragraph: Any, old: str, new: str) -> None:
    """As Word does it: the words in one run change, and runs fall apart."""
    assert old in paragraph.text
    text = paragraph.text.replace(old, new)
    first, *rest = paragraph.runs
    for run in rest:
        run._r.getparent().remove(run._r)
    first.text = text[: len(text) // 2]
    second = copy.deepcopy(first._r)
    first._r.addnext(second)
    second.findall("{*}t")[0].text = text[len(text) // 2 :]


def body(content: bytes, tmp_path: Path) -> str:
    path = tmp_path / "read.docx"
    path.write_bytes(content)
    return "\n".join(p.text for p in Document(str(path)).paragraphs)


def outcomes(done: Any) -> dict[str, str]:
    return {change.correction.new: change.outcome for change in done.changes}


def test_an_unedited_document_is_corrected_like_the_text(written, tmp_path) -> None:
    saved, docx = written
    done = refill_document(saved, sheet(visits="9人"), docx)
    assert outcomes(done) == {"9人": "changed"}
    assert body(done.content, tmp_path) == body(docx.read_bytes(), tmp_path).replace("8人", "9人")
    assert body(done.content, tmp_path).count("9人") == 1
    assert done.report.errors == ()


@pytest.mark.parametrize(
    ("which", "old", "new"),
    [("visits", "8人", "9人"), ("books", "8份", "9份"), ("teams", "8支", "9支"), ("boards", "18块", "19块")],
)
def test_a_correction_touches_its_own_8_and_never_18_or_another_8(written, tmp_path, which, old, new) -> None:
    saved, docx = written
    before = body(docx.read_bytes(), tmp_path)
    after = body(refill_document(saved, sheet(**{which: new}), docx).content, tmp_path)
    place = before.index(old)
    if old == "8人":
        assert before.count("8") == 4
    assert after == before[:place] + new + before[place + len(old) :]


def test_a_person_s_words_stay_and_the_figure_among_them_changes(written, tmp_path) -> None:
    saved, docx = written

    def change(document: Any) -> None:
        set_text(paragraph_with(document, "启动仪式"), "镇文化广场", "镇文化广场隆重")
        problem = paragraph_with(document, "巡查不够")
        problem.insert_paragraph_before("领导高度重视，亲自部署。")

    edit(docx, change)
    done = refill_document(saved, sheet(visits="9人", boards="20块"), docx)
    text = body(done.content, tmp_path)
    assert outcomes(done) == {"9人": "changed", "20块": "changed"}
    assert "镇文化广场隆重" in text
    assert "领导高度重视，亲自部署。" in text
    assert "9人" in text
    assert "20块" in text
    assert "18块" not in text


def test_a_moved_sentence_is_found_where_it_is_now(written, tmp_path) -> None:
    saved, docx = written

    def move(document: Any) -> None:
        drill = paragraph_with(document, "应急疏散演练")
        last = paragraph_with(document, "巡查不够")
        last._p.addnext(drill._p)

    edit(docx, move)
    done = refill_document(saved, sheet(teams="9支"), docx)
    text = body(done.content, tmp_path)
    assert outcomes(done) == {"9支": "changed"}
    assert "9支" in text
    assert "8支" not in text


def test_a_figure_that_a_person_changed_is_reported_and_left(written, tmp_path) -> None:
    saved, docx = written
    edit(docx, lambda document: set_text(paragraph_with(document, "8人"), "8人", "28人"))
    done = refill_document(saved, sheet(visits="9人"), docx)
    assert outcomes(done) == {"9人": "edited"}
    assert "28人" in body(done.content, tmp_path)
    assert any(finding.text.startswith("28人") for finding in done.report.errors)


def test_a_figure_already_corrected_by_hand_is_no_conflict(written, tmp_path) -> None:
    saved, docx = written
    edit(docx, lambda document: set_text(paragraph_with(document, "8人"), "8人", "9人"))
    done = refill_document(saved, sheet(visits="9人"), docx)
    assert outcomes(done) == {"9人": "already"}
    assert body(done.content, tmp_path).count("9人") == 1


def test_a_deleted_sentence_is_told(written) -> None:
    saved, docx = written

    def delete(document: Any) -> None:
        drill = paragraph_with(document, "8支")
        drill._p.getparent().remove(drill._p)

    edit(docx, delete)
    done = refill_document(saved, sheet(teams="9支"), docx)
    assert outcomes(done) == {"9支": "gone"}


def test_a_pinned_sentence_is_never_changed_and_is_reported(written, tmp_path) -> None:
    saved, docx = written

    def pin(document: Any) -> None:
        paragraph = paragraph_with(document, "8人")
        for run in paragraph.runs:
            run.style = document.styles["钉住"]

    edit(docx, pin)
    before = body(docx.read_bytes(), tmp_path)
    corrected = sheet(visits="9人").model_copy(update={"theme": "全民防火"})
    done = refill_document(saved, corrected, docx)
    assert outcomes(done) == {"9人": "pinned", "“全民防火”": "changed"}
    after = body(done.content, tmp_path)
    assert after == before.replace("全民消防", "全民防火")
    # What no longer agrees is among the findings, on the pinned words.
    errors = [f for f in done.report.errors if any(s <= f.start < e for s, e in done.pinned)]
    assert [finding.text for finding in errors] == ["8人"]
    # A later run leaves it alone too.
    path = tmp_path / "again.docx"
    path.write_bytes(done.content)
    base = done.summary.save(tmp_path / "again.json")
    again = refill_document(base, sheet(visits="10人").model_copy(update={"theme": "全民防火"}), path)
    assert outcomes(again) == {"10人": "pinned"}
    assert body(again.content, tmp_path) == after


def test_formatting_and_tracked_deletions_are_left_alone(written, tmp_path) -> None:
    saved, docx = written

    def change(document: Any) -> None:
        paragraph = paragraph_with(document, "8人")
        paragraph.runs[0].bold = True
        deleted = copy.deepcopy(paragraph.runs[0]._r)
        for text in deleted.findall("{*}t"):
            text.tag = text.tag.replace("}t", "}delText")
        wrapper = deleted.makeelement(deleted.tag.replace("}r", "}del"), {})
        wrapper.append(deleted)
        paragraph._p.append(wrapper)

    edit(docx, change)
    done = refill_document(saved, sheet(visits="9人"), docx)
    path = tmp_path / "read.docx"
    path.write_bytes(done.content)
    paragraph = paragraph_with(Document(str(path)), "9人")
    assert paragraph.runs[0].bold
    assert "8人" in "".join(t.text for t in paragraph._p.iter() if t.tag.endswith("}delText"))
    assert paragraph.text.count("9人") == 1


def test_title_author_and_date_are_carried_over_too(written, tmp_path) -> None:
    saved, docx = written
    facts = sheet().model_copy(update={"title": "临江镇2025年消防宣传月工作总结", "unit": "临江镇政府"})
    done = refill_document(saved, facts, docx)
    text = body(done.content, tmp_path)
    assert text.replace("\n", "").startswith("临江镇2025年消防宣传月工作总结")
    assert "临江镇人民政府" not in text.split("\n")[-2:]


@pytest.mark.parametrize("content", [None, b"", b"no docx"])
def test_what_is_no_docx_is_refused_by_name(written, tmp_path, content) -> None:
    saved, _ = written
    path = tmp_path / "bad.docx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FactsError, match=r"bad\.docx"):
        refill_document(saved, sheet(), path)
