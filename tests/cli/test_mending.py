"""`check --fix` into a .docx: what is certain is put right where it stands, and nothing else is touched."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

OPENING = "2025年11月1日，临江镇在镇文化广场举行启动仪式，发放宣传手册"


def _runs(paragraph: Any) -> list[tuple[str, bool | None]]:
    return [(run.text, run.bold) for run in paragraph.runs]


@pytest.fixture
def docx(tmp_path: Path) -> Callable[..., Path]:
    """A .docx of one paragraph, its runs given as (text, bold), and whatever ``more`` puts into it."""

    def make(*runs: tuple[str, bool | None], more: Callable[[Any], None] = lambda document: None) -> Path:
        document = Document()
        document.add_paragraph("临江镇2025年消防宣传月活动总结")
        paragraph = document.add_paragraph()
        for text, bold in runs:
            run = paragraph.add_run(text)
            run.bold = bold
            run.font.size = Pt(16)
        more(document)
        path = tmp_path / "edited.docx"
        document.save(str(path))
        return path

    return make


def _fixed(sw: Any, file: Path, sheet: Path, *more: str) -> Any:
    return sw("check", file, sheet, "--fix", "--yes", "--lang", "en", *more)


def _sole(file: Path) -> Any:
    return Document(str(file)).paragraphs[1]


def test_what_write_made_and_a_person_spoilt_is_put_right(sw, sheet, tmp_path):
    out = tmp_path / "out.docx"
    assert sw("write", sheet, "-o", out).code == 0
    good = [_runs(p) for p in Document(out).paragraphs]
    document = Document(out)
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("1500份", "1600份").replace("11月9日", "11月19日")
    document.save(out)
    done = _fixed(sw, out, sheet)
    assert done.code == 0
    assert "2 mends written" in done.err
    assert [_runs(p) for p in Document(out).paragraphs] == good


def test_the_diff_is_shown_first_and_nothing_written_unasked(sw, sheet, docx):
    file = docx((f"{OPENING}1600份。", None))
    before = file.read_bytes()
    done = sw("check", file, sheet, "--fix", "--lang", "en")
    assert f"-{OPENING}1600份。" in done.out.splitlines()
    assert f"+{OPENING}1500份。" in done.out.splitlines()
    assert "--yes" in done.err
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        # One number in three runs, as Word leaves it after a person has typed in it.
        ([("16", None), ("0", True), ("0份。", None)], [("15", None), ("0", True), ("0份。", None)]),
        # Only what differs is written: bold digits stay bold, the plain measure word plain.
        ([("15000", True), ("份。", None)], [("1500", True), ("份。", None)]),
        ([("150", True), ("份。", None)], [("1500", True), ("份。", None)]),
        ([("5100", True), ("份。", None)], [("1500", True), ("份。", None)]),
        ([("1500", True), ("余", False), ("份。", None)], [("1500", True), ("", False), ("份。", None)]),
        ([("近", False), ("1500", True), ("份。", None)], [("", False), ("1500", True), ("份。", None)]),
        ([("1500", True), ("册。", None)], [("1500", True), ("份。", None)]),
    ],
)
def test_runs_keep_their_looks(sw, sheet, docx, wrong, right):
    file = docx((OPENING, None), *wrong)
    done = _fixed(sw, file, sheet)
    assert done.code == 0, done.out + done.err
    runs = _sole(file).runs
    assert [(run.text, run.bold) for run in runs] == [(OPENING, None), *right]
    assert {run.font.size for run in runs} == {Pt(16)}


def test_a_date_and_a_modifier_too(sw, sheet, docx):
    file = docx(("2025年11月", None), ("11", True), ("日，临江镇举行启动仪式，近260人参加。", None))
    assert _fixed(sw, file, sheet).code == 0
    assert _runs(_sole(file))[1] == ("1", True)
    assert _sole(file).text == "2025年11月1日，临江镇举行启动仪式，260余人参加。"


def _table(*cells: str) -> Callable[[Any], None]:
    def more(document: Any) -> None:
        table = document.add_table(2, len(cells))
        for cell, text in zip(table.rows[0].cells, ("活动", "项目", "数量", "说明"), strict=False):
            cell.text = text
        for cell, text in zip(table.rows[1].cells, cells, strict=True):
            cell.text = text

    return more


def test_a_table_s_cell_is_read_and_put_right(sw, sheet, docx):
    file = docx((f"{OPENING}1500份。", None), more=_table("启动仪式", "发放宣传手册", "1600份"))
    done = sw("check", file, sheet, "--lang", "en")
    assert done.code == 1
    assert "启动仪式 | 发放宣传手册 | 1600份" in done.out
    assert _fixed(sw, file, sheet).code == 0
    rows = Document(str(file)).tables[0].rows
    assert [cell.text for cell in rows[1].cells] == ["启动仪式", "发放宣传手册", "1500份"]
    assert [cell.text for cell in rows[0].cells] == ["活动", "项目", "数量"]


def test_the_table_of_figures_that_write_appends_passes(sw, sheet, tmp_path):
    out = tmp_path / "out.docx"
    assert sw("write", sheet, "-o", out, "--figures-table").code == 0
    assert Document(out).tables
    done = sw("check", out, sheet, "--lang", "en")
    assert (done.code, "0 errors · 0 warnings" in done.err) == (0, True)


BOX = f"""<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
  xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>
  <w:p><w:r><w:t>启动仪式发放宣传手册1700份</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"""
NOTE = f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>'


@pytest.mark.parametrize("piece", [BOX, NOTE], ids=["text box", "footnote"])
def test_text_boxes_and_notes_are_left_alone_and_said_to_be(sw, sheet, docx, piece):
    file = docx(
        (f"{OPENING}1600份。", None),
        more=lambda document: document.paragraphs[1]._p.append(parse_xml(piece)),
    )
    done = _fixed(sw, file, sheet)
    assert done.code == 0
    assert "text boxes, footnotes" in done.err
    assert _sole(file).text == f"{OPENING}1500份。"
    xml = Document(str(file)).element.xml
    assert ("1700份" in xml, "footnoteReference" in xml) == (piece == BOX, piece == NOTE)


def _inserted(document: Any) -> None:
    run = document.paragraphs[1].runs[-1]._r
    mark = parse_xml(f'<w:ins {nsdecls("w")} w:id="9" w:author="chief" w:date="2025-12-01T00:00:00Z"/>')
    run.addprevious(mark)
    mark.append(run)


def _deleted(document: Any) -> None:
    document.paragraphs[1]._p.append(
        parse_xml(
            f'<w:del {nsdecls("w")} w:id="9" w:author="chief" w:date="2025-12-01T00:00:00Z">'
            "<w:r><w:delText>发放雨伞75把。</w:delText></w:r></w:del>"
        )
    )


def _setting(xml: str) -> Callable[[Any], None]:
    return lambda document: document.settings.element.insert(0, parse_xml(xml))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (_inserted, "tracked changes"),
        (_deleted, "tracked changes"),
        (_setting(f"<w:trackRevisions {nsdecls('w')}/>"), "tracked changes"),
        (
            _setting(f'<w:documentProtection {nsdecls("w")} w:edit="readOnly" w:enforcement="1"/>'),
            "restricted",
        ),
    ],
    ids=["insertion", "deletion", "tracking on", "protected"],
)
def test_tracked_and_protected_documents_are_shown_and_refused(sw, sheet, docx, more, said):
    file = docx((OPENING, None), ("1600份。", None), more=more)
    before = file.read_bytes()
    done = _fixed(sw, file, sheet)
    assert done.code == 1  # the fault is still there
    assert f"+{OPENING}1500份。" in done.out.splitlines()
    assert said in done.err
    assert "雨伞" not in done.out  # struck out, so no longer said
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "more",
    [
        _setting(f'<w:trackRevisions {nsdecls("w")} w:val="0"/>'),
        _setting(f'<w:documentProtection {nsdecls("w")} w:edit="readOnly" w:enforcement="0"/>'),
    ],
)
def test_switches_that_are_off_stop_nothing(sw, sheet, docx, more):
    assert _fixed(sw, docx((f"{OPENING}1600份。", None), more=more), sheet).code == 0


def test_a_signed_document_is_refused(sw, sheet, docx):
    file = docx((f"{OPENING}1600份。", None))
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    relation = (
        b'<Relationship Id="rId99" Target="_xmlsignatures/origin.sigs" Type="http://schemas.openxmlformats.org'
        b'/package/2006/relationships/digital-signature/origin"/></Relationships>'
    )
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"</Relationships>", relation)
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Default Extension="sigs" ContentType="application/vnd.openxmlformats-package.'
        b'digital-signature-origin"/></Types>',
    )
    parts["_xmlsignatures/origin.sigs"] = b""
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    before = file.read_bytes()
    done = _fixed(sw, file, sheet)
    assert "signed" in done.err
    assert file.read_bytes() == before


def _in_field(document: Any) -> None:
    run = document.paragraphs[1].runs[1]._r
    for kind, where in (("begin", run.addprevious), ("separate", run.addprevious), ("end", run.addnext)):
        where(parse_xml(f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="{kind}"/></w:r>'))


def _in(tag: str, inside: str = "") -> Callable[[Any], None]:
    def more(document: Any) -> None:
        run = document.paragraphs[1].runs[1]._r
        mark = parse_xml(f"<w:{tag} {nsdecls('w')}>{inside}</w:{tag}>")
        run.addprevious(mark)
        (mark.find(qn("w:sdtContent")) if inside else mark).append(run)

    return more


def _pinned(document: Any) -> None:
    style = document.styles.add_style("釘住", 2)
    document.paragraphs[1].runs[1].style = style


BOUND = '<w:sdtPr><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/></w:sdtPr><w:sdtContent/>'
LOCKED = '<w:sdtPr><w:lock w:val="contentLocked"/></w:sdtPr><w:sdtContent/>'


@pytest.mark.parametrize(
    "more",
    [_in_field, _in("fldSimple"), _in("sdt", BOUND), _in("sdt", LOCKED), _pinned],
    ids=["field", "simple field", "bound control", "locked control", "pinned"],
)
def test_what_word_or_its_owner_holds_is_told_and_left(sw, sheet, docx, more):
    file = docx((OPENING, None), ("1600份", None), ("。", None), more=more)
    before = file.read_bytes()
    done = _fixed(sw, file, sheet)
    assert done.code == 1
    assert ":2: “1600份” should be “1500份”" in done.err
    assert file.read_bytes() == before


def test_a_free_control_is_no_obstacle(sw, sheet, docx):
    file = docx((OPENING, None), ("1600份", None), ("。", None), more=_in("sdt", "<w:sdtPr/><w:sdtContent/>"))
    assert _fixed(sw, file, sheet).code == 0
    assert "1500份" in Document(str(file)).element.xml


@pytest.mark.parametrize("lock", ["~$edited.docx", "~$dited.docx", "~$ited.docx", ".~lock.edited.docx#"])
def test_a_file_that_is_open_is_left_alone(sw, sheet, docx, lock):
    file = docx((f"{OPENING}1600份。", None))
    before = file.read_bytes()
    file.with_name(lock).write_bytes(b"")
    done = _fixed(sw, file, sheet)
    assert done.code == 2
    assert "close it first" in done.err
    assert lock in done.err
    assert file.read_bytes() == before


def test_a_read_only_file_stays_as_it_is(sw, sheet, docx, two_texts):
    for file in (docx((f"{OPENING}1600份。", None)), two_texts):
        file.chmod(0o444)
        before = file.read_bytes()
        done = _fixed(sw, file, sheet)
        assert done.code == 2
        assert "read-only" in done.err
        assert file.read_bytes() == before


@pytest.fixture
def two_texts(tmp_path: Path) -> Path:
    file = tmp_path / "by-hand.txt"
    file.write_text(f"{OPENING}1600份。\n", "utf-8")
    return file


def test_the_file_is_replaced_whole_or_not_at_all(sw, sheet, docx, monkeypatch):
    file = docx((f"{OPENING}1600份。", None))
    before = file.read_bytes()

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    done = _fixed(sw, file, sheet)
    assert done.code == 2
    assert "Word" in done.err
    assert file.read_bytes() == before
    assert [p.name for p in file.parent.iterdir() if p.suffix == ".tmp"] == []


def test_everything_else_in_the_archive_stays(sw, sheet, docx):
    def more(document: Any) -> None:
        document.sections[0].footer.paragraphs[0].text = "第1页"
        document.add_paragraph("附件", style="Heading 1").paragraph_format.space_after = Pt(7)
        document.core_properties.author = "周敏"

    file = docx((f"{OPENING}1600份。", None), more=more)

    def parts() -> dict[str, str]:
        with zipfile.ZipFile(file) as archive:
            return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}

    before = parts()
    assert _fixed(sw, file, sheet).code == 0
    after = parts()
    assert after.keys() == before.keys()
    changed = [name for name in before if after[name] != before[name]]
    assert changed == ["word/document.xml"]
    preserve = '<w:t xml:space="preserve">'
    assert after[changed[0]].replace(preserve, "<w:t>") == before[changed[0]].replace("1600份", "1500份")


def test_tabs_and_words_struck_out_are_read_as_word_shows_them(sw, sheet, docx):
    def more(document: Any) -> None:
        paragraph = document.paragraphs[1]
        paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(60))
        paragraph.add_run("\t现场\t另发放宣传手册1700份。")
        moved = paragraph.add_run("发放雨伞75把。")._r
        mark = parse_xml(f'<w:moveFrom {nsdecls("w")} w:id="9" w:author="chief"/>')
        moved.addprevious(mark)
        mark.append(moved)

    done = sw("check", docx((f"{OPENING}1500份。", None), more=more), sheet, "--lang", "en")
    assert f"{OPENING}1500份。 现场 另发放宣传手册1700份。"[-12:] in done.out
    assert "雨伞" not in done.out
