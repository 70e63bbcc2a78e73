"""The terms of the campaign, and the draws by name."""

import json
import sys

import numpy as np

FOLDER = sys.argv[1]
T = json.load(open(f"{FOLDER}/terms.json"))
VALUES = np.fromfile(f"{FOLDER}/inputs.f64").reshape(-1, len(T["inputs"]))
MONTH_DAYS = 30
MONTH_HOURS = 720


class Draws:
    """Columns by name, in pieces that stay in the cache."""

    def __init__(self, rows):
        for at, name in enumerate(T["inputs"]):
            setattr(self, name.replace(".", "_"), np.ascontiguousarray(rows[:, at]))
        self.count = len(rows)

    def of(self, kind, i, name):
        return getattr(self, f"{kind}_{i}_{name}")


def first_offer(wave, d):
    first = next(i for i, offer in enumerate(T["offers"]) if offer["wave"] == wave)
    return d.of("offer", first, "takeUp")
