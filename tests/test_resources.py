from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest

import summarywriter.resources
from summarywriter.errors import ResourceError, SummaryWriterError
from summarywriter.resources import read_text, resource


def _package(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand an empty package in for the installed one."""
    package = root / "summarywriter"
    package.mkdir(parents=True)
    monkeypatch.setattr(summarywriter.resources, "files", lambda _name: package)
    return package


@pytest.mark.parametrize("folder", ["prompts", "genres"])
def test_the_data_of_this_install_is_found(folder: str) -> None:
    assert resource(folder).is_dir()


def test_a_file_inside_the_package_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = _package(tmp_path, monkeypatch)
    (package / "realise" / "lexicon").mkdir(parents=True)
    (package / "realise" / "lexicon" / "verbs.yaml").write_text("發放: 資料\n", encoding="utf-8")

    assert resource("realise", "lexicon", "verbs.yaml").name == "verbs.yaml"
    assert read_text("realise", "lexicon", "verbs.yaml") == "發放: 資料\n"


def test_a_checkout_has_its_prompts_beside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _package(tmp_path, monkeypatch)
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "draft.system.md.j2").write_text("只寫事實", encoding="utf-8")

    assert read_text("prompts", "draft.system.md.j2") == "只寫事實"


def test_the_prompts_inside_the_package_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = _package(tmp_path, monkeypatch)
    (tmp_path / "pyproject.toml").touch()
    for root, text in ((tmp_path, "outside"), (package, "inside")):
        (root / "prompts").mkdir()
        (root / "prompts" / "a.j2").write_text(text, encoding="utf-8")

    assert read_text("prompts", "a.j2") == "inside"


def test_a_strangers_prompts_in_site_packages_are_not_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _package(tmp_path, monkeypatch)
    (tmp_path / "prompts").mkdir()

    with pytest.raises(ResourceError, match="summarywriter/prompts is missing"):
        resource("prompts")


def test_only_prompts_are_looked_for_beside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _package(tmp_path, monkeypatch)
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "genres").mkdir()

    with pytest.raises(ResourceError):
        resource("genres")


def test_a_zipped_package_is_read_too(monkeypatch: pytest.MonkeyPatch) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as writer:
        writer.writestr("summarywriter/prompts/a.j2", "壓縮包裡")
    with zipfile.ZipFile(archive) as reader:
        package = zipfile.Path(reader, "summarywriter/")
        monkeypatch.setattr(summarywriter.resources, "files", lambda _name: package)

        assert read_text("prompts", "a.j2") == "壓縮包裡"
        with pytest.raises(ResourceError):
            resource("prompts", "b.j2")


def test_what_is_missing_is_named() -> None:
    with pytest.raises(ResourceError, match=r"summarywriter/genres/nowhere\.yaml is missing"):
        resource("genres", "nowhere.yaml")
    assert issubclass(ResourceError, SummaryWriterError)


@pytest.mark.parametrize(
    "parts", [(), ("",), ("..",), ("genres", "..", "errors.py"), ("genres/general.yaml",), ("a\\b",), ("C:",)]
)
def test_a_path_cannot_lead_out_of_the_package(parts: tuple[str, ...]) -> None:
    with pytest.raises(ResourceError, match="name by name"):
        resource(*parts)


def test_a_folder_is_no_text() -> None:
    with pytest.raises(ResourceError, match="cannot be read") as caught:
        read_text("genres")
    assert isinstance(caught.value.__cause__, OSError)


def test_text_is_utf8_whatever_the_locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = _package(tmp_path, monkeypatch)
    (package / "gbk.yaml").write_bytes("總結".encode("gb18030"))

    with pytest.raises(ResourceError, match="cannot be read"):
        read_text("gbk.yaml")


def test_it_stands_on_the_ground_floor() -> None:
    """Everything may import it, so it may import nothing of ours but the errors."""
    ours = {
        value.__module__
        for name, value in vars(summarywriter.resources).items()
        if getattr(value, "__module__", "").startswith("summarywriter.") and not name.startswith("__")
    }
    assert ours <= {"summarywriter.resources", "summarywriter.errors"}
    assert "summarywriter.resources" in sys.modules


def test_every_table_of_the_package_reads_the_same_in_c_and_in_python() -> None:
    """The reader in C knows YAML 1.1, where `no` is false: no table may mean two things."""
    from ruamel.yaml import YAML

    root = Path(__file__).resolve().parents[1]
    tables = [*(root / "summarywriter").rglob("*.yaml"), *(root / "prompts").glob("*.yaml")]
    assert len(tables) > 20
    for table in tables:
        text = table.read_text(encoding="utf-8")
        assert YAML(typ="safe").load(text) == YAML(typ="safe", pure=True).load(text), table.name
