"""Summaries built by hand: a renderer is tested without any writer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from summarywriter.facts.model import EventFacts
from summarywriter.plan import DocumentPlan, SectionPlan, Unit
from summarywriter.slots import Block, Cite, Claim, Draft, Filled, Line, Slot
from summarywriter.summary import Sentence, Summary, Trace, TraceEvent
from summarywriter.verify.report import Coverage, Finding, Severity, VerificationReport

#: kind, level, text; a run-in head ends at ``|``.
BlockText = tuple[str, int, str]

TOWNSHIP: tuple[BlockText, ...] = (
    ("title", 0, "临江镇2025年消防宣传月活动总结"),
    ("addressee", 0, "县消防安全委员会："),
    ("paragraph", 0, "根据《关于开展2025年消防宣传月活动的通知》要求，临江镇开展了“全民消防”活动。"),
    ("heading", 1, "一、集中宣传，以练促防"),
    ("heading", 2, "（一）启动仪式"),
    ("paragraph", 0, "11月1日上午，260余人参加；发放宣传手册1500份。"),
    ("heading", 3, "1.应急疏散演练"),
    ("heading", 4, "（1）灭火器使用"),
    ("paragraph", 0, "（二）入户排查。|共走访住户612户，排查商铺〔待补〕。"),
    ("signature", 0, "临江镇人民政府"),
    ("date", 0, "2025年12月5日"),
)


@pytest.fixture
def sheet() -> EventFacts:
    return EventFacts.model_validate(
        {
            "title": "临江镇2025年消防宣传月活动总结",
            "script": "hans",
            "level": "township",
            "unit": "临江镇人民政府",
            "theme": "全民消防",
            "period": "2025-11-01/2025-11-30",
            "basis": [{"title": "关于开展2025年消防宣传月活动的通知", "issuers": ["县消防安全委员会"]}],
            "activities": [
                {
                    "id": "a1",
                    "name": "启动仪式",
                    "date": "2025-11-01",
                    "people": [{"name": "周立", "role": "讲话"}],
                    "figures": [
                        "参加 260余人",
                        {
                            "action": "整改",
                            "object": "隐患",
                            "value": "52",
                            "unit": "处",
                            "status": "ongoing",
                        },
                    ],
                    "details": ["演示灭火器使用方法", {"text": "发放围裙", "required": False}],
                }
            ],
            "totals": ["发放宣传资料 4200余份"],
        }
    )


@pytest.fixture
def make_summary(sheet: EventFacts) -> Callable[..., Summary]:
    def make(
        blocks: Sequence[BlockText] = TOWNSHIP,
        *,
        script: str = "hans",
        facts: EventFacts = sheet,
        level: int = 2,
    ) -> Summary:
        lines, text = [], ""
        for kind, depth, written in blocks:
            head, _, rest = written.partition("|")
            start = len(text) + 1 if text else 0
            text += ("\n" if text else "") + head + rest
            lead = start + len(head) if rest else 0
            lines.append(Line(start, start + len(head + rest), kind, depth, "s1", lead))  # type: ignore[arg-type]
        title = next((t for kind, _, t in blocks if kind == "title"), facts.title)
        plan = DocumentPlan(
            title=title,
            genre="township",
            reason="level: township",
            script=script,
            sections=(
                SectionPlan(
                    "s1",
                    "activities",
                    "集中宣传",
                    "（二）",
                    level,
                    True,
                    (Unit("activity", ("a1", "a1.f1")),),
                    ("总之。",),
                    300,
                ),
            ),
            gaps=("problems",),
            words={"whole": "全镇"},
        )
        draft = Draft(
            "s1", (Block("paragraph", ("共", Slot("a1.f1"), "参加", Cite(("a1.d1",))), 0, 1),), "model"
        )
        finding = Finding("SW101", Severity.ERROR, 0, 3, 1, 1, text[:3], ("a1.f1",), {"text": text[:3]})
        return Summary(
            facts=facts,
            plan=plan,
            drafts=(draft,),
            filled=Filled(text, (Claim(0, 3, ("a1",)),), tuple(lines)),
            report=VerificationReport((finding,), {"figure": Coverage(1, 2, ("a1.f2",))}),
            trace=Trace(
                (TraceEvent("reply", "draft", "s1", {"usage": {"prompt_tokens": 7}}),),
                "qwen3",
                {"s2": "timeout"},
            ),
            sentences=(Sentence(text[:5], 0, 5, ("a1", "a1.f1"), "s1"),),
        )

    return make
