"""An independent checker of official documents looks at the .docx of every event: `make office`.

gongwen-skill runs in an environment of its own; docs/benchmarks.md tells how it is set and what it cannot
see. It always exits 0: its JSON is what counts, and of that what is grave (P0, P1) and of the form: rules
CHK-SUM* ask for sections that a sheet may have no facts for.

Two kinds of finding are the checker's own: a head that runs into its paragraph (it takes a paragraph for all
heading or all text), and a signature with no date below it (which it takes for text). None is waved through.
Each such document is shown once more as the checker can see it: the head, with its own font and style, on a
line of its own, a date below the signature, and not a character else changed. Only a finding that is gone
then is set aside, counted and printed.
"""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docx import Document

EVENTS = sorted(path for path in Path("fixtures/events").glob("*.*") if not path.stem.startswith("hostile"))
LINE = "28.95pt"
NATIONAL: Mapping[str, Any] = {
    "page_setup": {"margins": {"top": "3.7cm", "bottom": "3.5cm", "left": "2.8cm", "right": "2.6cm"}},
    **{
        part: {"line_spacing": LINE}
        for part in ("doc_title", "heading_1", "heading_2", "heading_3", "heading_4", "body")
    },
    "signature": {"align": "right"},  # GB/T 9704-2012, 7.3.5.2; the checker's 居中 is one province's
}
#: It knows Simplified fonts only; a Traditional document has those that have the characters.
TRADITIONAL = {
    "doc_title": "方正小标宋繁体",
    "heading_2": "楷体",
    "heading_3": "仿宋",
    "heading_4": "仿宋",
    "body": "仿宋",
    "signature": "仿宋",
    "date": "仿宋",
}
ADDRESSEE = {
    "id": "CHK-C026",
    "name": "主送机关格式检查",
    "severity": "P1",
    "field": "recipient.font",
    "expected": "仿宋",
    "message": "主送机关应使用仿宋",
}
GRAVE = ("P0", "P1")


def main(checker: str) -> int:
    """Write and check every event in both scripts; print what was found, and count it.

    Args:
        checker: The checker's executable.

    Returns:
        1 where anything grave was found in the form.
    """
    folder = Path("build/office")
    folder.mkdir(parents=True, exist_ok=True)
    failed = passed = kept = 0
    for event in EVENTS:
        for script in ("hans", "hant"):
            document = folder / f"{event.stem}.{script}.docx"
            writer = [sys.executable, "-m", "summarywriter", "write", str(event), "-o", str(document)]
            subprocess.run(
                [*writer, "--script", script, "--formatting", "direct"], check=True, capture_output=True
            )
            grave = found_in(checker, document, script)
            shown = document.with_suffix(".shown.docx")
            seen = found_in(checker, shown, script) if grave and show(document, shown) else grave
            aside = [item for item in grave if item not in seen] if seen is not grave else []
            if seen:  # then nothing is explained
                aside = []
            for mark, items in (("", seen or []), ("set aside: ", aside)):
                for item in items:
                    print(f"{document.stem}: {mark}{item}")
            print(f"{document.stem}: {len(seen)} grave, {len(aside)} set aside")
            failed, passed, kept = failed + bool(seen), passed + (not seen), kept + len(aside)
    print(f"{passed} passed, {failed} failed, {kept} findings set aside")
    return int(failed > 0)


def found_in(checker: str, document: Path, script: str) -> list[str]:
    """What is grave in the form of a document, a line each."""
    rules: dict[str, Any] = {key: dict(value) for key, value in NATIONAL.items()}
    if script == "hant":  # the addressee's font is named in the rule alone
        rules["check_rules"] = [ADDRESSEE]
    for part, font in TRADITIONAL.items() if script == "hant" else ():
        rules.setdefault(part, {})["font"] = font
    done = subprocess.run(
        [checker, "check", str(document), "-t", "summary", "--json", "--config-overrides", json.dumps(rules)],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return [
        f"{item['severity']} {item['rule_id']} {item['location']}: {item['reason']} ({item['original']})"
        for item in json.loads(done.stdout[done.stdout.index("[") :])
        if item["severity"] in GRAVE and not item["rule_id"].startswith("CHK-SUM")
    ]


def show(document: Path, shown: Path) -> bool:
    """Write a copy that the checker can see: run-in heads apart, a date below a lone signature.

    Returns:
        Whether there was anything to show otherwise.
    """
    copied = Document(str(document))
    changed = False
    paragraphs = list(copied.paragraphs)
    for paragraph in paragraphs:
        heads = [run for run in paragraph.runs if run.style.style_id.startswith("DocLead")]
        if heads:
            apart = copy.deepcopy(paragraph._p)
            paragraph._p.addprevious(apart)
            for run in heads:
                run._r.getparent().remove(run._r)
            head = next(p for p in copied.paragraphs if p._p is apart)
            for run in head.runs[len(heads) :]:
                run._r.getparent().remove(run._r)
            head.runs[-1].text = head.runs[-1].text.rstrip("。：")  # 7.3.3: none at the end of such a line
            changed = True
    if not any(paragraph.style.style_id == "DocDate" for paragraph in paragraphs):
        for paragraph in paragraphs:
            if paragraph.style.style_id == "DocSignature":
                date = copy.deepcopy(paragraph._p)
                paragraph._p.addnext(date)
                below = next(p for p in copied.paragraphs if p._p is date)
                below.runs[0].text = "2025年6月5日"
                changed = True
    if changed:
        copied.save(str(shown))
    return changed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
