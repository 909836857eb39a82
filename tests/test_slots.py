"""Filling: what a reader sees where a slot stood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarywriter.facts.index import FactIndex
from summarywriter.facts.model import EventFacts
from summarywriter.plan import SectionPlan
from summarywriter.slots import (
    Block,
    Cite,
    Claim,
    Draft,
    Filled,
    Piece,
    Slot,
    fill,
    from_data,
    headed,
    to_data,
)
from summarywriter.slots.people import short_post


def sheet(**fields: object) -> FactIndex:
    return FactIndex.of(EventFacts.model_validate({"title": "活動總結", **fields}))


def filled(index: FactIndex, *pieces: Piece, script: str = "hant") -> Filled:
    return fill([Draft("s1", (Block("paragraph", pieces),), "model")], index, script=script)


def text(index: FactIndex, *pieces: Piece, script: str = "hant") -> str:
    return filled(index, *pieces, script=script).text


def told(result: Filled, fact: str) -> list[str]:
    return [result.text[c.start : c.end] for c in result.claims if fact in c.facts]


EVENT = sheet(
    theme="攜手前行",
    period="2018-05-19/2018-05-26",
    basis=[
        {"title": "《關於舉辦科技周的通知》", "issuers": ["科技部", "中國科協"], "number": "科發〔2018〕8號"}
    ],
    people=[
        {"name": "吳正發", "post": "區政府副區長"},
        {"name": "李露萍", "post": "區委常委、宣傳部長"},
        {"name": "歐陽明月", "post": "局長"},
    ],
    activities=[
        {
            "id": "a1",
            "name": "開幕式",
            "date": "2018-05-19",
            "time": "上午",
            "place": "廣場",
            "organisers": [
                {"names": ["甲局", "乙局"], "total": "15個單位", "complete": False},
                {"names": ["丙局", "丁局"], "complete": False},
            ],
            "people": [{"name": "吳正發", "role": "講話"}, "市科技局領導"],
            "details": ["演奏“科學春天”，發放手冊300份。", "贈送書籍20xx餘冊"],
            "quotes": ["動動手", "《豬病防治》", "「科普進村」"],
            "figures": ["參加 600多人", "贈書 20xx餘冊", "活動 四次", "服務 200人左右"],
        },
        {"id": "a2", "name": "總結會", "date": "2019-01-05"},
        {"id": "a3", "name": "遊園", "date": "20xx-05-17"},
    ],
)


class TestDates:
    def test_the_year_stands_at_its_first_mention_only(self) -> None:
        assert text(EVENT, Slot("period"), "，", Slot("a1.date")) == "2018年5月19日至26日，5月19日上午"

    def test_a_year_in_the_title_counts_as_its_first_mention(self) -> None:
        drafts = [
            Draft("front", (Block("title", ("區2018年科技周總結",)),), "realiser"),
            Draft("s1", (Block("paragraph", (Slot("a1.date"),)),), "model"),
        ]
        assert fill(drafts, EVENT, script="hant").text == "區2018年科技周總結\n5月19日上午"

    def test_a_year_inside_a_quoted_title_does_not(self) -> None:
        assert text(EVENT, "按照《2018年工作要點》，", Slot("a1.date")).endswith("2018年5月19日上午")

    def test_another_year_is_said_and_the_first_again_after_it(self) -> None:
        result = text(EVENT, Slot("a1.date"), "，", Slot("a2.date"), "，", Slot("period"))
        assert result == "2018年5月19日上午，2019年1月5日，2018年5月19日至26日"

    def test_a_masked_year_is_printed_as_given(self) -> None:
        assert text(EVENT, Slot("a3.date")) == "20xx年5月17日"

    def test_a_period_over_the_new_year_names_both_years(self) -> None:
        index = sheet(period="2018-12-28/2019-01-05")
        assert text(index, "2018年，", Slot("period")) == "2018年，2018年12月28日至2019年1月5日"

    def test_the_time_of_day_can_be_left_to_the_writer(self) -> None:
        assert text(EVENT, Slot("a1.date", "day")) == "2018年5月19日"
        assert text(EVENT, Slot("a1.date"), "上午") == "2018年5月19日上午"


class TestPeople:
    def test_post_and_name_first_then_surname_and_post(self) -> None:
        result = filled(EVENT, Slot("a1.p1"), "講話，", Slot("a1.p1"), "離開")
        assert result.text == "區政府副區長吳正發講話，吳副區長離開"
        assert told(result, "p1") == ["區政府副區長吳正發"]

    def test_a_compound_post_gives_comrade_and_only_once(self) -> None:
        assert text(EVENT, Slot("p2"), "、", Slot("p2"), "出席") == "區委常委、宣傳部長李露萍、李露萍同志出席"
        assert text(EVENT, Slot("p2"), "、", Slot("p2"), "同志出席").endswith("、李露萍同志出席")

    def test_a_double_surname_is_kept_whole(self) -> None:
        assert text(EVENT, Slot("p3"), "，", Slot("p3")) == "局長歐陽明月，歐陽局長"

    def test_forms_can_be_asked_for(self) -> None:
        forms = [text(EVENT, Slot("p1", form)) for form in ("name", "short", "full")]
        assert forms == ["吳正發", "吳副區長", "區政府副區長吳正發"]

    def test_a_post_that_the_writer_has_said_is_not_said_again(self) -> None:
        assert text(EVENT, "副區長", Slot("p1")) == "副區長吳正發"
        assert text(EVENT, Slot("p1"), "，副區長", Slot("p1")) == "區政府副區長吳正發，副區長吳正發"

    def test_a_group_has_no_short_form(self) -> None:
        assert text(EVENT, Slot("a1.p2"), Slot("a1.p2")) == "市科技局領導市科技局領導"

    def test_two_of_one_surname_and_post_keep_their_names(self) -> None:
        index = sheet(people=[{"name": "王甲", "post": "市長"}, {"name": "王乙", "post": "市政府市長"}])
        assert text(index, Slot("p1"), Slot("p2"), Slot("p1")) == "市長王甲市政府市長王乙王甲同志"

    @pytest.mark.parametrize(
        ("post", "short"),
        [
            ("區政府副區長", "副區長"),
            ("市科技局局長", "局長"),
            ("常務副市長", "常務副市長"),
            ("黨委書記兼校長", ""),
            ("第一書記", ""),
            ("區长", "區长"),
            ("優秀班主任", ""),
            ("老校長", ""),
            ("農民", ""),
        ],
    )
    def test_only_a_simple_post_follows_a_surname(self, post: str, short: str) -> None:
        assert short_post(post) == short


class TestFigures:
    def test_a_figure_keeps_its_surface(self) -> None:
        assert text(EVENT, Slot("a1.f1"), "參加，舉辦", Slot("a1.f3")) == "600多人參加，舉辦四次"

    def test_an_equal_measure_word_may_be_asked_for_and_no_other(self) -> None:
        assert text(EVENT, Slot("a1.f1", "名")) == "600多名"
        assert text(EVENT, Slot("a1.f1", "人次")) == "600多人"
        assert text(EVENT, Slot("a1.f4", "名")) == "200名左右"

    def test_a_lost_figure_is_a_gap(self) -> None:
        assert text(EVENT, "贈書", Slot("a1.f2")) == "贈書〔待補〕冊"
        assert text(EVENT, Slot("a1.f2"), script="hans") == "〔待补〕冊"
        assert text(EVENT, Slot("a1.d2")) == "贈送書籍〔待補〕冊"

    def test_a_fact_that_is_not_there_is_a_gap_without_a_claim(self) -> None:
        result = filled(EVENT, "共", Slot("a9.f9"), "參加")
        assert result.text == "共〔待補〕參加"
        assert result.claims == ()


class TestNames:
    def test_titles_and_themes_have_their_marks_once(self) -> None:
        assert text(EVENT, Slot("b1"), Slot("theme")) == "《關於舉辦科技周的通知》“攜手前行”"
        assert (
            text(EVENT, "《", Slot("b1"), "》“", Slot("theme"), "”") == "《關於舉辦科技周的通知》“攜手前行”"
        )
        quotes = [text(EVENT, Slot(f"a1.s{n}")) for n in (1, 2, 3)]
        assert quotes == ["“動動手”", "《豬病防治》", "“科普進村”"]

    def test_marks_within_a_theme_become_inner_ones(self) -> None:
        assert text(sheet(theme="當好“店小二”"), Slot("theme")) == "“當好‘店小二’”"
        assert text(sheet(theme="“甲”與“乙”"), Slot("theme")) == "“‘甲’與‘乙’”"
        assert text(sheet(theme='"甲"'), Slot("theme")) == "“甲”"

    def test_examples_end_with_their_total_or_with_deng(self) -> None:
        assert text(EVENT, Slot("a1.o1"), "參加") == "甲局、乙局等15個單位參加"
        assert text(EVENT, Slot("a1.o2"), "參加") == "丙局、丁局等參加"
        assert text(EVENT, Slot("a1.o2"), Cite(("a1.d1",)), "等單位") == "丙局、丁局等單位"
        assert text(EVENT, Slot("a1.o1", "bare")) == "甲局、乙局"
        assert text(sheet(organisers=[{"total": "15個單位"}], theme="甲"), Slot("o1")) == "15個單位"

    def test_issuers_and_document_number_are_as_given(self) -> None:
        assert (
            text(EVENT, Slot("b1.issuers"), "（", Slot("b1.number"), "）")
            == "科技部、中國科協（科發〔2018〕8號）"
        )

    def test_lines_inside_a_fact_are_joined(self) -> None:
        index = sheet(activities=[{"name": "開幕\n式", "place": "Hall\nA\u202e館"}])
        assert text(index, Slot("a1"), Slot("a1.place")) == "開幕式Hall A館"


class TestFreeText:
    def test_it_prints_as_given_and_its_parts_are_claimed_where_they_stand(self) -> None:
        result = filled(EVENT, "現場", Slot("a1.d1"), "。")
        assert result.text == "現場演奏“科學春天”，發放手冊300份。"
        assert told(result, "a1.d1") == ["演奏“科學春天”，發放手冊300份"]
        assert told(result, "a1.d1.q1") == ["300份"]
        assert told(result, "a1.d1.s1") == ["“科學春天”"]

    def test_a_part_can_be_a_slot_of_its_own(self) -> None:
        assert (
            text(EVENT, "手冊", Slot("a1.d1.q1"), "，演奏", Slot("a1.d1.s1")) == "手冊300份，演奏“科學春天”"
        )

    def test_a_citation_claims_the_clauses_before_it(self) -> None:
        result = filled(
            EVENT,
            "上午舉行。鼓號隊演奏樂曲，發手冊",
            Cite(("a1.d1",)),
            "，贈書",
            Cite(("a1.d2",)),
            Cite(("none",)),
            "。",
        )
        assert [(result.text[c.start : c.end], c.facts) for c in result.claims] == [
            ("鼓號隊演奏樂曲，發手冊", ("a1.d1",)),
            ("贈書", ("a1.d2",)),
        ]

    def test_two_citations_in_one_place_claim_the_same_clause(self) -> None:
        result = filled(EVENT, "開始，贈書。", Cite(("a1.d2",)), Cite(("a2",)))
        assert {result.text[c.start : c.end] for c in result.claims} == {"贈書"}

    def test_a_citation_of_nothing_claims_nothing(self) -> None:
        assert filled(EVENT, Cite(("a1.d1",)), "，").claims == ()


class TestDocument:
    def test_blocks_are_lines_and_claims_point_into_the_document(self) -> None:
        section = SectionPlan("s1", "activities", "集中宣傳", "一、", 1)
        drafts = [Draft("s1", headed(section, [(Slot("a1"), "舉行。"), (Cite(("a1",)),)]), "model")]
        result = fill(drafts, EVENT, script="hant")
        assert result.text == "一、集中宣傳\n開幕式舉行。"
        assert [(line.kind, result.text[line.start : line.end]) for line in result.lines] == [
            ("heading", "一、集中宣傳"),
            ("paragraph", "開幕式舉行。"),
        ]
        assert result.claims == (Claim(7, 10, ("a1",)),)

    @pytest.mark.parametrize("mark", ["。", "："])
    def test_a_run_in_head_is_known_to_end(self, mark: str) -> None:
        section = SectionPlan("s1", "measures", "統一部署", "（一）", 2, run_in=True, mark=mark)
        result = fill([Draft("s1", headed(section, [("分頭落實。",)]), "model")], EVENT, script="hant")
        assert result.text[: result.lines[0].lead_end] == f"（一）統一部署{mark}"
        assert result.text[result.lines[0].lead_end :] == "分頭落實。"

    def test_a_heading_alone_and_no_heading(self) -> None:
        assert [b.kind for b in headed(SectionPlan("s1", "x", "甲", "一、", 1), [])] == ["heading"]
        assert [b.kind for b in headed(SectionPlan("s1", "x"), [("甲",)])] == ["paragraph"]
        assert len(headed(SectionPlan("s1", "x", "甲", run_in=True), [])) == 1

    def test_a_line_break_in_prose_cannot_make_a_line(self) -> None:
        assert text(EVENT, "甲\n乙") == "甲乙"

    def test_drafts_survive_json(self) -> None:
        blocks = (Block("paragraph", ("甲", Slot("a1.f1", "名"), Cite(("a1.d1",)), Slot("a1")), lead=1),)
        drafts = (Draft("s1", blocks, "model"), Draft("s2", (), "realiser"))
        assert from_data(to_data(drafts)) == drafts
        with pytest.raises(ValueError, match="not a slotted draft"):
            from_data([{"section": "s1"}])


@given(st.text(alphabet="{}^1:2名｛｝【】[]<>⟦⟧甲乙。\n ", min_size=1, max_size=30))
def test_no_fact_is_read_as_a_slot(words: str) -> None:
    """Whatever braces a fact holds, they are printed, and only the slot that was there claims anything."""
    if not words.strip(" \n。"):
        return
    index = FactIndex.of(
        EventFacts.model_validate(
            {"title": "總結", "activities": [{"name": words}, {"name": "另一項"}], "theme": words}
        )
    )
    result = fill(
        [Draft("s", (Block("paragraph", (Slot("a1"), "；", Slot("theme"))),), "model")], index, script="hant"
    )
    shown = words.replace("\n", "").strip()
    assert "".join(result.text.split("；")[0].split()) == "".join(shown.split())
    assert {fact for claim in result.claims for fact in claim.facts} == {"a1", "theme"}
