"""``new --xlsx``, ``export``, and ``refill --into``, as a clerk types them."""

from __future__ import annotations

from docx import Document

from summarywriter import load_facts


def test_new_makes_a_workbook(sw, tmp_path):
    done = sw("new", "--xlsx", "-o", tmp_path / "表.xlsx")
    assert done.code == 0
    assert (tmp_path / "表.xlsx").read_bytes().startswith(b"PK")
    assert sw("new", "--xlsx", "-o", tmp_path / "表.xlsx").code == 2, "nothing is overwritten unasked"
    refused = sw("new", "--xlsx")
    assert refused.code == 2
    assert "-o" in refused.err


def test_a_sheet_is_exported_and_back(sw, sheet, tmp_path):
    for name in ("a.xlsx", "a.yaml", "a.json"):
        assert sw("export", sheet, "-o", tmp_path / name).code == 0
        assert load_facts(tmp_path / name) == load_facts(sheet)
    assert sw("export", tmp_path / "a.xlsx", "-o", tmp_path / "b.yaml").code == 0
    assert load_facts(tmp_path / "b.yaml") == load_facts(sheet)
    refused = sw("export", sheet, "-o", tmp_path / "a.pdf")
    assert refused.code == 2
    assert not (tmp_path / "a.pdf").exists()


def test_what_excel_cannot_hold_is_refused_and_not_lost(sw, tmp_path):
    file = tmp_path / "bell.yaml"
    file.write_text('標題: 小結\n匯總: [發放資料 30份]\n單位: "某\\x07鎮"\n', "utf-8")
    done = sw("export", file, "-o", tmp_path / "a.xlsx")
    assert done.code == 2
    assert ".yaml" in done.err
    assert not (tmp_path / "a.xlsx").exists()


def test_a_csv_of_figures_is_taken_in(sw, sheet, tmp_path):
    csv = tmp_path / "f.csv"
    csv.write_text("动作,对象,数值,量词\n收到,感谢信,3,封\n", "gb18030")
    assert sw("export", sheet, "--figures", csv, "-o", tmp_path / "b.yaml").code == 0
    assert load_facts(tmp_path / "b.yaml").totals[-1].quantity.surface == "3封"


def test_refill_into_an_edited_document_tells_what_became_of_each_correction(sw, sheet, tmp_path):
    saved, docx, new = tmp_path / "out.json", tmp_path / "out.docx", tmp_path / "new.docx"
    assert sw("write", sheet, "-o", saved, "-o", docx).code == 0
    facts = load_facts(sheet)
    old = facts.activities[0].figures[0].quantity.surface
    corrected = tmp_path / "corrected.yaml"
    changed = sheet.read_text("utf-8").replace(old, "9" + old)
    assert changed.count("9" + old) == 1
    corrected.write_text(changed, "utf-8")
    document = Document(str(docx))
    document.paragraphs[-1].insert_paragraph_before("以上情况属实。")
    document.save(str(docx))
    done = sw("refill", saved, corrected, "--into", docx, "-o", new, "-o", tmp_path / "new.json")
    assert done.code == 0
    text = "\n".join(p.text for p in Document(str(new)).paragraphs)
    assert "9" + old in text
    assert "以上情况属实。" in text
    assert f"{old} → 9{old}" in done.err
    refused = sw("refill", saved, corrected, "--into", docx, "-o", tmp_path / "x.json")
    assert refused.code == 2
