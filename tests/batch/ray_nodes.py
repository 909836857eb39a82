"""Write a folder of sheets on a cluster of two nodes on this machine, one of which is killed midway.

    python tests/batch/ray_nodes.py SHEETS OUT URL KILL_AFTER

In a process of its own, for Ray talks to itself over the machine's own address. Prints what came of it.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

import ray
from ray.cluster_utils import Cluster

from summarywriter.batch import Journal, Setting, run_batch, sheets_in
from summarywriter.batch.ray import RayEngine


def main(sheets: Path, out: Path, url: str, kill_after: int) -> None:
    """Run, and print the totals, how many were written before the kill, and by how many nodes."""
    memory = 80 * 2**20
    cluster = Cluster(
        initialize_head=True,
        head_node_args={"num_cpus": 1, "object_store_memory": memory, "include_dashboard": False},
    )
    doomed = cluster.add_node(num_cpus=1, object_store_memory=memory)
    setting = Setting(formats=("md",), model="m" if url else None, base_url=url or None, parallel=64)
    killed: list[int] = []

    def watch(progress) -> None:
        if progress.written >= kill_after and not killed:
            killed.append(progress.written)
            threading.Thread(target=cluster.remove_node, args=(doomed, False)).start()

    with Journal(out) as journal:
        engine = RayEngine(setting, store=journal.store, address=cluster.address)
        totals = run_batch(sheets_in([sheets]), journal, engine, setting, watch=watch)
    told = {
        "done": totals.done,
        "failed": totals.failed,
        "fallbacks": totals.fallbacks,
        "killed_after": killed,
        "sheets": totals.sheets,
    }
    sys.stdout.write(json.dumps(told) + "\n")
    if ray.is_initialized():
        ray.shutdown()
    cluster.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
