"""An independent checker of official documents looks at the .docx of every event: `make office`.

gongwen-skill runs in an environment of its own. Its defaults are one province's; they are overridden to
the national standard's margins, a line of 28.95 pt, and a signature on the right. It reads no styles, so the
documents are written with ``--formatting direct``; it knows Simplified fonts only, so with ``--script
hans``. It always exits 0: its JSON is what counts. Rules CHK-SUM* ask for sections that a sheet may have
no facts for, and say nothing of form.

Two things it cannot see, and what it says of them is set aside, counted and printed: a head that runs into
its paragraph is in another font than the rest (it takes a paragraph for all heading or all body), and a
signature with no date below it (which it takes for body text).
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from docx import Document

EVENTS = sorted(path for path in Path("fixtures/events").glob("*.*") if not path.stem.startswith("hostile"))
LINE = "28.95pt"
NATIONAL = {
    "page_setup": {"margins": {"top": "3.7cm", "bottom": "3.5cm", "left": "2.8cm", "right": "2.6cm"}},
    **{
        part: {"line_spacing": LINE}
        for part in ("doc_title", "heading_1", "heading_2", "heading_3", "heading_4", "body")
    },
    "signature": {"align": "right"},  # GB/T 9704-2012, 7.3.5.2
}
GRAVE = ("P0", "P1")


def main(checker: str) -> int:
    """Write and check every event; print what was found, and count it.

    Args:
        checker: The checker's executable.

    Returns:
        1 where anything grave was found in the form.
    """
    folder = Path("build/office")
    folder.mkdir(parents=True, exist_ok=True)
    passed = failed = 0
    for event in EVENTS:
        document = folder / f"{event.stem}.docx"
        writer = [sys.executable, "-m", "summarywriter", "write", str(event), "-o", str(document)]
        subprocess.run(
            [*writer, "--script", "hans", "--formatting", "direct"], check=True, capture_output=True
        )
        overrides = json.dumps(NATIONAL)
        done = subprocess.run(
            [checker, "check", str(document), "-t", "summary", "--json", "--config-overrides", overrides],
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        found = json.loads(done.stdout[done.stdout.index("[") :])
        unseen = beyond_it(document)
        grave, aside = [], []
        for item in found:
            if item["severity"] in GRAVE and not item["rule_id"].startswith("CHK-SUM"):
                (aside if item["location"] in unseen else grave).append(item)
        # "Of this rule there are more": about the same paragraphs, where all those named are set aside.
        of = {item["rule_id"] for item in aside} - {
            i["rule_id"] for i in grave if i["location"] != "document"
        }
        aside += [item for item in grave if item["location"] == "document" and item["rule_id"] in of]
        grave = [item for item in grave if item not in aside]
        for mark, items in (("", grave), ("set aside: ", aside)):
            for item in items:
                told = f"{item['severity']} {item['rule_id']} {item['location']}: {item['reason']}"
                print(f"{event.stem}: {mark}{told} ({item['original']})")
        print(f"{event.stem}: {len(grave)} grave, {len(aside)} set aside, {len(found)} in all")
        passed, failed = passed + (not grave), failed + bool(grave)
    print(f"{passed} passed, {failed} failed")
    return int(failed > 0)


def beyond_it(document: Path) -> set[str]:
    """Places in the document that the checker cannot judge."""
    places = set()
    paragraphs = Document(str(document)).paragraphs
    dated = any(paragraph.style.style_id == "DocDate" for paragraph in paragraphs)
    for n, paragraph in enumerate(paragraphs):
        runs_in = any(run.style.style_id.startswith("DocLead") for run in paragraph.runs)
        if runs_in or (paragraph.style.style_id == "DocSignature" and not dated):
            places.add(f"paragraph:{n}")
    return places


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
