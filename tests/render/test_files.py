from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from summarywriter.errors import RenderError
from summarywriter.render import FORMATS, save, write_whole


@pytest.mark.parametrize("suffix", [*FORMATS, "TXT"])
def test_a_file_of_every_format_and_nothing_beside_it(make_summary, tmp_path, suffix):
    path = save(make_summary(), tmp_path / f"总结.{suffix}")
    assert path.stat().st_size > 0
    assert list(tmp_path.iterdir()) == [path]


def test_the_public_door(make_summary, tmp_path):
    assert (
        make_summary().save(tmp_path / "a.txt", draft=True).read_text("utf-8").startswith("〔草稿〕\n临江镇")
    )


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.doc"])
def test_another_format_is_refused_with_those_there_are(make_summary, tmp_path, name):
    with pytest.raises(RenderError) as caught:
        save(make_summary(), tmp_path / name, lang="en")
    assert all(f".{suffix}" in str(caught.value) for suffix in FORMATS)
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_and_a_folder_are_told(make_summary, tmp_path):
    with pytest.raises(RenderError, match="nowhere"):
        save(make_summary(), tmp_path / "nowhere" / "a.txt")
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(RenderError, match=r"b\.txt is a folder"):
        save(make_summary(), tmp_path / "b.txt", lang="en")


def test_a_read_only_file_is_left_alone(make_summary, tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("old")
    real = os.access
    monkeypatch.setattr(
        os, "access", lambda p, mode: False if Path(p) == path else real(p, mode)
    )  # root may write
    with pytest.raises(RenderError, match="只读"):
        save(make_summary(), path)
    assert path.read_text() == "old"


def test_an_old_file_stays_whole_when_writing_fails(make_summary, tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RenderError, match="No space left"):
        save(make_summary(), path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_open_in_word_is_told_as_such(tmp_path, monkeypatch):
    def locked(self: Path, _: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(RenderError, match="Word"):
        write_whole(tmp_path / "a.docx", b"x")
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="modes and links of POSIX")
def test_permissions_and_links_are_kept(tmp_path):
    new, old, link = tmp_path / "new", tmp_path / "old", tmp_path / "link"
    old.write_bytes(b"old")
    old.chmod(0o640)
    link.symlink_to(old)
    write_whole(link, b"more")
    assert link.is_symlink()
    assert old.read_bytes() == b"more"
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    mask = os.umask(0o022)
    try:
        write_whole(new, b"x")
    finally:
        os.umask(mask)
    assert stat.S_IMODE(new.stat().st_mode) == 0o644


def test_half_a_character_does_not_stop_the_file(make_summary, tmp_path):
    summary = make_summary((("title", 0, "总结\ud83d"),))
    assert save(summary, tmp_path / "a.txt").read_text("utf-8") == "总结?\n"
