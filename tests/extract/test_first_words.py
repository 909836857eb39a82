"""What a paragraph, a day of a log, a matter of minutes or a turn of a chat says first that it is about."""

from __future__ import annotations

from summarywriter.extract import Extraction, extract


def told(extraction: Extraction) -> dict[str, list[str]]:
    """The figures of each activity, by its name."""
    return {a.name.text: [f.value.text for f in a.figures] for a in extraction.sheet.activities if a.figures}


def totals(extraction: Extraction) -> list[str]:
    return [figure.value.text for figure in extraction.sheet.totals]


def test_a_log_names_its_days_by_what_was_done_on_them():
    [taken] = extract(
        "# 支教周记\n\n**9月1日　晴**\n开学典礼。全校186人参加，升旗后发新书620册。\n\n"
        "**9月2日**\n早上下雨。上课6节，批改作业45本。\n\n"
        "**9月3日　多云**\n走访。去了3个村，看望学生12户。\n\n"
        "**9月4日**\n返校。算总账：一共4天，授课30节，花费2600元。\n"
    )
    assert told(taken) == {"开学典礼": ["186人", "620册"], "上课": ["6节", "45本"], "走访": ["3个", "12户"]}
    assert totals(taken) == ["4天", "30节", "2600元"]


def test_each_matter_of_minutes_has_its_own_figures():
    [taken] = extract(
        "幸福社區管理委員會\n第3屆第2次會議紀錄\n\n時間：113年9月5日19:30\n出席：應到9人，實到7人\n\n"
        "壹、主席致詞：略。\n貳、報告事項\n（一）中秋烤肉活動9月17日辦理，住戶260人參加，支出4萬2,500元。\n"
        "（二）消防檢修8月20日完成，更換滅火器32支。\n參、討論事項\n提案一：電梯保養廠商續約案，提請審議。\n"
        "說明：現有電梯6部。\n決議：續約1年，同意6票。\n提案二：社區健行。\n說明：招收住戶80人。\n"
        "決議：照案通過，補助5,000元。\n"
    )
    figures = told(taken)
    assert figures["中秋烤肉活動"] == ["260人", "4萬2,500元"]
    assert figures["消防檢修"] == ["32支"]
    assert figures["電梯保養廠商續約案"] == ["6部", "1年", "6票"]
    assert figures["社區健行"] == ["80人", "5,000元"]
    assert next(d.date.text for d in taken.sheet.activities if d.date) == "113年9月5日19:30"


def test_parts_that_a_letter_lists_are_told_of_one_by_one():
    [taken] = extract(
        "各位街坊：\n\n本會今年秋季先後舉辦敬老宴、健康檢查及秋季旅行，參加者合共1,260人次，支出18萬元。\n\n"
        "敬老宴於10月3日假座社區會堂，筵開45席，長者520人出席。\n\n"
        "健康檢查由聖心醫院協助，量血壓310人，驗血糖286人。\n\n秋季旅行在11月9日出發，乘旅遊巴8輛，同行者398人。\n"
    )
    assert told(taken) == {
        "敬老宴": ["45席", "520人"],
        "健康檢查": ["310人", "286人"],
        "秋季旅行": ["8輛", "398人"],
    }
    assert totals(taken) == ["1,260人次", "18萬元"]


def test_a_chat_without_times_has_voices_and_no_headings():
    [taken] = extract(
        "【三班家委会】\n王妈妈：今天中秋晚会8点集合\n李爸爸：收到👌\n王妈妈：报名亲子家庭35组，义工12人\n"
        "李爸爸：跳蚤角这边，摆了20个摊位\n张老师：烘焙班刚下课，做了饼干150块\n"
        "李爸爸：结账：收入2,300元，支出1,150元\n张老师：大家辛苦了\n"
    )
    figures = told(taken)
    assert figures["中秋晚会"] == ["35组", "12人"]
    assert figures["跳蚤角"] == ["20个"]
    assert figures["烘焙班"] == ["150块"]
    assert totals(taken)[:2] == ["2,300元", "1,150元"]


def test_units_that_are_told_of_again_are_no_voices():
    [taken] = extract(
        "下乡简报\n\n7月1日\n一组：走访村民20户，发放传单100份。\n二组：清理垃圾3车。\n"
        "7月2日\n一组：慰问老人8名。\n二组：植树50株。\n"
    )
    assert taken.sheet.title is not None
    assert taken.sheet.title.text == "下乡简报"
    assert told(taken) == {"走访村民": ["20户", "100份", "3车"], "慰问老人": ["8名"], "植树": ["50株"]}


def test_a_theme_may_hold_a_comma_and_each_scene_its_own_figures():
    [taken] = extract(
        "我市开展消费者权益日活动\n\n3月15日，市市场监管局等6家单位在人民广场开展以“提振消费信心，共建满意城市”"
        "为主题的国际消费者权益日宣传活动，接待群众1800人次。\n\n"
        "上午，真假商品展率先开展，展出样品230件，发放手册900册。\n\n"
        "广场东侧，普法情景剧秀把气氛推向高潮，演员8名，观众400余人。\n\n"
        "据介绍，今年1月至2月，全市受理投诉560件，挽回损失38万元。\n"
    )
    figures = told(taken)
    assert figures["真假商品展"] == ["230件", "900册"]
    assert figures["普法情景剧秀"] == ["8名", "400余人"]
    assert totals(taken) == ["560件", "38万元"]


def test_whoever_did_it_is_not_what_a_paragraph_is_about():
    [taken] = extract(
        "学校工作总结\n\n本学期学校开展了多项工作。\n\n防溺水讲座5月8日开讲，听众420人。\n\n"
        "家长志愿者5月20日起轮流护学，参加80人次。\n\n酸菜文化課是今年新開的。走進8個班級，聽課203人。\n"
    )
    names = list(told(taken))
    assert names[0] == "防溺水讲座"
    assert "家长志愿者" not in names
    assert told(taken)["酸菜文化課"] == ["8個", "203人"]


def test_a_bare_year_of_the_republic_is_a_date():
    [taken] = extract("農會113年食農教育成果\n\n113年度辦理19場次，創會113年來首次。\n")
    dates = [value.text for value in taken.values if value.kind == "date"]
    assert dates == ["113年", "113年"]
    assert [v.text for v in taken.values if v.kind == "quantity"] == ["19場次", "113年"]


def test_what_stands_behind_marks_is_told_of_one_by_one():
    [taken] = extract(
        "稅務簡報\n第8期\n“春風行動”有實效\n\n按照部署，大隊開展宣傳月活動。主要情況如下：\n\n"
        "◎進村宣講。民輔警126人分成18個小組，召開院壩會203場，張貼海報九百五十張。\n\n"
        "◎夜查行動。10月17日晚，設卡8個，出動警車22輛次，檢查車輛1,352輛。\n"
    )
    assert told(taken) == {
        "進村宣講": ["126人", "18個", "203場", "九百五十張"],
        "夜查行動": ["8個", "22輛次", "1,352輛"],
    }


def test_a_heading_keeps_its_name_and_its_sums():
    [taken] = extract(
        "市紅十字會救護工作報告\n\n一、重點項目\n（一）救護員取證培訓。全年舉辦培訓班38期，培訓救護員1,520人。\n"
        "（二）線上答題。12月1日至7日，“救在身邊”小程序開放答題，3,418人次參與。\n"
        "（三）“博愛送溫暖”。1月15日，走訪慰問困難家庭730戶，發放棉被730床。\n"
        "各區完成情況見下表：\n區縣\t取證\t普及\n東湖區\t520人\t9,800人次\n西嶺區\t460人\t8,200人次\n"
        "合計\t980人\t18,000人次\n"
    )
    figures = told(taken)
    assert figures["救護員取證培訓"] == ["38期", "1,520人"]
    assert figures["線上答題"] == ["3,418人次"]
    assert figures["“博愛送溫暖”"] == ["730戶", "730床"]
    assert figures["東湖區"] == ["520人", "9,800人次"]
    assert totals(taken) == ["980人", "18,000人次"]


def test_news_turn_to_one_more_thing_at_the_same_place():
    [taken] = extract(
        "守護海岸線！區公所攜手企業淨灘\n\n【記者林佳蓉／望海報導】區公所20日上午在白沙灣舉辦「藍海有你」淨灘活動，"
        "號召近850名志工，清出廢棄物1,246公斤。\n\n除了淨灘，現場還有環境教育闖關，設7個攤位，送出環保袋600個。"
        "一旁的二手市集由32個家庭擺攤，所得5萬8,600元全數捐出。\n\n"
        "公所表示，下一場淨灘訂於10月18日登場，名額300人。\n"
    )
    assert taken.sheet.title is not None
    assert taken.sheet.title.text.startswith("守護海岸線")
    figures = told(taken)
    assert figures["環境教育闖關"] == ["7個", "600個"]
    assert figures["二手市集"] == ["32個", "5萬8,600元"]


def test_a_chat_goes_on_to_its_next_thing():
    [taken] = extract(
        "【三（2）班家委会】群聊记录\n\n—— 5月24日 20:10 ——\n周周妈妈：义卖需要桌子4张、遮阳伞2把\n"
        "乐乐爸爸：桌子我出2张👍\n乐乐爸爸：收到\n—— 6月2日 9:05 ——\n"
        "周周妈妈：接下来是图书漂流📚 每个孩子带2本书，估计能凑近80本\n"
        "周周妈妈：还有敬老院慰问，限12个家庭，车费每人15元\n"
    )
    assert told(taken) == {
        "义卖": ["4张", "2把", "2张"], "图书漂流": ["2本", "近80本"], "敬老院慰问": ["12个", "15元"],
    }  # fmt: skip


def test_an_interview_turns_to_each_thing_that_an_answer_names():
    [taken] = extract(
        "问：今年办了几次活动？\n答：大的有三次。五月的非遗体验日来了230人，发出材料包180个。\n"
        "问：暑假那次呢？\n答：暑假是支农夏令营，7月10日到20日，32名同学报名，画了6面墙。\n"
        "问：听说十月还有公益跑？\n答：对，10月19日公益跑，全程5公里，完赛410人。\n"
    )
    figures = told(taken)
    assert figures["非遗体验日"] == ["230人", "180个"]
    assert figures["支农夏令营"] == ["32名", "6面"]
    assert figures["公益跑"] == ["5公里", "410人"]


def test_a_chat_whose_voices_stand_on_lines_of_their_own():
    [taken] = extract(
        "【南山徒步队】聊天记录\n9月6日\n老高 18:02\n明天去北岭徒步，报名的有26人，全程12公里\n"
        "阿敏 18:05\n我带3个急救包\n9月7日\n老高 17:40\n今天顺利下山，实到24人\n"
        "阿敏 17:45\n下周的读书会我来组织，茶馆只能坐15人\n老高 18:00\n徒步的照片我传了60多张\n"
    )
    figures = told(taken)
    assert figures["徒步"] == ["26人", "12公里", "3个", "24人", "60多张"]
    assert figures["读书会"] == ["15人"]


def test_a_row_of_a_table_is_told_of_again_below_it():
    [taken] = extract(
        "海洋公益周圓滿落幕\n\n| 活動 | 時間 | 人數 |\n|---|---|---|\n| 淨灘行動 | 6月6日 | 460人 |\n"
        "| 攝影展 | 6月8日 | 300人 |\n\n6月8日，攝影展在文化中心舉行，展出作品108幅。\n"
    )
    assert [doing.name.text for doing in taken.sheet.activities].count("攝影展") == 1
