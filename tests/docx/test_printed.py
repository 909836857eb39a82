"""The page as the office sees it: 22 lines of 28 characters inside the margins, laid out by LibreOffice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from summarywriter import DocxLook, SummaryWriter, load_facts
from summarywriter.chinese.text import folded
from summarywriter.render import render_docx
from summarywriter.summary import Summary

EVENTS = Path(__file__).resolve().parents[2] / "fixtures" / "events"
REFERENCES = ("district-science-week", "brief-science-week", "city-science-week", "department-safety-week")
MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, (210 - 26) * MM, 37 * MM, (297 - 35) * MM
EM = 16.0


@pytest.fixture(scope="module")
def summaries() -> dict[str, Summary]:
    return {name: SummaryWriter().write(load_facts(EVENTS / f"{name}.yaml")) for name in REFERENCES}


@pytest.fixture(scope="module")
def pages(printed, summaries):
    documents = {name: render_docx(summary) for name, summary in summaries.items()}
    annexed = DocxLook(figures=True, page_numbers="centre")
    brief = summaries["brief-science-week"]
    documents["brief-annexed"] = render_docx(brief, look=DocxLook(figures=True))
    documents["annexed"] = render_docx(summaries["city-science-week"], look=annexed, draft=True)
    return printed(documents)


@pytest.mark.parametrize("name", REFERENCES)
def test_a_full_page_has_22_lines(pages, name) -> None:
    first, *others = pages[name]
    assert 20 <= len(first.lines) <= 22  # the title is larger, with a line below it
    for page in others[:-1]:
        lines = len(page.lines)
        # A heading that would stand last moves to the next page with the text that it heads.
        assert lines == 22 or (lines in (20, 21) and others), [line.text for line in page.lines]
    assert any(len(page.lines) == 22 for page in others) or len(others) < 2


@pytest.mark.parametrize("name", REFERENCES)
def test_a_full_line_has_28_characters(pages, name) -> None:
    full = [
        (line, below)
        for page in pages[name]
        for line, below in zip(page.lines, page.lines[1:], strict=False)
        if abs(line.left - LEFT) < 1
        and RIGHT - line.right < EM / 2
        and not re.search(r"[0-9A-Za-z]", line.text)
    ]
    assert len(full) >= 3
    # One more is a mark hung into the margin; less, marks that may not begin the next line or end this one.
    assert {len(line.text) for line, _ in full} <= {26, 27, 28, 29}
    free = [len(line.text) for line, below in full if not re.match(r".?[，。、；：”）》“（《]", below.text)]
    assert free.count(28) >= 0.8 * len(free)


@pytest.mark.parametrize("name", [*REFERENCES, "annexed"])
def test_the_text_stays_inside_the_margins(pages, name) -> None:
    for page in pages[name]:
        assert (round(page.width / MM), round(page.height / MM)) == (210, 297)
        for line in page.lines:
            if line.text == "草稿":
                continue
            hung = EM if line.text[-1] in "，。、；：）》”" else 0
            assert line.left >= LEFT - 1, line.text
            assert line.right <= RIGHT + 1 + hung, line.text
            assert line.top >= TOP - 1, line.text
            assert line.bottom <= BOTTOM + 2, line.text


@pytest.mark.parametrize("name", REFERENCES)
def test_no_heading_stands_last_on_a_page_and_no_mark_first_in_a_line(pages, summaries, name) -> None:
    summary = summaries[name]
    headings = {
        re.sub(r"\s", "", summary.text[line.start : line.end])
        for line in summary.filled.lines
        if line.kind == "heading"
    }
    for page in pages[name]:
        assert re.sub(r"\s", "", page.lines[-1].text) not in headings
        # Not ” and ’: LibreOffice takes them for Latin and breaks before them, whatever the file says.
        assert not [line.text for line in page.lines if line.text[0] in "，。、；：！？）》」』%"]


@pytest.mark.parametrize("name", REFERENCES)
def test_no_mark_is_lost_at_the_end_of_a_line(pages, summaries, name) -> None:
    shown = "".join(line.text for page in pages[name] for line in page.lines)
    text = re.sub(r"\s", "", summaries[name].text)
    assert {mark: shown.count(mark) for mark in "，。、；："} == {
        mark: text.count(mark) for mark in "，。、；："
    }


def test_a_signature_has_text_above_it_on_its_page(pages, summaries) -> None:
    """Without the last paragraph it would stand on a page of its own, below the note of the attachment."""
    page = next(p for p in pages["brief-annexed"] if any(line.text == "區科技局" for line in p.lines))
    text = re.sub(r"\s", "", summaries["brief-science-week"].text)
    assert page.lines[0].text in text
    assert page.lines[0].text != "區科技局"
    assert len(pages["brief-annexed"]) == 3


def test_page_numbers_stand_7_mm_below_the_text_outside_or_in_the_middle(pages) -> None:
    numbers = [page.outside[0] for page in pages["city-science-week"]]
    assert [number.text.replace(" ", "") for number in numbers[:3]] == ["—1—", "—2—", "—3—"]
    odd, even = numbers[0], numbers[1]
    assert abs(odd.right - (RIGHT - 14)) < 4  # one character of 14 pt in from the right
    assert abs(even.left - (LEFT + 14)) < 4
    assert 6 * MM <= (odd.top + odd.bottom) / 2 - BOTTOM <= 8 * MM  # the dash itself
    centred = pages["annexed"][0].outside[0]
    assert abs((centred.left + centred.right) / 2 - (LEFT + RIGHT) / 2) < 4


def test_the_table_of_figures_is_all_there(pages, summaries) -> None:
    summary = summaries["city-science-week"]
    text = "".join(line.text for page in pages["annexed"] for line in page.lines)
    assert "附件：活動數據匯總表" in text
    start = next(
        n
        for n, page in enumerate(pages["annexed"])
        if page.lines and any(line.text == "附件" for line in page.lines)
    )
    table = "".join(line.text for page in pages["annexed"][start:] for line in page.lines)
    figures = [f.quantity.surface for a in summary.facts.activities for f in a.figures]
    assert figures
    missing = [f for f in figures if folded(re.sub(r"\s", "", f)) not in folded(table) and "xx" not in f]
    assert missing == []
