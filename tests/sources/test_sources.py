"""Reading old texts of every kind."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from docx import Document

from summarywriter.errors import FactsError
from summarywriter.sources import read_source

SAID = "5月19日上午，區科技局在廬峰花園廣場舉辦開幕式，600多人參加。"
HANS = "5月19日上午，区科技局在庐峰花园广场举办开幕式，600多人参加。"


def written(tmp_path: Path, name: str, data: bytes) -> Path:
    file = tmp_path / name
    file.write_bytes(data)
    return file


@pytest.mark.parametrize(("text", "encoding"), [
    (SAID, "utf-8"), (SAID, "utf-8-sig"), (SAID, "utf-16"), (SAID, "big5"), (SAID, "gb18030"),
    (HANS, "utf-8"), (HANS, "gbk"),
])  # fmt: skip
def test_encodings_are_recognised(tmp_path, text, encoding):
    assert read_source(written(tmp_path, "a.txt", (text * 3).encode(encoding))).text == text * 3


def test_an_encoding_no_office_of_ours_uses(tmp_path):
    said = "本日、市民会館において防災講座を開催しました。参加者は300人でした。" * 5
    assert "300" in read_source(written(tmp_path, "a.txt", said.encode("euc_jp"))).text


def test_a_word_document_with_a_table(tmp_path):
    document = Document()
    document.add_paragraph("活動總結")
    document.add_paragraph(SAID)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("項目", "數量", "發放資料", "500份"), strict=True):
        cell.text = text
    document.add_paragraph("完")
    data = io.BytesIO()
    document.save(data)
    assert read_source(written(tmp_path, "a.docx", data.getvalue())).text == (
        f"活動總結\n{SAID}\n項目\t數量\n發放資料\t500份\n完"
    )


def test_a_page(tmp_path):
    page = f"""<!DOCTYPE html><html><head><meta charset="gb2312"><title>不要</title><style>p{{}}</style>
    <script>var a="<p>不要</p>";</script></head><body><nav>首頁 | 上一頁</nav><h1>活动总结</h1>
    <p>&nbsp;&nbsp;{HANS}<br>二、成效</p><table><tr><td>资料</td><td>500份</td></tr></table></body></html>"""
    text = read_source(written(tmp_path, "a.html", page.encode("gbk", "replace"))).text
    assert text == f"# 活动总结\n{HANS}\n二、成效\n资料\t500份"


def test_a_page_s_form_is_kept_in_its_text(tmp_path):
    page = """<html><body><h2>读书节</h2><p><strong>开幕</strong>4月14日举行。</p><p>其中<b>12名</b>获奖。</p>
    <table><tr><th>活动</th><th colspan="2">人数</th></tr><tr><td><p>讲座</p></td><td>80</td><td>男30</td>
    </tr><tr><td>义诊<td>60</table><p>完</p><table><tr><td>甲</td><td>乙"""
    text = read_source(written(tmp_path, "a.html", page.encode("utf-8"))).text
    assert text == (
        "## 读书节\n**开幕**4月14日举行。\n其中12名获奖。\n活动\t人数\t\n讲座\t80\t男30\n义诊\t60\n完\n甲\t乙"
    )


def test_a_word_document_s_form_is_kept_in_its_text(tmp_path):
    document = Document()
    document.add_heading("主要活动", 2)
    lead = document.add_paragraph()
    lead.add_run("开幕式").bold = True
    lead.add_run("4月14日举行。")
    table = document.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "活动"
    table.cell(0, 2).text = "人数"
    for cell, said in zip(table.rows[1].cells, ("讲座", "5月3日", "80"), strict=True):
        cell.text = said
    data = io.BytesIO()
    document.save(data)
    assert read_source(written(tmp_path, "a.docx", data.getvalue())).text == (
        "## 主要活动\n**开幕式**4月14日举行。\n活动\t\t人数\n讲座\t5月3日\t80"
    )


def test_a_blank_in_a_slogan_is_kept_and_a_wrapped_line_joined(tmp_path):
    page = "<html><body><p>以“記錄時代 服務未來”為主題\n   開展活動。</p></body></html>"
    text = read_source(written(tmp_path, "a.html", page.encode("utf-8"))).text
    assert text == "以“記錄時代 服務未來”為主題開展活動。"


def test_a_page_that_states_a_wrong_encoding(tmp_path):
    page = f'<html><head><meta charset="gb2312"></head><body><p>{SAID}</p></body></html>'
    assert read_source(written(tmp_path, "a.html", page.encode("utf-8"))).text == SAID


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page with a text layer: the characters' own numbers as codes, and a map to Unicode."""
    show = b"\n".join(b"<" + line.encode("utf-16-be").hex().encode() + b"> Tj 0 -16 Td" for line in lines)
    stream = b"BT /F1 12 Tf 40 800 Td\n" + show + b"\nET"
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"1 beginbfrange <0000> <FFFF> <0000> endbfrange\nendcmap end end"
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo 8 0 R/DW 1000>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(cmap), cmap),
        b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def test_a_pdf_with_a_text_layer(tmp_path):
    lines = ["活動總結", "5月19日上午，區科技局在廬峰花園", "廣場舉辦開幕式，600多人參加。", "- 3 -"]
    text = read_source(written(tmp_path, "a.pdf", pdf(lines))).text
    assert text == f"活動總結\n{SAID}"


@pytest.mark.parametrize(("name", "data", "says"), [
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".docx"),
    ("a.pdf", pdf([]), "OCR"),
    ("a.pdf", b"%PDF-1.4\nbroken", "讀不了"),
    ("a.docx", b"PK\x03\x04broken", "讀不了"),
    ("a.txt", b"", "沒有文字"),
    ("a.txt", bytes(range(128, 256)) * 3, "編碼"),
])  # fmt: skip
def test_what_cannot_be_read_says_what_to_do(tmp_path, name, data, says):
    with pytest.raises(FactsError) as caught:
        read_source(written(tmp_path, name, data))
    assert says in str(caught.value)


def test_a_missing_file(tmp_path):
    with pytest.raises(FactsError):
        read_source(tmp_path / "none.txt")


def test_entities_in_a_word_document_are_refused(tmp_path):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(FactsError):
        read_source(written(tmp_path, "a.docx", data.getvalue()))


def word_document(pages: int) -> bytes:
    """A .docx of about so many pages (700 characters each), written without python-docx, for speed."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    shape = "<w:pPr><w:ind w:firstLine='640'/></w:pPr>"
    run = f"<w:p>{shape}<w:r><w:rPr><w:sz w:val='32'/></w:rPr><w:t>{SAID}</w:t></w:r></w:p>"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        body = run * (pages * 700 // len(SAID))
        archive.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
    return data.getvalue()


def test_a_long_word_document_is_read_in_flat_memory():
    """What reading takes beyond the text itself does not grow with the document."""
    from summarywriter.sources.docx import docx_text

    over = {}
    for pages in (20, 200):
        data = word_document(pages)
        tracemalloc.start()
        text = docx_text(data)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert len(text) > pages * 650
        over[pages] = peak - 6 * len(text)
    assert over[200] < 3_000_000, over
    assert over[200] < over[20] + 1_500_000, over
