"""Names: none escapes the folder, and no two are one file, on any file system."""
# ruff: noqa: E501  a case on one line is read as one

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarywriter.batch.job import Outcome, State
from summarywriter.batch.journal import Journal
from summarywriter.batch.sheets import key_of, safe, sheets_in, targets


@pytest.mark.parametrize(("name", "expected"), [
    ("../x.yaml", "x.yaml"), ("/etc/passwd", "etc/passwd"), ("a/../../b", "a/b"), ("C:\\x\\..\\y", "C_/x/y"), ("..", "_"),
    ("con.yaml", "_con.yaml"), ("縣/.隱.yaml", "縣/_.隱.yaml"), ("a. ", "a"), ("a\x00b", "a_b"), ("", "_"), ("a\nb", "a_b"),
])  # fmt: skip
def test_a_name_is_a_path_below_the_folder(name, expected):
    assert safe(name) == expected


@given(st.text(max_size=60))
def test_no_name_escapes(name):
    for target in targets(name):
        posix, windows = PurePosixPath(target), PureWindowsPath(target)
        assert not posix.is_absolute()
        assert not windows.is_absolute()
        assert not windows.drive
        assert ".." not in posix.parts + windows.parts
        assert all(len(part.encode()) <= 160 for part in posix.parts)


def test_names_that_collide_or_differ_in_case_each_get_a_place(tmp_path):
    names = [
        "a.yaml",
        "A.yaml",
        "a.json",
        "a.yaml.yaml",
        "A.YAML",
        "b/../a.yaml",
        "batch-report.yaml",
        "e\u0301.yaml",
        "\u00e9.yaml",
    ]
    with Journal(tmp_path) as journal:
        for name in names:
            assert journal.needs(name, b"x", "s")
        places = {name: journal.target(name) for name in names}
        assert len({key_of(place) for place in places.values()}) == len(names)
        assert places["a.yaml"] == "a"
        assert places["batch-report.yaml"] != "batch-report"
    with Journal(tmp_path) as journal:
        for name in reversed(names):  # the order of a later run changes nothing
            journal.needs(name, b"x", "s")
            journal.finish(Outcome(name, State.DONE), {})
        assert {name: journal.target(name) for name in names} == places


def test_links_to_folders_hidden_files_and_the_output_are_left_out(tmp_path):
    (tmp_path / "in" / "縣").mkdir(parents=True)
    (tmp_path / "in" / "縣" / "甲.yaml").touch()
    (tmp_path / "in" / "乙.JSON").touch()
    (tmp_path / "in" / "~$乙.xlsx").touch()
    (tmp_path / "in" / "notes.txt").touch()
    (tmp_path / "in" / ".hidden.yaml").touch()
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "out").mkdir()
    (tmp_path / "in" / "out" / "丙.json").touch()
    found = [sheet.name for sheet in sheets_in([tmp_path / "in"], leave=tmp_path / "in" / "out")]
    assert found == ["乙.JSON", "縣/甲.yaml"]
    alone = list(sheets_in([Path(tmp_path / "in" / "縣" / ".." / "乙.JSON")]))
    assert [sheet.name for sheet in alone] == ["乙.JSON"]
