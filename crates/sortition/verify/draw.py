#!/usr/bin/env python3
"""Draws a committee again from what was published, and compares. Needs Python 3.8 or later and nothing else.

    python3 draw.py [FOLDER]        the folder with commitment.json, pool.json, panels.json, result.json

It reads the files, trusts none of them, and says "agrees" (exit code 0) or what differs (exit code 1). It shares no
code with the program that drew. The rules it follows are written down in docs/draws.md of Madang.
"""
import hashlib
import json
import sys
import unicodedata
from pathlib import Path


class Differs(Exception):
    pass


def demand(holds, what):
    if not holds:
        raise Differs(what)


def sha256(data):
    return hashlib.sha256(data).digest()


def line(text):
    """A name or secret in its one form: composed, no marks that cannot be seen, single spaces."""
    unseen = set("\u00ad\ufeff") | {chr(c) for r in ((0x200b, 0x200f), (0x202a, 0x202e), (0x2060, 0x206f))
                                    for c in range(r[0], r[1] + 1)}
    text = unicodedata.normalize("NFC", text)
    text = "".join(" " if c.isspace() and c not in "\x1c\x1d\x1e\x1f" else c for c in text)
    return " ".join("".join(c for c in text if c not in unseen and unicodedata.category(c) != "Cc").split())


# --- Numbers from the seed -------------------------------------------------------------------------------------------

class Stream:
    """Block i is SHA-256(seed, name, a zero byte, i as 8 bytes); its first 8 bytes are a number below 2^64."""

    def __init__(self, seed, name):
        self.start, self.block = seed + name.encode() + b"\0", 0

    def below(self, n):
        while True:
            digest = sha256(self.start + self.block.to_bytes(8, "big"))
            self.block += 1
            bits = int.from_bytes(digest[:8], "big")
            if bits < 2**64 - 2**64 % n:
                return bits % n

    def pick(self, n):
        """One of one is no choice and uses up no number."""
        return 0 if n == 1 else self.below(n)


# --- The published files ---------------------------------------------------------------------------------------------

class Draw:
    def __init__(self, folder):
        read = {name: (folder / f"{name}.json").read_bytes() for name in ("commitment", "pool", "panels", "result")}
        self.hash = {name: sha256(data).hex() for name, data in read.items()}
        self.commitment, self.pool, self.panels, self.result = (json.loads(data.decode()) for data in read.values())
        for name, form in (("commitment", "commitment file"), ("pool", "pool"), ("panels", "panels"), ("result", "result")):
            found = json.loads(read[name].decode()).get("format")
            demand(found == f"madang-draw/1 {form}", f"{name}.json has the format {found}")
        for name in ("pool", "panels"):
            demand(self.commitment[name] == self.hash[name], f"{name}.json is not the file that commitment.json names")
            demand(self.result[name] == self.hash[name], f"{name}.json is not the file that result.json names")
        demand(self.panels["pool"] == self.hash["pool"], "pool.json is not the file that panels.json names")
        demand(self.result["commitment"] == self.hash["commitment"],
               "commitment.json is not the file that result.json names")
        self.types = self.pool["types"]
        self.values = [dict(zip((f["name"] for f in self.pool["features"]), t["values"])) for t in self.types]
        self.type_of = {label: at for at, kind in enumerate(self.types) for label in kind["people"]}
        people = sum(len(kind["people"]) for kind in self.types)
        demand(len(self.type_of) == people == self.commitment["people"], "people are counted twice or not at all")
        demand(self.pool["size"] == self.commitment["size"], "the size is not the announced one")
        # Classes of households: the homes, and the types that live in them. Without homes each person is a home.
        if self.pool["one_per_home"]:
            self.classes = [(homes, [at for at, kind in enumerate(self.types) if kind["class"] == number])
                            for number, homes in enumerate(self.pool["classes"])]
        else:
            self.classes = [([[label] for label in kind["people"]], [at]) for at, kind in enumerate(self.types)]
        self.home_of = {label: (number, at) for number, (homes, _) in enumerate(self.classes)
                        for at, home in enumerate(homes) for label in home}

    def limits(self):
        """Every condition: its name, who counts for it (by values), least and most seats."""
        for feature in self.pool["features"]:
            for value in feature["values"]:
                yield (f"{feature['name']}: {value['name']}",
                       lambda v, f=feature["name"], x=value["name"]: v[f] == x, value["min"], value["max"])
        for quota in self.pool["quotas"]:
            yield (quota["name"], lambda v, w=quota["when"]: all(v[f] in names for f, names in w),
                   quota["min"], quota["max"])

    def broken(self, seats):
        """The first condition that seats by type break, or None."""
        for name, counts, least, most in self.limits():
            n = sum(k for at, k in seats.items() if counts(self.values[at]))
            if n < least or (most is not None and n > most):
                return name
        return None

    def check_panels(self):
        for number, panel in enumerate(self.panels["panels"], 1):
            seats = dict(map(tuple, panel["seats"]))
            demand(sum(seats.values()) == self.pool["size"], f"panel {number} has another size")
            demand(self.broken(seats) is None, f"panel {number} breaks {self.broken(seats)}")
            for homes, types in self.classes:
                demand(sum(seats.get(at, 0) for at in types) <= len(homes), f"panel {number} needs more homes")
        demand(sum(panel["tickets"] for panel in self.panels["panels"]) == self.panels["tickets"],
               "the tickets do not add up")

    def seed(self):
        """The lines that were hashed; every reveal must be what was committed to."""
        demand([p["name"] for p in self.commitment["parties"]] == [p["name"] for p in self.result["parties"]],
               "the parties are not the announced ones")
        demand(self.commitment["source"] == self.result["source"], "the source is not the announced one")
        lines = ["madang-draw/1 seed", "pool " + self.hash["pool"], "panels " + self.hash["panels"]]
        for announced, party in zip(self.commitment["parties"], self.result["parties"]):
            name = line(party["name"])
            lines.append("party " + name)
            if "secret" not in party:
                demand(self.result["value"], f"{name} is missing and there is no public value")
                lines.append("missing")
                continue
            nonce, secret = line(party["nonce"]), line(party["secret"])
            text = f"madang-draw/1 commitment\n{name}\n{nonce}\n{secret}\n"
            demand(sha256(text.encode()).hex() == announced["commitment"],
                   f"{name} told something else than it committed to")
            lines += ["nonce " + nonce, "secret " + secret]
        if self.result["value"]:
            lines.append("value " + self.result["value"])
        demand(len(lines) > 3, "nothing came by chance")
        return sha256("".join(text + "\n" for text in lines).encode())

    def ticket(self, seed):
        ticket = Stream(seed, "ticket").below(self.panels["tickets"])
        before = 0
        for at, panel in enumerate(self.panels["panels"]):
            before += panel["tickets"]
            if ticket < before:
                return ticket, at

    def people(self, seed, panel):
        """For each class and each of its types: the next home of a shuffle, and in it one of the type's people."""
        stream, seats, chosen = Stream(seed, "people"), dict(map(tuple, panel["seats"])), []
        for homes, types in self.classes:
            homes, i = list(homes), 0
            for at in types:
                for _ in range(seats.get(at, 0)):
                    other = i + stream.pick(len(homes) - i)
                    homes[i], homes[other] = homes[other], homes[i]
                    members = [label for label in homes[i] if self.type_of[label] == at]
                    chosen.append(members[stream.pick(len(members))])
                    i += 1
        return sorted(chosen)

    # --- Reserves and replacements ------------------------------------------------------------------------------------

    def weight(self, at):
        """The chance of a person of this type in whole billionths, at least 1."""
        if not hasattr(self, "sums"):
            self.sums = [0] * len(self.types)
            for panel in self.panels["panels"]:
                for kind, k in panel["seats"]:
                    self.sums[kind] += panel["tickets"] * k
        x = float(self.sums[at]) / (float(self.panels["tickets"]) * float(len(self.types[at]["people"]))) * 1e9
        return max(1, int(x) + (1 if x - int(x) >= 0.5 else 0))

    def seats(self, committee):
        """Seats of each condition."""
        types = [self.type_of[label] for label in committee]
        return [sum(1 for at in types if counts(self.values[at])) for _, counts, _, _ in self.limits()]

    def no_worse(self, seats, out, come):
        """Whether no condition is more broken with `come` instead of `out` (types)."""
        for before, (_, counts, least, most) in zip(seats, self.limits()):
            after = before - counts(self.values[out]) + counts(self.values[come])
            away = lambda n: max(0, least - n) + (0 if most is None else max(0, n - most))
            if away(after) > away(before):
                return False
        return True

    def replacement(self, committee, seats, out, taken, stream):
        """Somebody with as few different features as can be, by weight; people in the order of types and labels."""
        old = self.types[self.type_of[out]]["values"]
        homes = [self.home_of[label] for label in committee if label != out]
        full = set(homes) if self.pool["one_per_home"] else set()
        for differences in range(len(old) + 1):
            found = []
            for at, kind in enumerate(self.types):
                if sum(a != b for a, b in zip(kind["values"], old)) == differences \
                        and self.no_worse(seats, self.type_of[out], at):
                    found += [(label, self.weight(at)) for label in kind["people"]
                              if label not in taken and self.home_of[label] not in full]
            if not found:
                continue
            number = stream.below(sum(w for _, w in found)) if len(found) > 1 else 0
            for label, weight in found:
                if number < weight:
                    return label
                number -= weight
        return None

    def reserves(self, seed, people):
        """For each member of the committee in order, those who would come in; nobody stands on two lists."""
        stream, taken, lists, seats = Stream(seed, "reserves"), set(people), [], self.seats(people)
        for member in people if self.commitment["reserves"] else []:
            found = []
            while len(found) < self.commitment["reserves"]:
                come = self.replacement(people, seats, member, taken, stream)
                if come is None:
                    break
                taken.add(come)
                found.append(come)
            lists.append({"for": member, "people": found})
        return lists

    def replace(self, seed, people, reserves, leaving):
        committee, seat = list(people), {label: at for at, label in enumerate(people)}
        asked, reserved, steps = set(), {label for row in reserves for label in row["people"]}, []
        for number, out in enumerate(leaving, 1):
            demand(out in committee, f"{out} is not on the committee")
            asked.add(out)
            seats = self.seats(committee)
            homes = {self.home_of[label] for label in committee if label != out} if self.pool["one_per_home"] else set()
            own = reserves[seat[out]]["people"] if reserves else []
            come = next((label for label in own if label not in asked and self.home_of[label] not in homes and
                         self.no_worse(seats, self.type_of[out], self.type_of[label])), None)
            reserve = come is not None
            if come is None:
                stream = Stream(seed, f"replacement {number}")
                come = self.replacement(committee, seats, out, asked | reserved | set(committee), stream)
            place = committee.index(out)
            if come is None:
                del committee[place]
            else:
                committee[place], seat[come] = come, seat[out]
                asked.add(come)
                reserved.discard(come)
            new, old = (self.types[self.type_of[label]]["values"] for label in (come or out, out))
            steps.append({"come": come, "differences": sum(a != b for a, b in zip(new, old)), "out": out,
                          "reserve": reserve})
        return steps


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
    draw = Draw(folder)
    draw.check_panels()
    seed = draw.seed()
    ticket, at = draw.ticket(seed)
    people = draw.people(seed, draw.panels["panels"][at])
    reserves = draw.reserves(seed, people)
    again = {"seed": seed.hex(), "ticket": ticket, "panel": at, "people": people, "reserves": reserves}
    for name, value in again.items():
        demand(draw.result[name] == value, f"{name}: drawn again it is {value}, result.json says {draw.result[name]}")
    print(f"seed    {seed.hex()}\nticket  {ticket}\npanel   {at + 1}")
    print("\n".join(people))
    replaced = folder / "replacements.json"
    if replaced.exists():
        told = json.loads(replaced.read_text(encoding="utf-8"))
        demand(told["result"] == draw.hash["result"], "result.json is not the file that replacements.json names")
        steps = draw.replace(seed, people, reserves, [step["out"] for step in told["replacements"]])
        demand(told["replacements"] == steps, f"replacements: drawn again they are {steps}")
    print("agrees")


if __name__ == "__main__":
    try:
        main()
    except Differs as what:
        sys.exit(f"DIFFERS: {what}")
    except (OSError, KeyError, ValueError, TypeError, IndexError, AttributeError) as what:
        sys.exit(f"DIFFERS: a file cannot be read or was changed: {type(what).__name__} {what}")
