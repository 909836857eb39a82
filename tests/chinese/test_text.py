# ruff: noqa: E501 - tables of short cases read better in wide rows
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarywriter.chinese.text import Span, clauses, content_ngrams, enclosures, fold, folded, sentences


def cut(text, spans):
    return [text[a:b] for a, b in spans]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("剩餘", "剩余"), ("每週", "每周"), ("諮詢", "咨询"), ("臺賬", "台账"), ("裏面", "里面"), ("裡面", "里面"),
        ("羣衆", "群众"), ("爲了", "为了"), ("著手", "着手"), ("瞭解", "了解"), ("「安全」", "“安全”"),
        ("計畫", "計劃"), ("計畫", "计划"), ("企畫", "企劃"), ("佈置", "布置"), ("啟動", "啓動"), ("衞生", "衛生"), ("憑藉", "凭借"),
        ("敍事", "敘事"), ("砲臺", "炮台"), ("化粧", "化妝"), ("鄰里", "隣里"), ("姊妹", "姐妹"), ("黏貼", "粘貼"), ("祕書", "秘書"),
        ("註冊", "注冊"), ("佔地", "占地"), ("部門聯繫", "部門聯系"), ("牆報", "墻報"), ("高峯", "高峰"), ("說明", "説明"), ("衆", "眾"), ("臺帳", "台賬"),
        ("『安全』", "“安全”"), ("〔20xx〕35號", "[20xx]35号"), ("【1】", "［1］"), ("５０％", "50%"), ("50㎡", "50平方米"),
    ],
)  # fmt: skip
def test_variants_fold_together(a, b):
    assert folded(a) == folded(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # A measure word and a part; a score and a copy: 1500份 is no 1500分.
        ("份", "分"), ("部份", "部分"), ("做", "作"), ("像", "象"), ("副", "幅"), ("座", "坐"), ("克", "刻"),
        ("李桂蘭", "李桂藍"), ("書畫", "書化"), ("俱樂部", "具樂部"),
    ],
)  # fmt: skip
def test_other_words_stay_apart(a, b):
    assert folded(a) != folded(b)


def test_list_marks_and_ellipses_are_no_figures():
    assert folded("①㈠…") == "①㈠…"


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_form_of_a_part_is_the_part_of_the_form(a, b):
    assert folded(a + b) == folded(a) + folded(b)


@given(st.text(alphabet="餘㎡ａ「①發㎏ ", max_size=20))
def test_offsets_lead_back(text):
    form = fold(text)
    assert len(form.offsets) == len(form.text) + 1
    assert list(form.offsets) == sorted(form.offsets)
    for index in range(len(form.text)):
        span = form.source(index, index + 1)
        assert form.text[index] in folded(text[span.start : span.end])
    assert form.source(0, len(form.text)) == Span(0, len(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("開了會。散了會！好？", ["開了會。", "散了會！", "好？"]),
        ("他說：“好。走吧。”大家笑了。", ["他說：“好。走吧。”大家笑了。"]),
        ("（一）加強領導\n召開了會議。", ["（一）加強領導", "召開了會議。"]),
        ("（詳見附件。）開展活動；送書。", ["（詳見附件。）開展活動；送書。"]),
        ("“沒有合上。第二句。\n第三句。", ["“沒有合上。", "第二句。", "第三句。"]),
        ("“好！”。走。", ["“好！”。", "走。"]),
        ("", []),
    ],
)
def test_sentences(text, expected):
    assert cut(text, sentences(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("展出展板85塊，接受咨詢2500余人次。", ["展出展板85塊，", "接受咨詢2500余人次。"]),
        ("《愛科學，講科學》發了1,234冊；9:30散會", ["《愛科學，講科學》發了1,234冊；", "9:30散會"]),
        ("科普書籍500冊,資料1000份", ["科普書籍500冊,", "資料1000份"]),
    ],
)
def test_clauses(text, expected):
    assert cut(text, clauses(text)) == expected


def test_clauses_of_a_span():
    text = "甲，乙。丙，丁。"
    assert cut(text, clauses(text, Span(4, 8))) == ["丙，", "丁。"]


def test_enclosures_survive_crossed_marks():
    text = "（“甲）乙”"
    assert cut(text, enclosures(text)) == ["（“甲）"]


def test_content_ngrams():
    assert content_ngrams("發放資料和傳單") == {"发放", "放资", "资料", "传单"}
    assert content_ngrams("的，。50") == frozenset()
    assert content_ngrams("使用OA系統") == content_ngrams("使用oa系统")


def test_a_megabyte_of_marks_is_read_once():
    for text in ("（" * 10**6, "“”" * 500_000, "。" * 10**6):
        sentences(text)
        clauses(text)
