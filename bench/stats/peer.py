# Peer Python in the stats bench: the same tasks by NumPy, SciPy and statsmodels, each by the
# package's own function where it has one. Protocol and data as in ours-main.ts and data.ts.
import json
import sys
import time

import numpy as np
import scipy
import statsmodels
from scipy import optimize, special, stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestIndPower
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

FOLDER = sys.argv[1]
LEVEL_Z = stats.norm.ppf(0.975)
TAIL = 0.9
COHORT_PERIODS = 12


def column(name):
    return np.fromfile(f"{FOLDER}/{name}.f64", dtype="<f8")


D = {
    name: column(name)
    for name in (
        "spend-a spend-b before-a before-b orders-a orders-b sessions-a sessions-b "
        "successes-a n-a successes-b n-b p-values design-d design-n survivors repeats recency age "
        "split-observed split-users split-share"
    ).split()
}


def compare(a, b):
    both = CompareMeans(DescrStatsW(b), DescrStatsW(a))
    lower, upper = both.tconfint_diff(usevar="unequal")
    return [b.mean() - a.mean(), lower, upper, both.ttest_ind(usevar="unequal")[1]]


def welch():
    return compare(D["spend-a"], D["spend-b"])


def cuped():
    xa, xb, ya, yb = D["before-a"], D["before-b"], D["spend-a"], D["spend-b"]
    sums = np.cov(np.concatenate([xa, xb]), np.concatenate([ya, yb]))
    theta = sums[0, 1] / sums[0, 0]
    return [*compare(ya - theta * xa, yb - theta * xb), theta]


def ratio_arm(x, y):
    ratio = x.mean() / y.mean()
    c = np.cov(x, y)
    variance = (c[0, 0] - 2 * ratio * c[0, 1] + ratio**2 * c[1, 1]) / y.mean() ** 2
    return ratio, variance / len(x), len(x)


def ratio():
    a, va, na = ratio_arm(D["orders-a"], D["sessions-a"])
    b, vb, nb = ratio_arm(D["orders-b"], D["sessions-b"])
    df = (va + vb) ** 2 / (va**2 / (na - 1) + vb**2 / (nb - 1))
    se = np.sqrt(va + vb)
    half = stats.t.ppf(0.975, df) * se
    return [b - a, b - a - half, b - a + half, 2 * stats.t.sf(abs(b - a) / se, df)]


def quantile_arm(x):
    n = len(x)
    half = LEVEL_Z * np.sqrt(TAIL * (1 - TAIL) / n)
    low, high = int(np.floor(n * (TAIL - half))), int(np.ceil(n * (TAIL + half))) - 1
    at = (n - 1) * TAIL
    below = int(np.floor(at))
    x = np.partition(x, [low, below, below + 1, high])
    value = x[below] + (at - below) * (x[below + 1] - x[below])
    return value, ((x[high] - x[low]) / (2 * LEVEL_Z)) ** 2 * (n - 1) / n


def quantile():
    a, va = quantile_arm(D["spend-a"])
    b, vb = quantile_arm(D["spend-b"])
    half = LEVEL_Z * np.sqrt(va + vb)
    return [b - a, b - a - half, b - a + half]


def proportions():
    numbers = []
    for xa, na, xb, nb in zip(D["successes-a"], D["n-a"], D["successes-b"], D["n-b"]):
        lower, upper = confint_proportions_2indep(xb, nb, xa, na, method="wald")
        p = proportions_ztest([xb, xa], [nb, na])[1]
        numbers += [xb / nb - xa / na, lower, upper, p]
    return numbers


def sample_ratio():
    x, n, share = D["split-observed"], D["split-users"], D["split-share"]
    lower, upper = stats.binom.cdf(x, n, share), stats.binom.sf(x - 1, n, share)
    return np.minimum(1, 2 * np.minimum(lower, upper))


def holm_bh():
    return np.concatenate([multipletests(D["p-values"], method=m)[1] for m in ("holm", "fdr_bh")])


def power():
    test = TTestIndPower()
    reached = [test.power(d, n, 0.05, ratio=1) for d, n in zip(D["design-d"], D["design-n"])]
    return reached + [test.solve_power(d, power=0.8, alpha=0.05, ratio=1) for d in D["design-d"]]


def maximum(loss, start):
    found = optimize.minimize(loss, start, method="BFGS", options={"gtol": 1e-6})
    return [*np.exp(found.x), -found.fun]


def sbg():
    numbers = []
    for left in D["survivors"].reshape(-1, COHORT_PERIODS + 1):
        lost, t, customers = left[:-1] - left[1:], np.arange(1, len(left)), left[0]

        def loss(logs):
            a, b = np.exp(logs)
            whole = special.betaln(a, b)
            gone = lost @ (special.betaln(a + 1, b + t - 1) - whole)
            stay = special.betaln(a, b + COHORT_PERIODS) - whole
            return -(gone + left[-1] * stay) / customers

        fit = maximum(loss, np.log([1.0, 1.0]))
        numbers += [*fit[:2], fit[2] * customers]
    return numbers


def bg_nbd():
    rows = np.column_stack([D["repeats"], D["recency"], D["age"]])
    rows = rows[np.lexsort(rows.T[::-1])]
    first = np.concatenate([[True], np.any(rows[1:] != rows[:-1], axis=1)])
    at = np.flatnonzero(first)
    count = np.diff(np.append(at, len(rows)))
    x, tx, age = rows[at].T
    customers = len(rows)
    again = x > 0

    def loss(logs):
        r, alpha, a, b = np.exp(logs)
        own = (
            special.gammaln(r + x) - special.gammaln(r) + r * np.log(alpha)
            + special.betaln(a, b + x) - special.betaln(a, b)
            - (r + x) * np.log(alpha + age)
        )
        later = (r + x) * (np.log(alpha + age) - np.log(alpha + tx))
        odds = np.log(a) - np.log(np.where(again, b + x - 1, 1)) + later
        own = own + np.where(again, np.logaddexp(0, odds), 0)
        return -(count @ own) / customers

    fit = maximum(loss, np.log([1.0, 10.0, 1.0, 2.0]))
    return [*fit[:4], fit[4] * customers]


TASKS = {
    "welch": welch,
    "cuped": cuped,
    "ratio": ratio,
    "quantile": quantile,
    "proportions": proportions,
    "sample-ratio": sample_ratio,
    "holm-bh": holm_bh,
    "power": power,
    "sbg": sbg,
    "bg-nbd": bg_nbd,
}


def one_round():
    taken = {}
    for name, task in TASKS.items():
        started = time.perf_counter()
        answer = task()
        taken[name] = (time.perf_counter() - started) * 1000
        np.asarray(answer, dtype="<f8").tofile(f"{FOLDER}/answer-Python-{name}.f64")
    return taken


one_round()
version = f"Python {sys.version.split()[0]}, NumPy {np.__version__}"
version += f", SciPy {scipy.__version__}, statsmodels {statsmodels.__version__}"
print(json.dumps({"ready": version}), flush=True)
for _ in sys.stdin:
    print(json.dumps(one_round()), flush=True)
