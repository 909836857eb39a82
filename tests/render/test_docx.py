from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from summarywriter import RenderError
from summarywriter.render import DocxLook, render_docx
from summarywriter.render.docx.blocks import foot_indents


def opened(summary, **options):
    return Document(io.BytesIO(render_docx(summary, **options)))


def part(summary, name, **options):
    with zipfile.ZipFile(io.BytesIO(render_docx(summary, **options))) as archive:
        return archive.read(name).decode()


def test_each_block_has_its_named_style(make_summary):
    document = opened(make_summary())
    assert [(p.style.name, p.text) for p in document.paragraphs][:4] == [
        ("公文标题", "临江镇2025年消防宣传月活动总结"),
        ("主送", "县消防安全委员会："),
        ("公文正文", "根据《关于开展2025年消防宣传月活动的通知》要求，临江镇开展了“全民消防”活动。"),
        ("公文一级标题", "一、集中宣传，以练促防"),
    ]
    names = [p.style.name for p in document.paragraphs]
    assert names[4:] == [
        "公文二级标题",
        "公文正文",
        "公文三级标题",
        "公文四级标题",
        "公文正文",
        "落款",
        "成文日期",
    ]


def test_style_names_and_fonts_follow_the_script(make_summary):
    document = opened(
        make_summary((("title", 0, "臨江鎮活動總結"), ("paragraph", 0, "開展活動。")), script="hant")
    )
    assert [p.style.name for p in document.paragraphs] == ["公文標題", "公文正文"]
    fonts = document.styles["公文正文"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "仿宋"  # 仿宋_GB2312 has no Traditional characters
    assert "zh-TW" in part(make_summary((("title", 0, "臨江鎮總結"),)), "word/styles.xml")


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("公文标题", "方正小标宋简体", 22),
        ("公文一级标题", "黑体", 16),
        ("公文二级标题", "楷体_GB2312", 16),
        ("公文三级标题", "仿宋_GB2312", 16),
        ("公文四级标题", "仿宋_GB2312", 16),
        ("公文正文", "仿宋_GB2312", 16),
        ("公文页码", "宋体", 14),
    ],
)
def test_fonts_stand_on_the_styles(make_summary, style, font, size):
    found = opened(make_summary()).styles[style]
    assert found.element.rPr.rFonts.get(qn("w:eastAsia")) == font
    assert found.font.size.pt == size
    assert not found.font.bold


def test_the_page_holds_22_lines_of_28_characters(make_summary):
    document = opened(make_summary())
    section = document.sections[0]
    assert [round(n.mm) for n in (section.page_width, section.page_height)] == [210, 297]
    margins = section.top_margin, section.left_margin, section.right_margin, section.bottom_margin
    assert [round(n.mm) for n in margins] == [37, 28, 26, 35]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    normal = document.styles["Normal"].element
    spacing = normal.pPr.find(qn("w:spacing"))
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("579", "exact")
    assert normal.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-5"
    indent = document.styles["公文正文"].element.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_no_theme_and_no_formatting_by_hand(make_summary):
    summary = make_summary()
    assert "Theme" not in part(summary, "word/styles.xml")  # a theme's font would win over a name
    body = part(summary, "word/document.xml")
    runs = set(re.findall(r"<w:rPr>(.*?)</w:rPr>", body, re.DOTALL))
    by_hand = {tag for run in runs for tag in re.findall(r"<w:(\w+)", run)} - {"rStyle", "rFonts"}
    assert not by_hand
    assert set(re.findall(r"<w:rFonts ([^/]*)/>", body)) == {'w:hint="eastAsia"'}


def test_run_in_heads_and_gaps_have_styles_of_their_own(make_summary):
    paragraph = opened(make_summary()).paragraphs[8]
    assert [(run.text, run.style.name) for run in paragraph.runs] == [
        ("（二）入户排查。", "公文二级段首"),
        ("共走访住户612户，排查商铺", "Default Paragraph Font"),
        ("〔待补〕", "待补"),
        ("。", "Default Paragraph Font"),
    ]


def test_headings_stand_in_the_navigation_pane(make_summary):
    styles = opened(make_summary()).styles
    levels = [
        styles[f"公文{n}级标题"].element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) for n in "一二三四"
    ]
    assert levels == ["0", "1", "2", "3"]


@pytest.mark.parametrize(
    ("where", "sides"), [("outside", ["right", "left"]), ("centre", ["center", "center"])]
)
def test_page_numbers(make_summary, where, sides):
    document = opened(make_summary(), look=DocxLook(page_numbers=where))
    section = document.sections[0]
    footers = [section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]]
    for footer, side in zip(footers, sides, strict=True):
        xml = footer._p.xml
        assert "PAGE" in xml
        assert "— " in xml
        jc = footer._p.pPr.find(qn("w:jc"))
        assert (jc.get(qn("w:val")) if jc is not None else "center") == side
    assert document.settings.odd_and_even_pages_header_footer


def test_the_draft_mark_is_on_every_page(make_summary):
    section = opened(make_summary(), draft=True).sections[0]
    assert [h.paragraphs[0].text for h in (section.header, section.even_page_header)] == ["草稿", "草稿"]
    assert not any(p.text for p in opened(make_summary()).sections[0].header.paragraphs)


@pytest.mark.parametrize(
    ("organ", "date", "indents"),
    [
        ("临江镇人民政府", "2025年12月5日", (2, 0.5)),  # the date starts 2 behind the organ
        ("区人力资源和社会保障局", "2025年6月5日", (2, 5)),
        ("区委", "2025年12月25日", (9, 2)),  # the date is the longer
        ("", "2025年6月5日", (2, 2)),
        ("很" * 30, "2025年6月5日", (2, 2)),
    ],
)
def test_where_signature_and_date_stand(organ, date, indents):
    assert foot_indents(organ, date, 28) == indents


def test_a_date_alone_has_the_blank_line_that_an_organ_would_have(make_summary):
    blocks = (("title", 0, "总结"), ("paragraph", 0, "开展活动。"), ("date", 0, "2025年6月5日"))
    for look in (DocxLook(), DocxLook(direct=True)):
        last = opened(make_summary(blocks), look=look).paragraphs[-1]
        assert last._p.pPr.find(qn("w:spacing")).get(qn("w:before")) == "579"


def test_a_long_title_is_broken_without_losing_its_name(make_summary):
    title = "临江镇人民政府关于2025年“全民消防、生命至上”消防宣传月活动开展情况的总结"
    document = opened(make_summary((("title", 0, title),)))
    shown = document.paragraphs[0].text
    assert "\n" in shown
    assert shown.replace("\n", "") == title
    assert document.core_properties.title == title


def test_properties_are_the_summary_s_own(make_summary):
    core = opened(make_summary()).core_properties
    assert (core.title, core.author, core.subject) == (
        "临江镇2025年消防宣传月活动总结",
        "临江镇人民政府",
        "全民消防",
    )
    assert (core.comments, core.last_modified_by) == ("", "")
    names = zipfile.ZipFile(io.BytesIO(render_docx(make_summary()))).namelist()
    assert not [name for name in names if "thumbnail" in name or "customXml" in name]


def test_characters_that_xml_cannot_hold_are_left_out(make_summary):
    document = opened(
        make_summary((("title", 0, "总\x00结\x1b\ufffe\ud800"), ("paragraph", 0, "甲<&>\x0b乙")))
    )
    assert [p.text for p in document.paragraphs] == ["总结", "甲<&>乙"]


def test_the_same_summary_gives_the_same_bytes(make_summary):
    assert render_docx(make_summary()) == render_docx(make_summary())


def test_python_docx_is_not_imported_before_it_is_needed():
    code = "import sys, summarywriter.render; sys.exit('docx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


ATTACHED = ("2025年消防宣传月活动照片", "隐患排查台账")


def test_attachments_stand_between_text_and_signature(make_summary, sheet):
    facts = sheet.model_copy(update={"attachments": ATTACHED})
    document = opened(make_summary(facts=facts))
    texts = [p.text for p in document.paragraphs]
    at = texts.index("附件：1.2025年消防宣传月活动照片")
    assert texts[at + 1] == "2.隐患排查台账"
    assert [p.style.name for p in document.paragraphs][at : at + 3] == ["附件说明", "附件说明续行", "落款"]
    indents = [p._p.pPr.find(qn("w:ind")) for p in document.paragraphs[at : at + 2]]
    starts = [int(i.get(qn("w:leftChars"))) - int(i.get(qn("w:hangingChars"))) for i in indents]
    assert starts == [200, 500]  # 2 characters in; the second number below the first
    assert {i.get(qn("w:leftChars")) for i in indents} == {"600"}  # names align where they wrap
    alone = opened(make_summary(facts=sheet.model_copy(update={"attachments": ATTACHED[:1]})))
    assert "附件：2025年消防宣传月活动照片" in [p.text for p in alone.paragraphs]


def test_the_table_of_figures_has_every_figure_of_the_sheet(make_summary):
    document = opened(make_summary(), look=DocxLook(figures=True))
    assert "附件：活动数据汇总表" in [p.text for p in document.paragraphs]
    [table] = document.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["序号", "活动", "项目", "数量"]
    assert [row[2:] for row in rows[1:]] == [
        ["参加", "260余人"],
        ["整改隐患", "52处"],
        ["发放宣传资料", "4200余份"],
    ]
    assert [row[1] for row in rows[1:]] == ["启动仪式", "启动仪式", "合计"]  # merged, and so read once
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert document.paragraphs[-1].style.name == "附件标题"


def template(tmp_path, *texts):
    """An office's template: its own page, footer and styles, under names of its own."""
    document = Document()
    document.sections[0].left_margin = 1_000_000
    document.sections[0].footer.paragraphs[0].text = "本局专用"
    document.styles.add_style("一级标题", 1).font.size = 203200
    body = document.styles.add_style("正文首行缩进", 1)
    body.font.name = "Arial"
    for text in texts:
        document.add_paragraph(text)
    path = tmp_path / "模板.docx"
    document.save(path)
    return path


def test_a_template_gives_page_footer_and_styles(make_summary, tmp_path):
    path = template(tmp_path, "示例文字")
    document = opened(make_summary(), look=DocxLook(template=path))
    styles = {p.text: p.style.name for p in document.paragraphs}
    assert styles["一、集中宣传，以练促防"] == "一级标题"
    assert styles["11月1日上午，260余人参加；发放宣传手册1500份。"] == "正文首行缩进"
    assert styles["临江镇人民政府"] == "落款"  # which the template has not: ours
    assert "示例文字" not in styles
    assert document.sections[0].left_margin == pytest.approx(1_000_000, abs=700)
    assert document.sections[0].footer.paragraphs[0].text == "本局专用"
    assert document.styles["正文首行缩进"].font.name == "Arial"
    ids = [style.style_id for style in document.styles]
    assert len(ids) == len(set(ids))
    assert {
        s.element.find(qn("w:basedOn")).get(qn("w:val")) for s in document.styles if s.name == "落款"
    } <= set(ids)


def test_a_template_s_own_text_stays_around_the_place_for_ours(make_summary, tmp_path):
    path = template(tmp_path, "临江镇人民政府文件", "{{正文}}", "抄送：县消防安全委员会")
    summary = make_summary()
    texts = [p.text for p in opened(summary, look=DocxLook(template=path, figures=True)).paragraphs]
    assert texts[0] == "临江镇人民政府文件"
    assert texts[1] == "临江镇2025年消防宣传月活动总结"
    assert texts[-1] == "抄送：县消防安全委员会"
    assert not [text for text in texts if "{{" in text]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no", b"<html>"])
def test_what_is_no_template_is_refused_by_name(make_summary, tmp_path, content):
    path = tmp_path / "t.docx"
    path.write_bytes(content)
    with pytest.raises(RenderError, match=r"t\.docx"):
        render_docx(make_summary(), look=DocxLook(template=path))
    with pytest.raises(RenderError, match=r"missing\.docx"):
        render_docx(make_summary(), look=DocxLook(template=tmp_path / "missing.docx"))


def test_formatting_can_stand_on_each_paragraph_too(make_summary):
    document = opened(make_summary(), look=DocxLook(direct=True))
    for paragraph in document.paragraphs:
        style = paragraph.style.element
        assert paragraph.runs
        for run in paragraph.runs:
            assert run.font.size == paragraph.style.font.size
            named = run.style.element.rPr
            own = (
                named.rFonts.get(qn("w:eastAsia")) if named is not None and named.rFonts is not None else None
            )
            expected = own or style.rPr.rFonts.get(qn("w:eastAsia"))
            assert run._r.rPr.rFonts.get(qn("w:eastAsia")) == expected
        if paragraph.style.name not in {"落款", "成文日期"}:
            assert paragraph.alignment == paragraph.style.paragraph_format.alignment


def test_the_parts_obey_the_schema(make_summary, sheet, tmp_path):
    """By a validator that knows the schema and the constraints of Office's own."""
    facts = sheet.model_copy(update={"attachments": ATTACHED})
    template_path = template(tmp_path, "红头", "{{正文}}")
    for n, look in enumerate(
        (
            DocxLook(),
            DocxLook(figures=True, direct=True),
            DocxLook(page_numbers="centre", template=template_path),
        )
    ):
        for script in ("hans", "hant"):
            path = tmp_path / f"{n}{script}.docx"
            path.write_bytes(render_docx(make_summary(facts=facts, script=script), look=look, draft=True))
            result = OpenXmlValidator().validate(path)
            assert [error.description for error in result.errors] == []
