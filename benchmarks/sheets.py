"""Make up fact sheets from a seed: different in event, level, script, length, exactness and form.

    python benchmarks/sheets.py [N DIR] [--seed N]      N sheets into DIR, as YAML, JSON and XLSX

With no arguments it says how varied a thousand of them are. `report` makes one sheet, `counties` the
sheets of all counties of a city on one event. The words are in sheets.yaml; everything is invented.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

WORDS = Path(__file__).with_name("sheets.yaml")
ENDINGS = {"district": "縣", "township": "鎮"}


@cache
def words() -> dict[str, Any]:
    """The word lists."""
    return YAML(typ="safe", pure=True).load(WORDS.read_text(encoding="utf-8"))


def report(seed: int) -> dict[str, Any]:
    """One sheet, as plain data with English keys: the same for the same seed."""
    rng = random.Random(f"sheet {seed}")  # noqa: S311  made up, not secret
    level = rng.choice(["township", "township", "district", "district", "school", "institution"])
    kind = rng.choice(list(words()["events"]))
    place = f"{rng.choice(words()['stems'])}{ENDINGS.get(level, '鎮')}"
    data = event(rng, kind, place, level)
    if rng.random() < 0.3:  # a short note
        data["activities"] = data["activities"][: rng.randint(1, 2)]
        for key in ("totals", "measures", "results", "media", "problems"):
            data.pop(key, None)
    if rng.random() < 0.04:
        lost(rng, data)
    return in_script(data, rng.choice(["hant", "hans"]))


def counties(
    seed: int, count: int, *, kind: str = "science", level: str = "district"
) -> list[dict[str, Any]]:
    """The sheets of ``count`` places of one city on the same event, each with its own figures."""
    rng = random.Random(f"counties {seed} {kind}")  # noqa: S311
    stems = [*words()["stems"], *(f"新{stem}" for stem in words()["stems"])][:count]
    theme = rng.choice(words()["events"][kind]["themes"])
    made = []
    for stem in stems:
        size = rng.choice([0.6, 1.0, 1.0, 1.5])
        data = event(rng, kind, f"{stem}{ENDINGS[level]}", level, size=size, when=(5, 12))
        data |= {"theme": theme, "script": "hant"}
        for basis in data.get("basis", []):
            basis["number"] = words()["events"][kind]["basis"]["number"].replace("NN", "8")
        made.append(data)
    return made


def event(
    rng: random.Random,
    kind: str,
    place: str,
    level: str,
    *,
    size: float = 1.0,
    when: tuple[int, int] | None = None,
) -> dict[str, Any]:
    """The sheet of one place on one event."""
    model = words()["events"][kind]
    month, day = when or (rng.randint(3, 11), rng.randint(2, 9))
    size = size * (0.2 if level != "district" else 1.0)
    office = words()["offices"][kind]
    unit = {
        "township": f"{place}人民政府",
        "school": f"{place}中心學校",
        "institution": f"{place}衛生院",
    }.get(level, f"{place}{office}")
    data: dict[str, Any] = {
        "title": f"{unit if level in ('school', 'institution') else place}2025年{model['name']}活動總結",
        "level": level,
        "unit": unit,
        "theme": rng.choice(model["themes"]),
        "period": f"2025-{month:02d}-{day:02d}/2025-{month:02d}-{min(day + model['days'] - 1, 30):02d}",
        "basis": [
            {**model["basis"], "number": model["basis"]["number"].replace("NN", str(rng.randint(3, 40)))}
        ],
        "organisers": [{"role": "牽頭", "names": [unit]}],
        "activities": [],
    }
    if rng.random() < 0.25:
        del data["basis"]
    chosen = [a for a in model["activities"] if rng.random() < 0.85] or model["activities"][:1]
    for number, activity in enumerate(chosen):
        data["activities"].append(
            made_activity(rng, activity, place, level, size=size, when=(month, day + number))
        )
    data["totals"] = [figure(rng, total, size) for total in model["totals"] if rng.random() < 0.9]
    for key, most in (("measures", 3), ("results", 2), ("media", 2), ("next_steps", 3)):
        picked = rng.sample(words()[key], rng.randint(0, min(most, len(words()[key]))))
        if picked:
            data[key] = [
                text.replace("NN", str(rng.randint(3, 30))).replace("MM", str(month + 1)) for text in picked
            ]
    problems = [rng.choice(ways) for ways in rng.sample(words()["problems"], rng.randint(0, 3))]
    if problems:
        data["problems"] = problems
    return data


def made_activity(
    rng: random.Random, model: dict[str, Any], place: str, level: str, *, size: float, when: tuple[int, int]
) -> dict[str, Any]:
    """One activity with its own figures, and now and then without a date or a detail."""
    found: dict[str, Any] = {"name": model["name"]}
    if rng.random() < 0.9:
        found["field"] = model["field"]
    if rng.random() < 0.8:
        found["date"] = f"2025-{when[0]:02d}-{min(when[1], 28):02d}"
        if time := rng.choice(words()["days"]):
            found["time"] = time
    if model.get("place"):
        found["place"] = f"{place}{rng.choice(words()['villages'])}"
    if model.get("people") and rng.random() < 0.7:
        posts = words()["posts"].get(level, words()["posts"]["township"])
        name = rng.choice(words()["surnames"]) + rng.choice(words()["names"])
        found["people"] = [{"name": name, "post": rng.choice(posts), "role": rng.choice(words()["roles"])}]
    if model.get("details") and rng.random() < 0.7:
        found["details"] = [rng.choice(model["details"])]
    found["figures"] = [figure(rng, given, size) for given in model["figures"] if rng.random() < 0.9]
    if not found["figures"]:
        del found["figures"]
    return found


def figure(rng: random.Random, model: list[Any], size: float) -> str:
    """A figure's shorthand, exact or blurred: 發放宣傳資料 2300餘份."""
    label, unit, least, most = model
    value = max(2, round(rng.triangular(least, most) * size))
    blur = rng.choice(words()["modifiers"]) if value >= 60 and unit != "萬元" else "{n}"
    if blur != "{n}":
        step = 10 ** (len(str(value)) - 2)
        value = max(step, value // step * step)
    number = f"{value / 10000:g}萬" if value >= 20000 and value % 1000 == 0 else str(value)
    return f"{label} {blur.replace('{n}', number)}{unit}"


def lost(rng: random.Random, data: dict[str, Any]) -> None:
    """Mask one total, as an over-eager year mask does."""
    if totals := data.get("totals"):
        label = totals[-1].partition(" ")[0]
        totals[-1] = f"{label} 20xx餘{'人次' if '群眾' in label else '份'}"
    rng.random()


def in_script(data: dict[str, Any], script: str) -> dict[str, Any]:
    """The sheet in one script, which it names."""
    from summarywriter.chinese.script import Script, to_script

    text = json.dumps(data, ensure_ascii=False)
    return {**json.loads(to_script(text, Script.HANS) if script == "hans" else text), "script": script}


def save(data: dict[str, Any], file: Path) -> Path:
    """Write a sheet in the form that the file's suffix says."""
    if file.suffix == ".json":
        file.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    elif file.suffix == ".xlsx":
        save_workbook(data, file)
    else:
        from summarywriter.facts.load import facts_from
        from summarywriter.facts.write import sheet_text

        encoding = "gb18030" if data["script"] == "hans" and len(data["title"]) % 2 else "utf-8"
        file.write_bytes(sheet_text(facts_from(data)).encode(encoding))
    return file


def save_workbook(data: dict[str, Any], file: Path) -> None:
    """Write a sheet as a workbook: single values on the first worksheet, lists on their own."""
    import openpyxl

    book = openpyxl.Workbook()
    basic = book.active
    basic.title = "基本"
    for key, value in data.items():
        if isinstance(value, str):
            basic.append([key, value])
        elif key in ("totals", "measures", "results", "media", "problems", "next_steps"):
            basic.append([key, "\n".join(value)])
    sheet = book.create_sheet("activities")
    keys = ["name", "field", "date", "time", "place", "details", "figures"]
    sheet.append(keys)
    for activity in data["activities"]:
        cells = [activity.get(key, "") for key in keys]
        sheet.append(["\n".join(cell) if isinstance(cell, list) else cell for cell in cells])
    book.save(file)


def fill(folder: Path, count: int, seed: int = 0) -> list[Path]:
    """Write ``count`` sheets into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number in range(count):
        suffix = random.Random(f"form {seed} {number}").choices([".yaml", ".json", ".xlsx"], [6, 3, 1])[0]  # noqa: S311
        made.append(save(report(seed * 1_000_003 + number), folder / f"{number:05d}{suffix}"))
    return made


def main(arguments: list[str] | None = None) -> int:
    """Write sheets, or say how varied they are."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args(arguments)
    if given.folder is not None:
        print(f"{len(fill(given.folder, given.count, given.seed))} sheets in {given.folder}")
        return 0
    made = [report(given.seed * 1_000_003 + number) for number in range(given.count)]
    for what in ("level", "script"):
        print(f"{what}: {dict(Counter(data[what] for data in made))}")
    print(f"activities a sheet: {dict(sorted(Counter(len(data['activities']) for data in made).items()))}")
    distinct = len({json.dumps(data, ensure_ascii=False) for data in made})
    print(f"{distinct} of {len(made)} sheets differ from every other")
    return 0 if distinct >= 0.99 * len(made) else 1


if __name__ == "__main__":
    raise SystemExit(main())
