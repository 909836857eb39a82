"""Genre files: what ships, a user's own, and what is said when one is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from summarywriter.errors import GenreError
from summarywriter.genres import genres, load_genre
from summarywriter.genres.load import SHIPPED

MINIMAL = """\
name: {name}
title: 測試體裁
sections:
  - role: all
    tells: [unit, activities, totals, measures, results, media, problems, next_steps]
"""


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_genre_is_found_by_name_and_by_chinese_title(name):
    genre = load_genre(name)
    assert genre.name == name
    assert load_genre(genre.title) == genre


def test_a_title_is_known_in_either_script():
    assert load_genre("简报").name == load_genre("簡報").name == "bulletin"


@pytest.mark.parametrize("genre", genres(), ids=lambda genre: genre.name)
def test_ready_sentences_of_shipped_genres_state_no_figure_and_no_success(genre):
    for section in genre.sections:
        for formula in (*section.lead_in, *section.close):
            assert formula.claims == "none"
            assert not set("0123456789０１２３").intersection(formula.text)
            assert not any(word in formula.text for word in ("圓滿", "成功", "顯著", "良好"))


def test_a_users_genre_stands_before_a_shipped_one(tmp_path):
    (tmp_path / "mine.yaml").write_text(MINIMAL.format(name="bulletin"), encoding="utf-8")
    assert load_genre("bulletin", folder=tmp_path).title == "測試體裁"
    assert load_genre("bulletin").title == "簡報"
    assert [genre.name for genre in genres(tmp_path)].count("bulletin") == 1


def test_a_genre_is_read_from_a_path_with_a_byte_order_mark(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + MINIMAL.format(name="mine").encode())
    assert load_genre(file).name == "mine"


def test_an_unquoted_numeral_is_the_numeral_that_its_writer_meant(tmp_path):
    file = tmp_path / "mine.yaml"
    text = MINIMAL.format(name="mine") + "    numbering: 1.\n    headings: 情況\n"
    file.write_text(text, encoding="utf-8")
    assert load_genre(file).sections[0].numbering == "1."


def test_an_unknown_genre_is_answered_with_those_there_are():
    with pytest.raises(GenreError, match="city-report"):
        load_genre("no-such-genre")


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (("role: all", "role: all\n    colour: red"), r"mine\.yaml:5: sections\[0\]\.colour"),
        (("role: all", "role: Alles"), r"mine\.yaml:4: sections\[0\]\.role"),
        (("activities, ", ""), r"mine\.yaml.*told by no section: activities"),
        (("totals,", "totals, totals,"), r"told by two sections: totals"),
        (("title: 測試體裁\n", ""), r"mine\.yaml.*title"),
        (("role: all", "role: all\n    close: [{text: 特此報告。}]"), r"mine\.yaml:5: .*claims"),
        (("name: mine", "name: mine\nname: twice"), r"mine\.yaml:2"),
    ],
)
def test_a_wrong_file_is_named_with_line_and_key(tmp_path, change, where):
    file = tmp_path / "mine.yaml"
    file.write_text(MINIMAL.format(name="mine").replace(*change), encoding="utf-8")
    with pytest.raises(GenreError, match=where):
        load_genre(file)


@pytest.mark.parametrize("content", [b"", b"- a\n", b"a: [", b"\xff\xfe\x00"])
def test_a_file_that_is_no_genre_is_refused_by_name(tmp_path, content):
    file = tmp_path / "mine.yaml"
    file.write_bytes(content)
    with pytest.raises(GenreError, match=r"mine\.yaml"):
        load_genre(file)


def test_a_missing_file_or_folder_is_named(tmp_path):
    with pytest.raises(GenreError, match="gone"):
        load_genre(tmp_path / "gone.yaml")
    with pytest.raises(GenreError, match="gone"):
        genres(tmp_path / "gone")


def test_two_files_of_one_name_are_refused(tmp_path):
    for file in ("a.yaml", "b.yaml"):
        (tmp_path / file).write_text(MINIMAL.format(name="mine"), encoding="utf-8")
    with pytest.raises(GenreError, match=r"b\.yaml"):
        genres(tmp_path)


def test_the_example_of_the_documentation_is_a_genre(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "genres.md").read_text(encoding="utf-8")
    example = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert example is not None
    (tmp_path / "weekly.yaml").write_text(example[1], encoding="utf-8")
    assert load_genre("weekly", folder=tmp_path).sections[1].parts is not None
