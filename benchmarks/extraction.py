"""How much of old texts is found, found wrongly, and placed right, against lists read by hand.

A list names values (what is written, value, measure word, modifier, and where it belongs), never
sentences; fixtures/extract/README.md says how one is written. Run it for the figures of the texts there
and, where a checkout has it beside it, of the reference text; or with the names of folders, for the
figures of the texts in those.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from summarywriter.chinese.text import folded
from summarywriter.extract import Extraction, Found, ValueKind, extract

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "fixtures" / "extract"
_BESIDE = Path("shared", "seeds", "science-week-summaries.txt")
_KINDS = {
    "quantities": ValueKind.QUANTITY, "dates": ValueKind.DATE, "docnumbers": ValueKind.DOCNUMBER,
    "titles": ValueKind.TITLE, "quotes": ValueKind.QUOTE,
}  # fmt: skip


def reference() -> Path | None:
    """The reference text, four scraped summaries, where a checkout has it beside it."""
    return next((parent / _BESIDE for parent in ROOT.parents if (parent / _BESIDE).is_file()), None)


@dataclass
class Score:
    """Counts over one text or many."""

    gold: int = 0
    right: int = 0
    false: int = 0
    quantities: int = 0
    placed: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Add another text's counts."""
        self.gold += other.gold
        self.right += other.right
        self.false += other.false
        self.quantities += other.quantities
        self.placed += other.placed
        self.wrong += other.wrong

    @property
    def found_share(self) -> float:
        """Values of the list found with value, unit and modifier right."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def false_share(self) -> float:
        """Values found that are none, among all found."""
        return self.false / (self.right + self.false) if self.right + self.false else 0.0

    @property
    def placed_share(self) -> float:
        """Quantities of the list that stand where they belong."""
        return self.placed / self.quantities if self.quantities else 1.0

    def __str__(self) -> str:
        return (
            f"found {self.right}/{self.gold} ({self.found_share:.1%}), "
            f"false {self.false} ({self.false_share:.1%}), "
            f"placed {self.placed}/{self.quantities} ({self.placed_share:.1%})"
        )


def load(path: Path) -> Any:
    """A list read by hand."""
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def score(extractions: Sequence[Extraction], gold: Sequence[Any]) -> Score:
    """Compare what was taken out of one file with its list, piece by piece."""
    total = Score()
    for extraction, wanted in zip(extractions, gold, strict=True):
        for name, kind in _KINDS.items():
            found = [value for value in extraction.values if value.kind is kind]
            _compare(found, wanted.get(name) or [], kind, total)
        _placed(extraction, wanted.get("quantities") or [], total)
    return total


#: Measure words of the lexicon that hold their noun, as a reader may write them: 32戶家庭, 8支隊伍.
_SPELT = {
    "户家庭": "户", "支队伍": "支", "个点": "个", "个点位": "个", "天时间": "天", "个学时": "个",
    "个小时": "小时", "个百分点": "百分点", "个工作日": "工作日", "件(套)": "件",
}  # fmt: skip


def _measure(word: str) -> str:
    form = folded(word)
    return _SPELT.get(form, form)


def _counted(value: Decimal | None, unit: str, modifier: str) -> tuple[object, ...]:
    """A quantity to be compared; 九成五 and 95% are one."""
    if unit == "成" and value is not None:
        return (value * 10, "%", modifier)
    return (value, _measure(unit), modifier)


def _is_open(value: Found) -> bool:
    """Whether a list may hold a value or not: 一 with a measure word, an age, an anniversary (七十周年)."""
    quantity = value.quantity
    if quantity is None:
        return False
    single = quantity.value == 1 and value.text.startswith("一")
    return single or folded(quantity.unit) in ("岁", "周岁", "周年", "週年")


def _key(kind: ValueKind, wanted: Any) -> tuple[object, ...]:
    if kind is ValueKind.QUANTITY:
        _, value, unit, modifier, *_ = wanted
        return _counted(None if value is None else Decimal(str(value)), str(unit), modifier)
    said = folded("".join(str(wanted).split()))
    # 7月15日前 names a term: the day in it is what is found.
    return (re.sub("(?:之|以)?前$", "", said) if kind is ValueKind.DATE else said,)


def _found_key(value: Found) -> tuple[object, ...]:
    if value.quantity is not None:
        quantity = value.quantity
        return _counted(quantity.value, quantity.unit, quantity.modifier.value)
    return (folded("".join(value.text.split())),)


#: A clock time alone: as often as not when a chat's turn was said.
_STAMP = re.compile("[0-9]{1,2}:[0-9]{2}")


def _compare(found: Iterable[Found], wanted: Sequence[Any], kind: ValueKind, total: Score) -> None:
    if kind is ValueKind.DATE:  # 6月7日、8日 is two days, however it is listed
        wanted = [part for each in wanted for part in str(each).split("、")]
    left = Counter(_key(kind, each) for each in wanted)
    total.gold += len(wanted)
    for value in found:
        key = _found_key(value)
        if left[key] > 0:
            left[key] -= 1
            total.right += 1
        elif not _is_open(value):
            total.false += 1
            total.wrong.append(f"false {kind.value}: {value.text}")
    for key, count in left.items():
        if kind is ValueKind.DATE and _STAMP.fullmatch(str(key[0])):
            total.gold -= count  # 20:15 王老師：, when a turn was said
        else:
            total.wrong += [f"missed {kind.value}: {key}"] * count


def _placed(extraction: Extraction, wanted: Sequence[Any], total: Score) -> None:
    """Where each quantity of the list stands, in the order of the source."""
    values = [value for value in extraction.values if value.kind is ValueKind.QUANTITY]
    used: set[int] = set()
    for each in wanted:
        total.quantities += 1
        key = _key(ValueKind.QUANTITY, each)
        spot = next((n for n, v in enumerate(values) if n not in used and _found_key(v) == key), None)
        if spot is None:
            total.wrong.append(f"unplaced: {each[0]} (not found)")
            continue
        used.add(spot)
        home = home_of(extraction, values[spot])
        if home == "nowhere" and _in_title(extraction, values[spot]):
            again = next((v for v in values if v is not values[spot] and _found_key(v) == key), None)
            home = home_of(extraction, again) if again is not None else home
        words = str(each[4]).split()
        if any(home == word or (home.startswith("activity ") and folded(word) in home) for word in words):
            total.placed += 1
        else:
            total.wrong.append(f"misplaced: {each[0]} belongs to {each[4]}, stands in {home}")


def _in_title(extraction: Extraction, value: Found) -> bool:
    """Whether a value stands in the title, so that it is placed where the text says it again."""
    title = extraction.sheet.title
    return title is not None and any(s.start <= value.span.start < s.end for s in title.spans)


def home_of(extraction: Extraction, value: Found) -> str:
    """Where a quantity stands: ``totals``, ``text``, ``organisers``, ``unplaced`` or an activity's name."""
    sheet = extraction.sheet
    if value in sheet.unplaced:
        return "unplaced"
    if any(figure.value.span == value.span for figure in sheet.totals):
        return "totals"
    for doing in sheet.activities:
        name = "activity " + folded(f"{doing.area} {doing.name.text}")
        if any(figure.value.span == value.span for figure in doing.figures):
            return "activity " + folded(doing.name.text)
        inside = [span for detail in doing.details for span in detail.spans]
        if any(span.start <= value.span.start < span.end for span in inside):
            return name
        if any(party.total.startswith(value.text) for party in doing.parties):
            return "organisers"
    if any(party.total.startswith(value.text) for party in sheet.parties):
        return "organisers"
    texts = [span for passages in sheet.texts.values() for passage in passages for span in passage.spans]
    return "text" if any(span.start <= value.span.start < span.end for span in texts) else "nowhere"


def lists(folder: Path) -> list[Path]:
    """The lists in a folder: ``NAME.yaml`` or ``NAME.truth.yaml``, each beside its text."""
    return sorted(folder.glob("*.yaml"))


def text_of(path: Path) -> Path:
    """The text that a list is of."""
    stem = path.stem.removesuffix(".truth")
    return next(each for each in sorted(path.parent.glob(f"{stem}.*")) if each.suffix != ".yaml")


def main(folders: Sequence[str]) -> int:
    """Print the figures, text by text and folder by folder."""
    measured = [Path(each) for each in folders] or sorted(each for each in TEXTS.iterdir() if lists(each))
    sums: dict[str, Score] = {}
    for folder in measured:
        total = sums.setdefault(folder.name, Score())
        for path in lists(folder):
            one = score(extract(read(text_of(path))), load(path)["pieces"])
            total.add(one)
            print(f"{folder.name}/{path.stem.removesuffix('.truth')}: {one}")
            for line in one.wrong:
                print(f"    {line}")
    for name, total in sums.items():
        print(f"{name}: {total}")
    if not folders and (text := reference()) is not None:
        one = score(extract(text.read_text(encoding="utf-8")), load(TEXTS / "reference.yaml")["pieces"])
        print(f"reference: {one}")
        for line in one.wrong:
            print(f"    {line}")
    return 0


def read(path: Path) -> str:
    """The text of a file, whatever its kind."""
    from summarywriter.sources import read_source

    return read_source(path).text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
