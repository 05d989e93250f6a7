"""Area under the ROC curve and people found, of scores of members and of others, by scikit-learn.

Prints one line of JSON.

    python membership_auc.py scores.json
"""

import argparse
import json
from pathlib import Path

import numpy
from sklearn.metrics import roc_auc_score, roc_curve


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scores")
    scores = json.loads(Path(parser.parse_args().scores).read_text())
    members, others = (numpy.asarray(scores[side]) for side in ("members", "others"))
    values = numpy.concatenate([members, others])
    labels = numpy.concatenate([numpy.ones(len(members)), numpy.zeros(len(others))])
    false, true, _ = roc_curve(labels, values, drop_intermediate=False)
    found = {f"at{share}": float(numpy.interp(share / 100, false, true)) for share in (1, 10)}
    print(json.dumps({"auc": float(roc_auc_score(labels, values)), **found}))


if __name__ == "__main__":
    main()
