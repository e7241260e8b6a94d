"""Runs red-dwarf over conversations, one JSON line in, one JSON line out.

In:  {"file": "votes.csv", "seed": 1, "removed": [3, 17]}   columns: person, statement, vote (agree 1, disagree -1)
Out: {"groups": {"12": 0, "13": 1}, "number": 2, "seconds": 6.5}

The time is that of the whole pipeline from votes in memory. People without a group (too few votes) are left out.
"""

import csv
import json
import os
import sys
import time
import warnings

# What the program says on its way goes to the other stream, and must not come between the answers.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
warnings.simplefilter("ignore")

from reddwarf.implementations.polis import run_pipeline  # noqa: E402


def answer(order):
    with open(order["file"], newline="") as file:
        votes = [
            {"participant_id": int(person), "statement_id": int(statement), "vote": int(vote)}
            for person, statement, vote in csv.reader(file)
        ]
    started = time.perf_counter()
    result = run_pipeline(votes=votes, mod_out_statement_ids=order.get("removed", []), random_state=order["seed"])
    seconds = time.perf_counter() - started
    labels = result.participants_df["cluster_id"].dropna()
    groups = {str(person): int(label) for person, label in labels.items()}
    return {"groups": groups, "number": len(set(groups.values())), "seconds": seconds}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), file=answers, flush=True)
