from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

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
