"""Writes the linked tables of the baseball benchmark as CSV, rows of a player in the order of the file, keys as text.

    python baseball_csv.py FOLDER OUT
"""

import sys
from pathlib import Path

import pandas

SETS = {
    "train": ("baseball-players-train", "baseball-fielding-train"),
    "test": ("baseball-players-test", "baseball-fielding-test"),
    "argn": ("TabARGN_baseball_players", "TabARGN_baseball_fielding_run_1"),
    "argn_dp": ("TabARGN_baseball_players_dp", "TabARGN_baseball_fielding_dp_run_1"),
    "rctgan": ("RCTGAN_baseball_players_run_1", "RCTGAN_baseball_fielding_run_1"),
    "rtf": ("RTF_baseball_players", "RTF_baseball_fielding_run_1"),
    "sdv_par": ("SDV_PAR_baseball_players_run_1", "SDV_PAR_baseball_fielding_run_1"),
}


def main() -> None:
    folder, out = (Path(argument) for argument in sys.argv[1:3])
    out.mkdir(parents=True, exist_ok=True)
    for name, tables in SETS.items():
        for kind, table in zip(("players", "fielding"), tables):
            frame = pandas.read_parquet(folder / f"{table}.parquet")
            frame["playerID"] = frame["playerID"].astype(str)
            frame.to_csv(out / f"{name}-{kind}.csv", index=False)


main()
