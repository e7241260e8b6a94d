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
        """For each class as many homes as it has seats, by a shuffle; they go to its types in their order."""
        stream, seats, chosen = Stream(seed, "people"), dict(map(tuple, panel["seats"])), []
        for homes, types in self.classes:
            homes = list(homes)
            count = sum(seats.get(at, 0) for at in types)
            for i in range(count):
                other = i + stream.pick(len(homes) - i)
                homes[i], homes[other] = homes[other], homes[i]
            drawn = iter(homes[:count])
            for at in types:
                for _ in range(seats.get(at, 0)):
                    members = sorted(label for label in next(drawn) if self.type_of[label] == at)
                    chosen.append(members[stream.pick(len(members))])
        return sorted(chosen)
