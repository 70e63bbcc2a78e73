"""The peer of the bench `plan`: the same campaigns as an analyst would write them in NumPy, every
step of the campaign for all draws at once. It is given the draws and does the core: who comes, who
claims, what budgets and pacing let out, who asks again, what is spent, given back and expires, who
stays, the money by month, and three quantiles of every number. After "ready" it does all of it once
for every line that it is sent, and answers with the seconds and the means.
Left out: requests and their busiest second, shops and couriers, calls by the second, cohorts by
origin, hours, rows that are kept."""

import json
import sys
import time

import numpy as np
from offers import Budget, Offer, grant, spend
from people import (
    Comers,
    Rewarded,
    arrival_shares,
    kept_people,
    retention_through,
    with_invited,
)
from terms import MONTH_DAYS, MONTH_HOURS, VALUES, Draws, T


def campaigns(d):
    own = d.people
    chain = d.offer_0_takeUp * (1 - T["holdout"]) * d.invites * d.newcomers
    people = with_invited(own, chain, d.reachable)
    brought = np.maximum(0, people - own * d.organic)
    weights = [d.of("wave", w, "weight") for w in range(len(T["waves"]))]
    of_wave = [people * weight / sum(weights) for weight in weights]
    alpha, beta = retention_through(d.d1, d.d30)
    state = {
        "offers": [Offer(d, i, of_wave) for i in range(len(T["offers"]))],
        "comers": [Comers(d, w, people, np.minimum(own, people), brought, expected)
                   for w, expected in enumerate(of_wave)],
        "rewarded": Rewarded(d, alpha, beta),
        "budget": Budget(d),
        "totals": {name: np.zeros(d.count) for name in ("grants", "granted", "spent", "orders")},
        "run_out": [np.full(d.count, np.inf) for _ in T["waves"]],
    }
    by_step = pass_steps(d, state)
    comers, rewarded, totals = state["comers"], state["rewarded"], state["totals"]
    rewarded.finish()
    kept = kept_people(d, comers, rewarded)
    numbers = {**totals, "people": people - sum(each.away for each in comers), "kept": kept}
    numbers["stayedAway"] = sum(each.away for each in comers)
    numbers["rewarded"] = rewarded.existing + rewarded.of_wave.sum(axis=0)
    numbers.update(by_month(d, kept, [by_step[step] for step in month_steps()], alpha, beta))
    for w, wave in enumerate(T["waves"]):
        own_offers = [o for o in state["offers"] if o.wave == w]
        numbers[f"granted.wave.{wave['id']}"] = sum(o.granted for o in own_offers)
        numbers[f"spent.wave.{wave['id']}"] = sum(o.spent for o in own_offers)
        numbers[f"runOut.wave.{wave['id']}"] = state["run_out"][w]
    return numbers


def pass_steps(d, state):
    """All steps of the campaign; returns the sums at the ends of months."""
    offers, comers, budget, totals = (state[k] for k in ("offers", "comers", "budget", "totals"))
    rewarded = state["rewarded"]
    for o in offers:
        if o.leads:
            rewarded.per_asked[o.wave] = 1 / o.takeUp
    shares = [arrival_shares(d, w, slice(T["stepOfHour"][wave["fromHour"]],
                                         T["stepOfHour"][wave["toHour"]]))
              for w, wave in enumerate(T["waves"])]
    ends, by_step = set(month_steps()), {}
    for segment in T["segments"]:
        first, hours = segment["from"], segment["hours"]
        for i in segment["ending"]:
            o = offers[i]
            budget.give_back(o.wave, T["hour"][first], np.maximum(0, o.money_open))
            for name in ("pool", "unwanted", "money_open"):
                setattr(o, name, np.zeros(d.count))
        for i in segment["spending"]:
            offers[i].set_step(d, hours)
        for i in segment["granting"]:
            comers[offers[i].wave].set_step(hours)
            if T["stepOfHour"][offers[i].open["fromHour"]] == first:
                offers[i].lose_others(sum(each.away for each in comers[: offers[i].wave]))
        spending = list(segment["spending"])
        for step in range(first, segment["to"]):
            budget.take_returned(step)
            for i in segment["granting"]:
                o = offers[i]
                share = shares[o.wave][step - T["stepOfHour"][o.open["fromHour"]]]
                grant(o, budget, comers[o.wave], rewarded, totals, step, share, state["run_out"])
            spend(d, [offers[i] for i in spending], budget, totals, hours)
            spending = [i for i in spending if i in segment["granting"] or not offers[i].is_empty()]
            if step in ends:
                by_step[step] = {name: sums.copy() for name, sums in totals.items()}
    return by_step


def month_steps():
    """The last step of each month; the last month takes what comes later."""
    hours, last = T["hoursInAll"], len(T["hour"]) - 1
    ends = [(month + 1) * MONTH_HOURS - 1 for month in range(T["months"])]
    return [last if end >= hours else T["stepOfHour"][end] for end in ends[:-1]] + [last]


def by_month(d, kept, months, alpha, beta):
    """Net after each month, cost in all: costs as a month begins, contribution as it ends."""
    stays, survival = np.ones(d.count), []
    for day in range(MONTH_DAYS * T["months"]):
        stays = stays * (beta + day) / (alpha + beta + day)
        if (day + 1) % MONTH_DAYS == 0:
            survival.append(stays)
    cost, contribution, before, numbers = np.zeros(d.count), np.zeros(d.count), None, {}
    for month, now in enumerate(months):
        new = now if before is None else {k: now[k] - before[k] for k in now}
        before = now
        other = new["orders"] * (d.callsPerOrder * d.callCost + d.feeRedemption)
        other = other + new["grants"] * d.feeGrant + (d.marketing if month == 0 else 0)
        displaced = new["orders"] * d.cannibalised * d.orderMargin
        cost += (new["spent"] + other + displaced) * (1 + d.discount) ** (-month / 12)
        active = kept * survival[month] / survival[0]
        contribution += active * d.margin * (1 + d.discount) ** (-(month + 1) / 12)
        numbers[f"active.month.{month}"] = active
        numbers[f"net.month.{month}"] = contribution - cost
    numbers["cost"] = cost
    numbers["net"] = contribution - cost
    return numbers


def one_round(count):
    started = time.perf_counter()
    pieces = []
    for at in range(0, count, T["piece"]):
        pieces.append(campaigns(Draws(VALUES[at : min(count, at + T["piece"])])))
    numbers = {name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[0]}
    for of in numbers.values():
        np.partition(of, [int(q * (count - 1)) for q in (0.05, 0.5, 0.95)])
    seconds = time.perf_counter() - started
    means = {name: float(of.mean()) for name, of in numbers.items() if np.isfinite(of).all()}
    return {"seconds": seconds, "means": means}


one_round(min(len(VALUES), T["piece"]))
version = f"Python {sys.version.split()[0]}, NumPy {np.__version__}"
print(json.dumps({"ready": version}), flush=True)
for _ in sys.stdin:
    print(json.dumps(one_round(len(VALUES))), flush=True)
