"""The packaged report (`mostlyai-qa`) on three CSV files, as a black box.

Prints one line of JSON with the seconds of wall time of a whole report and answers every line on standard input with
another; reading the files is not counted.

    python mostlyai_qa.py synthetic.csv training.csv holdout.csv
"""

import argparse
import importlib.metadata
import json
import os
import tempfile
import time
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("synthetic", "training", "holdout"):
        parser.add_argument(name)
    args = parser.parse_args()
    # The package reports its progress on stdout: lines of JSON must stay alone there.
    out = os.dup(1)
    os.dup2(2, 1)
    # Its worker processes must not hold the caller's end of the input.
    requests = os.fdopen(os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)

    import pandas
    from mostlyai import qa

    synthetic, training, holdout = (pandas.read_csv(p) for p in (args.synthetic, args.training, args.holdout))
    version = importlib.metadata.version("mostlyai-qa")
    with tempfile.TemporaryDirectory() as folder:
        while True:
            start = time.perf_counter()
            qa.report(
                syn_tgt_data=synthetic,
                trn_tgt_data=training,
                hol_tgt_data=holdout,
                report_path=Path(folder) / "report.html",
            )
            measured = {"wallSeconds": time.perf_counter() - start, "version": version}
            os.write(out, (json.dumps(measured) + "\n").encode())
            if not requests.readline():
                break


if __name__ == "__main__":
    main()
