"""Runs sortition-algorithms over instances, one JSON line in, one JSON line out.

In:  {"features": [["age", "30s", 5, 9], ...], "people": {"p1": {"age": "30s", ...}, ...}, "size": 22, "rule": "maximin"}
Out: {"chances": {"p1": 0.11, ...}, "panels": 93, "seconds": 10.2}
"""

import json
import os
import sys
import time

# What the program says on its way goes to the other stream, and must not come between the answers.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

from sortition_algorithms import Settings, read_in_features, read_in_people  # noqa: E402
from sortition_algorithms.committee_generation import find_distribution_leximin, find_distribution_maximin  # noqa: E402


def draw(order):
    names = sorted({row[0] for row in order["features"]})
    head = ["feature", "value", "min", "max"]
    features, _, _ = read_in_features(head, [dict(zip(head, map(str, row))) for row in order["features"]])
    settings = Settings(
        id_column="id", columns_to_keep=[], check_same_address=False, check_same_address_columns=[]
    )
    rows = [{"id": person, **values} for person, values in order["people"].items()]
    people, _ = read_in_people(["id", *names], rows, features, settings)
    rules = {"maximin": find_distribution_maximin, "leximin": find_distribution_leximin}
    started = time.perf_counter()
    panels, weights, _ = rules[order["rule"]](features, people, order["size"], [])
    seconds = time.perf_counter() - started
    chances = dict.fromkeys(order["people"], 0.0)
    for panel, weight in zip(panels, weights):
        for person in panel:
            chances[person] += weight
    return {"chances": chances, "panels": len(panels), "seconds": seconds}


for line in sys.stdin:
    print(json.dumps(draw(json.loads(line))), file=answers, flush=True)
