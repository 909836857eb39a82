"""Names, days and deeds of one sheet told in each other's place: what must be marked, and what must not."""

from __future__ import annotations

import pytest

from summarywriter.facts.model import EventFacts
from summarywriter.verify import Severity, verify_text

FACTS = EventFacts.model_validate(
    {
        "title": "栗坪乡敬老月活动总结",
        "unit": "栗坪乡人民政府",
        "period": "2025-10-08/2025-10-29",
        "organisers": [
            {"role": "主办", "names": ["乡民政办公室"]},
            {"role": "协办", "names": ["乡卫生院", "乡老科协"], "complete": False},
        ],
        "people": [{"name": "程阿水", "post": "老年协会会长"}, {"name": "边野", "post": "县作协副主席"}],
        "basis": [
            {"title": "关于开展敬老月活动的通知", "issuers": ["县老龄办"], "number": "县老龄〔2025〕7号"}
        ],
        "activities": [
            {
                "name": "助餐点揭牌",
                "date": "2025-10-20",
                "place": "下埠村",
                "organisers": [{"role": "承办", "names": ["稻埠米业公司"]}],
                "figures": ["就餐老人 63名", {"action": "摆设", "object": "桌椅", "value": 12, "unit": "套"}],
                "details": ["为困难老人发放就餐卡"],
            },
            {
                "name": "“银龄随手拍”评选",
                "date": "2025-10-26",
                "place": "渡头村",
                "organisers": [{"role": "承办", "names": ["芦川照相公司"]}],
                "people": [{"name": "佟晓帆", "role": "担任评委"}, {"name": "管若谷", "role": "宣读名单"}],
                "figures": ["收到照片 348张", "参评老人 118名"],
            },
            {"name": "电影夜", "status": "planned", "date": "2025-11-09", "place": "乡文化站"},
        ],
        "results": ["平均送餐时间由52分钟缩短至36分钟", "抽检饭菜全部合格"],
        "problems": ["个别村送餐不够及时", "上门量血压还有4户未完成"],
        "next_steps": ["12月底前评选首批敬老户", "补做剩余4户上门量血压"],
    }
)

FAULTS = {
    "a village of another activity": ("20日，助餐点在渡头村揭牌，63名老人就餐。", "SW312", "渡头村"),
    "a company of another activity": (
        "芦川照相公司承办了助餐点揭牌，就餐老人63名。",
        "SW306",
        "芦川照相公司",
    ),
    "a day of another activity": ("10月26日，63名就餐老人坐上12套桌椅。", "SW207", "10月26日"),
    "a quoted name by one character": ("“银龄随身拍”收到照片348张。", "SW310", "“银龄随身拍”"),
    "a name's last character, before a deed": ("老年协会会长程阿平领唱。", "SW304", "程阿平"),
    "a name's last character, after 是": ("领唱的是程阿平。", "SW304", "程阿平"),
    "a name of two characters after the end of its post": ("县作协副主席边明主讲。", "SW304", "边明"),
    "a role that another took": ("边野、管若谷到场，管若谷担任评选评委。", "SW306", "评委"),
    "a role told with 了": ("评选上，佟晓帆宣读了名单。", "SW306", "宣读了名单"),
    "a movement turned round": ("平均送餐时间由36分钟缩短至52分钟。", "SW105", "36分钟缩短至52分钟"),
    "a cause": ("因天气转冷，个别村送餐不够及时。", "SW416", ""),
    "all done, where some is left": ("上门量血压均已全部完成。", "SW408", ""),
    "a denial of what was so": ("抽检饭菜未全部合格。", "SW406", "未全部合格"),
    "a problem turned into its contrary": ("个别村送餐过于及时。", "SW406", ""),
    "a helper told as absent": ("乡卫生院未参与活动。", "SW406", "乡卫生院未参与"),
    "no others, where there are": ("协办的有乡卫生院、乡老科协，别无其他单位。", "SW410", ""),
    "an issuer told as the host": ("敬老月由乡民政办公室、县老龄办主办。", "SW306", "县老龄办"),
    "a gift": ("助餐点揭牌后，还为困难老人赠送了棉鞋。", "SW412", "赠送了棉鞋"),
    "a planned activity with 了": ("电影夜在乡文化站吸引了村民。", "SW408", "吸引了"),
    "a weekday after 是": ("10月20日是星期三，助餐点揭牌。", "SW204", "星期三"),
    "a weekday told short": ("10月20日是周三，助餐点揭牌。", "SW204", "周三"),
    "a number put into words of no number": ("参评老人不计其数。", "SW109", "不计其数"),
    "an approval": ("活动方案获县老龄办批复。", "SW409", "批复"),
    "an average": ("参评老人人均送出照片不少。", "SW107", "人均"),
    "a figure of another thing": ("助餐点揭牌当天，就餐老人118名。", "SW106", "118名"),
    "what came of what": ("个别村送餐不及时，平均送餐时间因此缩短，投诉因此减少。", "SW416", "因此减少"),
    "some told as all": ("上门量血压都按时完成。", "SW408", ""),
    "many, where there is a number": ("评选收到照片多张，参评者众多。", "SW109", ""),
    "a number longer than any that is read": (f"就餐老人{'9' * 25}名。", "SW101", "9" * 25),
    "a short name by one character": ("协办单位有乡老体协等。", "SW302", "乡老体协"),
}

FAITHFUL = [
    "20日，助餐点在下埠村揭牌，63名老人就餐。",
    "助餐点揭牌由稻埠米业公司承办；芦川照相公司承办“银龄随手拍”评选，地点在渡头村。",
    "10月20日，63名就餐老人坐上12套桌椅；26日，收到照片348张。",
    "“银龄随手拍”收到照片348张，参评老人118名。",
    "领唱的是程阿水。",
    "县作协副主席边野到场。",
    "评选由佟晓帆担任评委，管若谷宣读了名单。",
    "平均送餐时间从52分钟缩短到36分钟。",
    "抽检饭菜全部合格。",
    "还有4户上门量血压没有完成。",
    "敬老月由乡民政办公室主办，乡卫生院、乡老科协等协办。",
    "助餐点揭牌后，为困难老人发放了就餐卡。",
    "下一步，将补做剩余4户上门量血压，拟于12月底前评选首批敬老户。",
    "10月20日是星期一，助餐点揭牌。",
    "10月26日是周末，“银龄随手拍”评选收到照片348张。",
    "就餐老人63名，桌椅摆了12套。",
]


@pytest.mark.parametrize("name", FAULTS)
def test_what_was_exchanged_or_made_up_is_marked(name: str) -> None:
    text, code, span = FAULTS[name]
    found = [
        (f.code, f.text) for f in verify_text(text, FACTS).findings if f.severity is not Severity.UNVERIFIABLE
    ]
    assert any(c == code and span in t for c, t in found), found


@pytest.mark.parametrize("text", FAITHFUL)
def test_what_is_told_right_is_left_alone(text: str) -> None:
    found = [
        (f.code, f.text) for f in verify_text(text, FACTS).findings if f.severity is not Severity.UNVERIFIABLE
    ]
    assert found == []
