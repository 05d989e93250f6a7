"""Trains the packaged reference engine (`mostlyai-engine`) on a CSV with its defaults, as a black box.

Prints one line of JSON: seconds of wall time and of CPU (all threads and child processes) of the training alone,
without reading, analysing and encoding. Any-order model, size Medium, on the CPU.

    python mostlyai_engine.py table.csv[.gz]
"""

import argparse
import importlib.metadata
import json
import os
import sys
import tempfile
import time
from pathlib import Path


def cpu_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("csv")
    args = parser.parse_args()
    # The engine reports its progress on stdout: that line of JSON must stay alone there.
    out = os.dup(1)
    os.dup2(2, 1)

    import pandas
    import torch
    from mostlyai import engine

    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        engine.split(tgt_data=pandas.read_csv(args.csv), workspace_dir=workspace, model_type="TABULAR")
        engine.analyze(workspace_dir=workspace)
        engine.encode(workspace_dir=workspace)
        cpu, wall = cpu_seconds(), time.perf_counter()
        engine.train(workspace_dir=workspace, device="cpu")
        measured = {"wallSeconds": time.perf_counter() - wall, "cpuSeconds": cpu_seconds() - cpu}

    measured["threads"] = torch.get_num_threads()
    measured["version"] = importlib.metadata.version("mostlyai-engine")
    measured["torch"] = torch.__version__
    os.write(out, (json.dumps(measured) + "\n").encode())
    sys.stdout.flush()


if __name__ == "__main__":
    main()
