"""One offer step by step: who asks, what the budgets let out, what is spent and given back."""

import numpy as np
from terms import T

CRUMBS = 1e-6
USED_UP = 1e-9


def further_rewards(d, part):
    """Mean of a claimer's further rewards, and the share of claimers who have all they may have."""
    wanted = 2 * d.invites * part
    cap = T["rewardsPerUser"] - 1
    q = 1 - np.minimum(np.minimum(wanted / (1 + wanted), wanted), 1) / wanted
    return wanted * (1 - q**cap), (1 - q) * wanted * q ** (cap - 1)


def mean_reward(offer, chance, grants):
    deviation, skewness = offer["deviation"], offer["skewness"]
    if deviation == 0:
        return np.full_like(chance, offer["reward"])
    skew = skewness / np.sqrt(grants)
    cube = np.maximum(0, 1 + skew * chance / 6 - skew**2 / 36)
    score = np.where(skew > 1e-6, 2 / skew * (cube**3 - 1), chance)
    return np.maximum(0, offer["reward"] + score * deviation / np.sqrt(grants))


class Offer:
    def __init__(self, d, i, people_of_wave):
        offer = T["offers"][i]
        of = lambda name: d.of("offer", i, name)
        zero = np.zeros(d.count)
        self.at, self.terms, self.wave = i, offer, offer["wave"]
        self.open = T["waves"][self.wave]
        self.leads = all(o["wave"] != self.wave for o in T["offers"][:i])
        share_open = 1 - T["holdout"]
        self.further, _ = further_rewards(d, of("byInvites"))
        others = d.existing + sum(people_of_wave[: self.wave], zero)
        back = of("takeUp")
        if self.wave > 0:
            parts = [d.of("offer", k, "byInvites") for k, o in enumerate(T["offers"])
                     if o["wave"] < self.wave]
            back = of("returning") * (1 - further_rewards(d, np.max(parts, axis=0))[1])
        self.fresh_all = people_of_wave[self.wave] * share_open * of("takeUp")
        self.others, self.others_share = others, share_open * back
        self.all = self.fresh_all + others * self.others_share
        self.bot_ratio = d.abuse / (1 - d.abuse)
        expected = self.all * (1 + self.further) * (1 + self.bot_ratio)
        expected = np.minimum(expected, self.open["budget"] / offer["reward"])
        self.reward = mean_reward(offer, of("chanceReward"), expected)
        self.expires_after = 0
        in_time = 1.0
        if offer["expires"]["kind"] == "after":
            in_time = 1 - np.exp(-offer["expires"]["hours"] / of("delay"))
            self.expires_after = max(1, int(np.ceil(offer["expires"]["hours"])))
        self.redeemed = of("redeemed") * in_time
        self.used = of("used")
        self.delay = of("delay")
        self.cancelled = np.minimum(of("cancelled"), 1 - self.redeemed)
        self.cancel_delay = of("cancelDelay")
        self.unspent = 1 - self.redeemed * self.used - self.cancelled
        self.crumbs = CRUMBS * expected
        self.takeUp = of("takeUp")
        for name in ("pool", "unwanted", "fresh", "money_open", "invited", "granted", "spent",
                     "wait_fresh", "wait_known", "wait_more", "wait_bots"):
            setattr(self, name, zero.copy())
        self.served_before = np.ones(d.count)

    def set_step(self, d, hours):
        at_once = lambda delay: 1 - (1 - np.exp(-hours / delay)) * (delay / hours)
        is_long = hours > 1
        self.invite_rate = 1 - np.exp(-hours / d.inviteDelay)
        self.invite_at_once = at_once(d.inviteDelay) if is_long else None
        self.stays = d.retry**hours
        self.order_rate = 1 - np.exp(-hours / self.delay)
        self.order_less = self.order_rate - at_once(self.delay) if is_long else None
        self.cancel_rate = 1 - np.exp(-hours / self.cancel_delay)

    def lose_others(self, away):
        self.all = self.fresh_all + np.maximum(0, self.others - away) * self.others_share

    def is_empty(self):
        return not (self.pool.any() or self.unwanted.any())


class Budget:
    """Money left, in all and by wave, and what comes back to it."""

    def __init__(self, d):
        self.all = np.full(d.count, float(T["budget"]))
        self.left = [np.full(d.count, float(wave["budget"])) for wave in T["waves"]]
        self.returned = {}
        # What a cap lets out does not come back.
        self.caps = [(cap["offers"], np.full(d.count, float(cap["limit"]))) for cap in T["caps"]]

    def lasting(self, o):
        most = np.minimum(self.left[o.wave], self.all)
        for offers, left in self.caps:
            if o.at in offers:
                most = np.minimum(most, left)
        return most

    def take(self, o, money):
        self.add(o.wave, -money)
        for offers, left in self.caps:
            if o.at in offers:
                np.maximum(left - money, 0, out=left)

    def give_back(self, wave, hour, money):
        hour += int(np.ceil(T["settlingHours"]))
        if hour >= len(T["stepOfHour"]):
            return
        due = self.returned.setdefault(T["stepOfHour"][hour], {})
        due[wave] = due[wave] + money if wave in due else money

    def take_returned(self, step):
        for wave, money in self.returned.pop(step, {}).items():
            self.add(wave, money)

    def add(self, wave, money):
        self.left[wave] = self.left[wave] + money
        self.all = self.all + money


def grant(o, budget, comers, rewarded, totals, step, share, run_out):
    hour, hours = T["hour"][step], T["hours"][step]
    used_up = USED_UP * o.open["budget"]
    lasting = budget.lasting(o)
    most = lasting
    if o.open["released"] is not None:
        released = o.open["budget"] * o.open["released"][hour - o.open["fromHour"] + hours - 1]
        spent = o.open["budget"] - budget.left[o.wave]
        most = np.minimum(most, np.maximum(0, released - spent))
    if o.leads:
        comers.expect(lasting <= used_up)
    fresh = o.fresh_all * share * comers.come
    known = (o.all - o.fresh_all) * share
    first = fresh + known
    more = o.invited * o.invite_rate
    if o.invite_at_once is not None:
        more += first * o.served_before * o.further * o.invite_at_once
    bots = (first + more) * o.bot_ratio + o.wait_bots
    others = known + more + bots + o.wait_fresh + o.wait_known + o.wait_more
    wanted = (fresh + others) * o.reward
    if o.leads:
        is_cut = (wanted > most) & (most >= lasting)
        if is_cut.any():
            fresh = fresh * comers.cut(is_cut, most / np.where(is_cut, wanted, 1))
    fresh_all, known_all = fresh + o.wait_fresh, known + o.wait_known
    waiting = o.wait_fresh
    asked = fresh + others
    wanted = asked * o.reward
    served = np.where(wanted <= most, 1, np.maximum(0, most) / wanted)
    money = wanted * served
    budget.take(o, money)
    is_gone = (budget.left[o.wave] <= used_up) | (budget.all <= used_up)
    if is_gone.any():
        days = (hour - o.open["fromHour"] + served * hours) / 24
        run_out[o.wave] = np.where(is_gone, np.minimum(run_out[o.wave], days), run_out[o.wave])
    fresh_served, known_served = fresh_all * served, known_all * served
    o.invited = np.maximum(0, o.invited - more) + (fresh_served + known_served) * o.further
    o.served_before = served
    again = (1 - served) * o.stays
    o.wait_fresh, o.wait_known = fresh_all * again, known_all * again
    o.wait_more, o.wait_bots = (more + o.wait_more) * again, bots * again
    grants = asked * served
    o.money_open += grants * o.reward
    o.fresh = grants * o.redeemed
    o.pool += o.fresh
    o.unwanted += grants * o.cancelled
    if o.expires_after > 0:
        budget.give_back(o.wave, hour + hours - 1 + o.expires_after, money * o.unspent)
    o.granted += money
    totals["granted"] += money
    totals["grants"] += grants
    if o.leads:
        rewarded.count(o.wave, T["day"][step], fresh, fresh_served, known, known_served)
        comers.count(share, waiting, served, fresh_served)


def spend(d, open_offers, budget, totals, hours):
    orders = []
    for o in open_offers:
        wanted = o.pool * o.order_rate
        if o.order_less is not None:
            wanted -= o.fresh * o.order_less
        orders.append(np.where(o.pool < o.crumbs, o.pool, wanted))
        o.fresh = np.zeros(d.count)
    if not orders:
        return
    wanted = sum(orders)
    most = d.capacity * hours
    served = np.minimum(1, most / np.where(wanted > 0, wanted, 1))
    for o, own in zip(open_offers, orders):
        own = own * served
        money = own * o.reward * o.used
        o.pool -= own
        o.money_open -= money
        o.spent += money
        totals["spent"] += money
        if o.unwanted.any():
            given = np.where(o.unwanted < o.crumbs, o.unwanted, o.unwanted * o.cancel_rate)
            o.unwanted -= given
            o.money_open -= given * o.reward
            budget.add(o.wave, given * o.reward)
    totals["orders"] += wanted * served
