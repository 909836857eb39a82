"""Many sheets at once: nothing lost, nothing paid for twice, and no sheet in another's way.

`run_batch` is the driver: it reads the sheets one by one, hands them to an engine, writes the files that
come back, and keeps a journal in the output folder. Engines differ in where the writing is done: in
processes on this machine, on a Ray cluster, or wave by wave through a service's batch queue. They share
one protocol (`Engine`), and the flow.
"""

from __future__ import annotations

from summarywriter.batch.job import Engine, Job, Outcome
from summarywriter.batch.journal import Journal
from summarywriter.batch.local import LocalEngine
from summarywriter.batch.run import Progress, run_batch
from summarywriter.batch.setting import Setting
from summarywriter.batch.sheets import Sheet, sheets_in

__all__ = [
    "Engine",
    "Job",
    "Journal",
    "LocalEngine",
    "Outcome",
    "Progress",
    "Setting",
    "Sheet",
    "run_batch",
    "sheets_in",
]
