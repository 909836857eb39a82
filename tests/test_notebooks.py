"""The notebooks of examples/ run from their first cell to their last, and show what they are for."""

from __future__ import annotations

import asyncio
import re
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from summarywriter import EventFacts, SummaryWriter, load_facts, verify_text

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))
# Jupyter's own libraries warn of each other's plans; no business of ours.
pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::UserWarning"
)


def html_of(notebook) -> str:
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return "\n".join(
        output["data"]["text/html"] for output in outputs if "text/html" in output.get("data", {})
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_an_example_runs_and_shows_linked_figures(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.outputs for cell in notebook.cells if cell.cell_type == "code"), (
        "kept without outputs"
    )
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(EXAMPLES)}}).execute()
    html = html_of(notebook)
    assert 'class="sw-review"' in html
    assert "sw-slot" in html
    if path.stem == "comparing-two-models":
        assert "<progress" in html


def test_there_are_the_four_examples() -> None:
    assert [path.stem for path in NOTEBOOKS] == [
        "checking-a-text",
        "comparing-two-models",
        "genres-and-prompts",
        "quick-start",
    ]


class Tags(HTMLParser):
    """Tags and ids of a fragment; it must be well nested."""

    VOID = frozenset({"br", "img", "meta", "link", "input", "progress"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def tags(html: str) -> Tags:
    parser = Tags()
    parser.feed(html)
    assert parser.open == []
    return parser


HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


def test_no_view_lets_a_sheet_s_text_be_markup() -> None:
    facts = EventFacts.model_validate(
        {
            "title": f"總結{HOSTILE}",
            "unit": HOSTILE,
            "activities": [{"name": HOSTILE, "figures": [{"object": HOSTILE, "value": "3", "unit": "份"}]}],
        }
    )
    summary = SummaryWriter().write(facts)
    report = verify_text(f"{HOSTILE}發放99份。", facts)
    for view in (facts, summary.plan, report):
        seen = tags(view._repr_html_()).seen
        assert set(seen) <= {"table", "caption", "thead", "tbody", "tr", "th", "td"}
    parts = tags(summary._repr_html_())
    assert parts.seen.count("script") == 1
    assert parts.seen.count("style") == 1
    assert "img" not in parts.seen
    assert len(parts.ids) == len(set(parts.ids))


def test_two_outputs_in_one_notebook_do_not_answer_for_each_other() -> None:
    facts = load_facts(EXAMPLES / "drowning-prevention.yaml")
    one = SummaryWriter().write(facts)
    other = SummaryWriter(genre="bulletin").write(facts)
    assert not set(tags(one._repr_html_()).ids) & set(tags(other._repr_html_()).ids)


def test_every_style_hangs_under_the_view_s_own_element() -> None:
    """It must not restyle the notebook around it."""
    style = SummaryWriter().write(load_facts(EXAMPLES / "drowning-prevention.yaml"))._repr_html_()
    style = style.split("<style>")[1].split("</style>")[0]
    while "/*" in style:
        start = style.index("/*")
        style = style[:start] + style[style.index("*/", start) + 2 :]
    for rule in style.split("}"):
        selector = rule.split("{")[-2] if rule.count("{") > 1 else rule.split("{")[0]
        if rule.strip() and "{" in rule:
            parts = [part.strip() for part in selector.split(",")]
            # Below the notebook's own word for its theme, if below anything.
            assert all(
                re.match(r"(\[data-jp-theme-light=.*?\] |\.vscode-\w+ )?\.sw-review", p) for p in parts
            )


def test_the_view_follows_the_notebook_s_theme_and_not_the_system_s() -> None:
    style = SummaryWriter().write(load_facts(EXAMPLES / "drowning-prevention.yaml"))._repr_html_()
    light = re.search(r'\[data-jp-theme-light="true"\] \.sw-review.*?\{(.*?)\}', style, re.DOTALL)
    dark = re.search(r'\[data-jp-theme-light="false"\] \.sw-review.*?\{(.*?)\}', style, re.DOTALL)
    assert "--sw-paper: #fff;" in light[1]
    assert "--sw-paper: #17181b;" in dark[1]
    names = [re.findall(r"(--sw-[\w-]+):", theme[1]) for theme in (light, dark)]
    assert names[0] == names[1]


def test_a_report_speaks_in_the_script_of_its_text() -> None:
    facts = load_facts(EXAMPLES / "drowning-prevention.yaml")
    for text, said in (("全镇发放资料999份，效果显著。", "种类"), ("全鎮發放資料999份，效果顯著。", "種類")):
        assert said in verify_text(text, facts)._repr_html_()


def test_both_calls_work_inside_a_running_loop() -> None:
    facts = load_facts(EXAMPLES / "drowning-prevention.yaml")

    async def both() -> tuple[str, str]:
        return SummaryWriter().write(facts).text, (await SummaryWriter().awrite(facts)).text

    one, other = asyncio.run(both())
    assert one == other


def test_views_say_what_they_are_of() -> None:
    facts = load_facts(EXAMPLES / "drowning-prevention.yaml")
    summary = SummaryWriter().write(facts)
    assert "46口" in facts._repr_html_()
    assert "a3.f1" in summary.plan._repr_html_()
    report = verify_text(summary.text.replace("46口", "64口"), facts)
    assert "SW102" in report._repr_html_()
    assert "46口" in report._repr_html_()
