"""The review page as its reader meets it: in Chromium, by mouse, keyboard, phone, in the dark, on paper."""

from __future__ import annotations

import base64
import io
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from summarywriter import SummaryWriter, load_facts, verify_text
from summarywriter.chat import Failure, FailureKind, Reply, Request, Usage
from summarywriter.draft import number, written
from summarywriter.facts.index import FactIndex
from summarywriter.facts.model import EventFacts
from summarywriter.plan import make_plan
from summarywriter.realise import realise
from summarywriter.render.review import render_html, render_page, review_of_text
from summarywriter.summary import Summary
from summarywriter.testing import ScriptedModel

ROOT = Path(__file__).resolve().parents[2]
EVENTS = ROOT / "fixtures" / "events"


@pytest.fixture(scope="module")
def summary() -> Summary:
    return SummaryWriter().write(load_facts(EVENTS / "district-science-week.yaml"))


@pytest.fixture(scope="module")
def faulty() -> str:
    """A text of somebody else's: a changed figure, a sentence out of the air, facts left out."""
    facts = load_facts(EVENTS / "township-fire-month.yaml")
    text = (ROOT / "fixtures/drafts/faults/digit-transposed.txt").read_text(encoding="utf-8")
    text = "\n".join(text.splitlines()[:6])
    return render_page(review_of_text("送審稿.txt", text, facts, verify_text(text, facts), script="hans"))


def mark_that_says(browser: Any, text: str) -> Any:
    return next(mark for mark in browser.all("a.sw-mark") if mark.get_attribute("textContent") == text)


def row_of(browser: Any, fact: str) -> Any:
    return next(
        row
        for row in browser.all(".sw-fact")
        if row.find_element("css selector", ".sw-key").get_attribute("textContent") == fact
    )


def test_a_clicked_figure_lights_up_its_fact_and_brings_it_into_view(browser, summary) -> None:
    browser.open(render_html(summary))
    claim = next(
        c
        for c in reversed(summary.filled.claims)
        if c.how == "slot" and c.facts[0].startswith("a") and ".f" in c.facts[0]
    )
    mark_that_says(browser, summary.text[claim.start : claim.end]).click()
    lit = browser.texts(".sw-fact.sw-lit .sw-key")
    assert claim.facts[0] in lit
    row = row_of(browser, claim.facts[0])
    assert browser.run(
        "const r = arguments[0].getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight", row
    )


def test_a_clicked_fact_lights_up_every_place_it_is_told(browser, summary) -> None:
    browser.open(render_html(summary))
    told: dict[str, list[str]] = {}
    for claim in summary.filled.claims:
        for fact in claim.facts:
            told.setdefault(fact, []).append(summary.text[claim.start : claim.end])
    fact = "a1"
    row_of(browser, fact).click()
    lit = browser.texts("a.sw-mark.sw-lit")
    assert lit
    assert set(lit) <= set(told[fact])
    assert browser.texts(".sw-fact.sw-lit .sw-key") == [fact]


def test_it_works_by_keyboard_alone(browser, summary) -> None:
    browser.open(render_html(summary))

    def press(*keys: str) -> None:
        ActionChains(browser.driver).send_keys(*keys).perform()

    def focused() -> str:
        return browser.run("return document.activeElement.className")

    press(Keys.TAB)  # the skip link
    press(Keys.TAB)  # the first figure
    assert "sw-mark" in focused()
    first = browser.run("return document.activeElement.textContent")
    press(Keys.ARROW_RIGHT)
    second = browser.run("return document.activeElement.textContent")
    assert [first, second] == browser.texts("a.sw-mark")[:2]
    press(Keys.ENTER)
    assert browser.texts("a.sw-mark.sw-lit")
    assert second in browser.texts("a.sw-mark.sw-lit")
    said = browser.texts(".sw-say")[0]
    assert said.startswith(tuple(browser.texts(".sw-fact.sw-lit .sw-key")))
    press(Keys.ENTER)  # again: across to the fact
    assert "sw-key" in focused()
    press(Keys.ARROW_DOWN, Keys.SPACE)
    assert browser.texts(".sw-fact.sw-lit .sw-key") == [
        browser.run("return document.activeElement.textContent")
    ]
    press(Keys.ESCAPE)
    assert not browser.all(".sw-lit")
    stops = browser.run("return document.querySelectorAll('.sw-review [tabindex=\"0\"]').length")
    assert stops == 2, "Tab stops once in the text and once in the sheet, not at every figure"


def test_findings_stand_beside_their_paragraph_with_code_and_suggestion(browser, faulty) -> None:
    browser.open(faulty)
    note = browser.all(".sw-note.sw-error")[0]
    assert note.find_element("css selector", ".sw-code").text.startswith("SW102")
    assert "203户" in note.find_element("css selector", ".sw-suggestion").text
    place = note.find_element("xpath", "ancestor::div[contains(@class,'sw-row')]")
    assert "230户" in place.find_element("css selector", ".sw-line").text
    beside, text = note.rect, place.find_element("css selector", ".sw-main").rect
    assert beside["x"] >= text["x"] + text["width"]
    note.click()
    assert "".join(browser.texts(".sw-noted.sw-lit")) == "230户"


def test_untold_facts_and_sentences_without_a_fact_stand_out(browser, faulty, summary) -> None:
    browser.open(faulty)
    untold = browser.all(".sw-fact.sw-untold")
    assert untold
    assert all(row.find_element("css selector", ".sw-places").text == "未写到" for row in untold)
    assert len(browser.all(".sw-missing .sw-gap")) == len(untold)
    plain = browser.all(".sw-fact.sw-told")[0]
    assert untold[0].value_of_css_property("background-color") != plain.value_of_css_property(
        "background-color"
    )
    browser.all(".sw-missing .sw-gap")[0].click()
    assert untold[0].get_attribute("class").endswith("sw-lit")


@pytest.fixture(scope="module")
def by_model() -> tuple[Summary, ScriptedModel]:
    """Three sections of a model's: one revised for the better, one given up, one that never came."""
    facts = load_facts(EVENTS / "township-fire-month.yaml")
    index = FactIndex.of(facts)
    plan = make_plan(index)
    tables = {section.id: number(section, index) for section in plan.sections}
    good = {draft.section: written(draft, tables[draft.section]) for draft in realise(plan, index)}
    revised, hopeless, lost = [section.id for section in plan.sections if section.units][:3]
    usage = Usage(prompt_tokens=100, completion_tokens=7)

    def answer(request: Request) -> Reply | Failure:
        if request.stage == "critique":
            remark = {"section": revised, "quote": "活动", "kind": "empty", "advice": "写实一些"}
            return Reply(json.dumps({"remarks": [remark]}), usage=usage)
        if request.section == lost:
            return Failure(FailureKind.TIMEOUT, "no answer in 60 s")
        if request.section == hopeless:
            return Reply("投入经费99万元。", usage=usage)
        text = good[request.section]
        return Reply(
            text + "成效全国第一。" if request.stage == "draft" and request.section == revised else text,
            usage=usage,
        )

    model = ScriptedModel(answer)
    return SummaryWriter(model).write(facts), model


def test_rounds_are_shown_as_diffs_with_remarks_fallbacks_and_what_they_cost(browser, by_model) -> None:
    summary, model = by_model
    assert len(summary.trace.fallbacks) == 2
    browser.open(render_html(summary))
    for fold in browser.all(".sw-fold > summary"):
        fold.click()
    folds = browser.all(".sw-fold")
    revised, hopeless, lost = folds[:3]
    assert "成效全国第一" in revised.find_element("css selector", ".sw-diff del").text
    assert revised.find_elements("css selector", ".sw-verdict")[-1].text == "采用"
    assert "写实一些" in revised.find_element("css selector", ".sw-remarks").text
    assert "由内置写手写成" in hopeless.find_element("css selector", "summary").text
    assert (
        "投入经费99万元"
        in hopeless.find_elements("css selector", ".sw-round")[-1].find_element("css selector", "del").text
    )
    assert "no answer in 60 s" in lost.text
    assert len(browser.all(".sw-text .sw-origin")) == 2
    table = folds[-1]
    assert len(table.find_elements("css selector", "tbody tr")) == len(model.requests)
    assert model.requests[0].key[:12] in table.text
    answered = sum(request.section != lost_section(summary) for request in model.requests)
    assert f"token：输入 {answered * 100}，输出 {answered * 7}" in browser.texts(".sw-status li")
    assert "模型 scripted" in browser.texts(".sw-status li")


def lost_section(summary: Summary) -> str:
    return next(section for section, why in summary.trace.fallbacks.items() if "60 s" in why)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_text_can_be_read_against_what_is_behind_it(browser, faulty, dark) -> None:
    """WCAG 2: 4.5 to 1, computed from the colours that Chromium really uses."""
    browser.open(faulty, dark=dark)
    browser.all(".sw-fact.sw-told")[0].click()
    low = browser.run(CONTRAST)
    assert low == []
    paper = browser.run("return getComputedStyle(document.querySelector('.sw-review')).backgroundColor")
    assert (paper == "rgb(255, 255, 255)") is not dark


CONTRAST = """
function parse(c) { return c.match(/[\\d.]+/g).map(Number); }
function lum(c) {
  const [r, g, b] = c.map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
  return .2126 * r + .7152 * g + .0722 * b;
}
function behind(node) {
  for (; node; node = node.parentElement) {
    const c = parse(getComputedStyle(node).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c.slice(0, 3);
  }
  return [255, 255, 255];
}
const low = [];
for (const node of document.querySelectorAll('.sw-review *, .sw-story *')) {
  const own = [...node.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
  if (!own || !node.getClientRects().length) continue;
  const a = lum(parse(getComputedStyle(node).color).slice(0, 3)), b = lum(behind(node));
  const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  if (ratio < 4.5) low.push(node.className + ' ' + node.textContent.slice(0, 12) + ' ' + ratio.toFixed(2));
}
return low;
"""


def test_a_phone_shows_it_without_scrolling_sideways_and_tells_the_fact_below(browser, faulty) -> None:
    browser.open(faulty, width=360, height=740)
    assert browser.run("return document.documentElement.scrollWidth <= innerWidth")
    mark = browser.all("a.sw-mark")[2]
    mark.click()
    bar = browser.all(".sw-say")[0]
    assert bar.is_displayed()
    assert bar.rect["width"] == browser.run("return document.documentElement.clientWidth")
    assert browser.texts(".sw-fact.sw-lit .sw-value")[0] in bar.text
    note = browser.all(".sw-note")[0]
    line = note.find_element(
        "xpath", "ancestor::div[contains(@class,'sw-row')]//*[contains(@class,'sw-line')]"
    )
    assert note.rect["y"] >= line.rect["y"] + line.rect["height"]


@pytest.mark.parametrize(("script", "lang"), [("hans", "zh-Hans"), ("hant", "zh-Hant")])
def test_a_screen_reader_finds_language_headings_and_names(browser, script, lang) -> None:
    facts = load_facts(EVENTS / "district-science-week.yaml")
    summary = SummaryWriter(script=script).write(facts)
    browser.open(render_html(summary, draft=True))
    assert browser.run("return document.documentElement.lang") == lang
    assert browser.all(".sw-text")[0].get_attribute("lang") == lang
    assert browser.all(".sw-sheet")[0].get_attribute("lang") == "zh-Hant", "the sheet stays in its own script"
    title = summary.text[: summary.text.index("\n")]
    assert browser.texts("h1") == [title]
    assert browser.driver.title == title
    levels = browser.run("return [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    tree = browser.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    named = {(n["role"]["value"], n["name"]["value"]) for n in tree if "name" in n and "role" in n}
    sheet = {"hans": "事实表", "hant": "事實表"}[script]
    assert ("region", sheet) in named
    assert browser.texts(".sw-flag") == ["草稿"]


def test_print_gives_a_pdf_in_which_figures_bear_the_numbers_of_their_facts(
    browser, summary, tmp_path
) -> None:
    browser.open(render_html(summary))
    pdf = base64.b64decode(
        browser.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": False})["data"]
    )
    assert pdf.startswith(b"%PDF")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    dense = re.sub(r"\s", "", text)
    assert re.sub(r"\s", "", summary.facts.unit or "") in dense
    number = browser.run(
        "return [...document.querySelectorAll('.sw-key')].findIndex(key => key.textContent === 'unit') + 1"
    )
    assert f"{summary.facts.unit}{number}" in dense
    assert "點擊互相照亮" not in dense


HOSTILE = (
    "<script>window.hit=1</script>",
    "<img src=x onerror=window.hit=2>",
    '"><svg onload=window.hit=3>',
    "</style><style>*{display:none}</style>",
    "</title></script><script>window.hit=4</script>",
    "javascript:window.hit=5",
    "{{7*7}}${7*7}",
    "' onclick='window.hit=6' x='",
    "&lt;b&gt;&#60;script&#62;",
    "\u2028window.hit=7\u2028",
)


def hostile_sheet() -> EventFacts:
    def each(prefix: str) -> list[str]:
        return [f"{prefix}{text}" for text in HOSTILE]

    return EventFacts.model_validate(
        {
            "title": f"某鎮{HOSTILE[0]}總結{HOSTILE[4]}",
            "unit": f"某鎮{HOSTILE[1]}政府",
            "theme": HOSTILE[2],
            "organisers": [{"role": HOSTILE[7], "names": each("單位")}],
            "people": [{"name": text, "post": text, "role": text} for text in HOSTILE],
            "activities": [
                {
                    "id": f"a{n}{text}",
                    "name": f"活動{text}",
                    "place": text,
                    "details": [f"開展{text}宣傳"],
                    "quotes": [text],
                    "figures": [{"action": text, "object": text, "value": "30", "unit": "份"}],
                }
                for n, text in enumerate(HOSTILE)
            ],
            "problems": each("存在"),
            "next_steps": each("將"),
        }
    )


def test_nothing_that_a_sheet_holds_is_ever_markup_or_run(browser) -> None:
    facts = hostile_sheet()
    summary = SummaryWriter().write(facts)
    trace = type(summary.trace)(
        tuple(
            type(event)(event.kind, event.stage, event.section, event.data) for event in summary.trace.events
        ),
        HOSTILE[0],
        dict.fromkeys((s.id for s in summary.plan.sections), HOSTILE[1]),
    )
    hostile = type(summary)(
        summary.facts, summary.plan, summary.drafts, summary.filled, summary.report, trace, summary.sentences
    )
    browser.open(render_html(hostile))
    for node in browser.all(".sw-fact, .sw-note, a.sw-mark")[:60]:
        browser.run("arguments[0].click()", node)
    assert browser.run("return window.hit") is None
    assert len(browser.all("script")) == 1
    assert len(browser.all("style")) == 1
    assert not browser.all(
        "img, svg, iframe, object, embed, link, base, form, [onclick], [onerror], [onload]"
    )
    hrefs = browser.run("return [...document.querySelectorAll('[href]')].map(a => a.getAttribute('href'))")
    assert all(re.fullmatch(r"#sw[a-z]*\d*", href) for href in hrefs)
    values = browser.texts(".sw-value")
    assert all(any(text.strip() in value for value in values) for text in HOSTILE)
    assert browser.requests() == []
    assert browser.complaints() == []


def test_the_policy_stops_what_would_slip_through(browser, summary) -> None:
    """The second wall: were a value not escaped, it still would not run, load or send anything."""
    slipped = (
        "<script>window.hit=1</script><img src='http://127.0.0.1:9/x.png' onerror='window.hit=2'>"
        "<style>.sw-review{display:none}</style><iframe src='data:text/html,x'></iframe>"
        "<a id='leak' style='display:none'></a>"
    )
    html = render_html(summary)
    browser.open(html.replace("<main>", f"<main>{slipped}", 1))
    browser.run("try { fetch('http://127.0.0.1:9/') } catch (e) { }")
    assert browser.run("return window.hit") is None
    assert browser.all(".sw-review")[0].is_displayed()
    refused = "\n".join(browser.complaints())
    for directive in ("script-src", "style-src", "default-src"):
        assert directive in refused


def test_it_asks_nothing_of_anybody(browser, summary) -> None:
    html = render_html(summary)
    browser.open(html)
    assert browser.requests() == []
    assert browser.complaints() == []
    assert "http://" not in html
    assert "https://" not in html


def test_twenty_four_activities_stay_small_and_fast(browser) -> None:
    facts = load_facts(EVENTS / "district-science-week.yaml")
    many = facts.model_copy(
        update={
            "activities": tuple(
                facts.activities[n % len(facts.activities)].model_copy(
                    update={
                        "id": f"n{n + 1}",
                        "name": f"{facts.activities[n % len(facts.activities)].name}之{n + 1}",
                    }
                )
                for n in range(24)
            )
        }
    )
    summary = SummaryWriter().write(many)
    html = render_html(summary)
    assert len(html.encode()) < 400_000
    browser.open(html)
    loaded = browser.run("const t = performance.timing; return t.loadEventEnd - t.navigationStart")
    slowest = browser.run(
        """let worst = 0;
        for (const node of document.querySelectorAll('a.sw-mark, .sw-fact')) {
          const start = performance.now(); node.click(); document.body.offsetHeight;
          worst = Math.max(worst, performance.now() - start);
        }
        return worst;"""
    )
    assert loaded < 3000
    assert slowest < 100
