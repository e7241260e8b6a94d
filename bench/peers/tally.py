"""Runs pabutools over elections, one JSON line in, one JSON line out.

In:  {"file": "x.pb", "rule": "equal-shares", "sat": "Cost_Sat", "completion": "add1", "ties": "cost,votes,lot:seed", "arithmetic": "gmpy2"}
Out: {"winners": ["3", "9"], "cost": "28200", "seconds": 0.12}
"""

import hashlib
import json
import sys
import time

from pabutools import election, fractions, rules
from pabutools.election import parse_pabulib
from pabutools.tiebreaking import TieBreakingRule


def tie_breaking(ties):
    """The project with the smallest of these comes first."""
    keys = {
        "cost": lambda instance, profile, project: project.cost,
        "votes": lambda instance, profile, project: -profile.approval_score(project)
        if hasattr(profile, "approval_score")
        else -sum(1 for ballot in profile if project in ballot),
        "name": lambda instance, profile, project: project.name,
    }

    def lot(seed):
        """One order of all projects, drawn from the seed."""
        return lambda instance, profile, project: hashlib.sha256(f"{seed}\0{project.name}".encode()).digest()

    chosen = [lot(word[4:]) if word.startswith("lot:") else keys[word] for word in ties.split(",")]
    return TieBreakingRule(lambda instance, profile, project: tuple(key(instance, profile, project) for key in chosen))


def tally(order, instance, profile):
    sat = getattr(election, order["sat"])
    ties = tie_breaking(order["ties"])
    common = {"sat_class": sat, "tie_breaking": ties}
    rule, completion = order["rule"], order.get("completion", "none")
    if rule == "greedy":
        return rules.greedy_utilitarian_welfare(instance, profile, **common)
    if rule == "phragmen":
        return rules.sequential_phragmen(instance, profile, tie_breaking=ties)
    increment = 1 if completion.startswith("add1") else None
    shares = {**common, "voter_budget_increment": increment}
    if completion in ("none", "add1"):
        return rules.method_of_equal_shares(instance, profile, **shares)
    return rules.completion_by_rule_combination(
        instance, profile, [rules.method_of_equal_shares, rules.greedy_utilitarian_welfare], [shares, common]
    )


def main():
    read = {}
    for line in sys.stdin:
        order = json.loads(line)
        fractions.FRACTION = order.get("arithmetic", "gmpy2")
        key = (order["file"], fractions.FRACTION)
        if key not in read:
            read.clear()
            began = time.perf_counter()
            read[key] = (*parse_pabulib(order["file"]), time.perf_counter() - began)
        instance, profile, parsing = read[key]
        began = time.perf_counter()
        try:
            outcome = tally(order, instance, profile)
        except Exception as error:  # a rule that does not take this sort of ballot
            print(json.dumps({"error": f"{type(error).__name__}: {error}"}), flush=True)
            continue
        seconds = time.perf_counter() - began
        winners = [project.name for project in outcome]
        cost = str(sum(project.cost for project in outcome))
        print(json.dumps({"winners": winners, "cost": cost, "seconds": seconds, "parsing": parsing}), flush=True)


if __name__ == "__main__":
    main()
