"""Who comes, who of them has a reward, and who stays."""

import numpy as np
from terms import MONTH_DAYS, T, first_offer


def log_retained(alpha, beta, day):
    sum_ = np.zeros_like(alpha)
    for t in range(day):
        sum_ += np.log((beta + t) / (alpha + beta + t))
    return sum_


def retention_through(first, later):
    """Shifted beta-geometric through two days, by Newton's steps within a bracket."""
    odds = first / (1 - first)
    target = np.log(later)
    low, high = np.full_like(first, np.log(1e-9)), np.full_like(first, np.log(1e7))
    at = np.zeros_like(first)
    for _ in range(60):
        alpha = np.exp(at)
        beta = alpha * odds
        gap = log_retained(alpha, beta, MONTH_DAYS) - target
        if np.max(np.abs(gap)) < 1e-12:
            break
        low, high = np.where(gap > 0, at, low), np.where(gap > 0, high, at)
        both = alpha + beta
        slope = sum(beta / (beta + t) - both / (both + t) for t in range(MONTH_DAYS))
        step = at - gap / slope
        at = np.where((step > low) & (step < high), step, (low + high) / 2)
    return np.exp(at), np.exp(at) * odds


def with_invited(own, chain, reachable):
    rest = 1 - chain
    root = np.sqrt(rest**2 + 4 * chain * own / reachable)
    return np.where(own >= reachable, reachable, np.minimum(reachable, 2 * own / (rest + root)))


def arrival_shares(d, wave, steps):
    days = np.array(T["day"])[steps]
    weights = np.array(T["weight"])[steps]
    shares = 0.5 ** ((days - days[0])[:, None] / d.of("wave", wave, "halfLife")) * weights[:, None]
    return shares / shares.sum(axis=0)


class Comers:
    """Who of the people expected in a wave comes: some are drawn until the money is gone, and only
    who has a reward invites."""

    def __init__(self, d, wave, people, own, brought, expected):
        zero = np.zeros(d.count)
        self.part_invited = np.maximum(0, 1 - own / people)
        self.part_drawn = np.maximum(0, brought / people - self.part_invited)
        self.after_run_out, self.delay, self.expected = d.afterRunOut, d.inviteDelay, expected
        self.per_person = (1 - T["holdout"]) * first_offer(wave, d).copy()
        for name in ("away", "invited_away", "having", "having_brought", "having_invited",
                     "inviters", "inviters_expected"):
            setattr(self, name, zero.copy())

    def set_step(self, hours):
        self.memory = np.exp(-hours / self.delay)

    def expect(self, is_gone):
        ratio = self.inviters / np.where(self.inviters_expected > 0, self.inviters_expected, 1)
        inviting = np.where(self.inviters_expected > 0, np.minimum(1, ratio), 1)
        self.is_gone = is_gone
        self.drawn = self.part_drawn * np.where(is_gone, self.after_run_out, 1)
        self.invited = self.part_invited * inviting
        self.settle()
        come = np.where(self.come > 0, self.come, 1)
        self.brought_part = (self.drawn + self.invited) / come
        self.invited_part = self.invited / come

    def settle(self):
        self.come = 1 - (self.part_drawn - self.drawn) - (self.part_invited - self.invited)

    def cut(self, is_cut, served):
        """The money lasts for a part of the step only; returns what is left of those who come."""
        before = self.come
        after = self.part_drawn * self.after_run_out
        invited_after = np.where(self.inviters_expected > 0, self.invited, 0)
        less = served * self.drawn + (1 - served) * after
        self.drawn = np.where(is_cut & ~self.is_gone, less, self.drawn)
        less = served * self.invited + (1 - served) * invited_after
        self.invited = np.where(is_cut, less, self.invited)
        self.settle()
        return np.where(is_cut & (before > 0), self.come / np.where(before > 0, before, 1), 1)

    def count(self, share, waiting, served, had):
        people = self.expected * share
        claims = people * self.per_person
        self.having += had
        self.having_brought += had * self.brought_part
        self.having_invited += had * self.invited_part
        self.inviters_expected = self.inviters_expected * self.memory + claims
        self.inviters = self.inviters * self.memory + (claims * self.come + waiting) * served
        self.away += people * (1 - self.come)
        self.invited_away += people * (self.part_invited - self.invited)

    def people(self):
        """Who came, and of them whom the campaign brought and the invited."""
        brought = self.expected * (self.part_drawn + self.part_invited)
        invited = self.expected * self.part_invited
        return [np.maximum(0, all_ - away) for all_, away in (
            (self.expected, self.away), (brought, self.away), (invited, self.invited_away))]


class Rewarded:
    """Who of each wave's people has a reward, those included who came back for a later wave's."""

    def __init__(self, d, alpha, beta):
        waves, days = len(T["waves"]), T["day"][-1] + 1
        self.alpha, self.beta = alpha, beta
        self.existing, self.existing_asked = np.zeros(d.count), np.zeros(d.count)
        self.of_wave, self.asked, self.late = (np.zeros((waves, d.count)) for _ in range(3))
        self.people_of_day, self.having_of_day = (np.zeros((days, d.count)) for _ in range(2))
        self.per_asked, self.without, self.part = [None] * waves, [None] * waves, [None] * waves

    def count(self, wave, day, fresh, fresh_served, known, known_served):
        self.of_wave[wave] += fresh_served
        self.asked[wave] += fresh
        self.people_of_day[day] += fresh * self.per_asked[wave]
        self.having_of_day[day] += fresh_served
        if wave == 0:
            self.existing += known_served
            self.existing_asked += known
            return
        if self.without[wave] is None:
            self.look_back(wave, day)
        left = np.maximum(0, self.without[wave] - self.late[wave])
        self.late[wave] += np.minimum(left, known_served * self.part[wave])

    def look_back(self, wave, day):
        people, without, weight, weight_without = (np.zeros_like(self.existing) for _ in range(4))
        stays = np.ones_like(self.existing)
        for age in range(day + 1):
            came = self.people_of_day[day - age]
            lacking = np.maximum(0, came - self.having_of_day[day - age])
            people += came
            without += lacking
            weight += came * stays
            weight_without += lacking * stays
            stays *= (self.beta + age) / (self.alpha + self.beta + age)
        known = self.existing_people()
        known_without = np.maximum(0, known - self.existing)
        everybody = without + known_without
        before = self.late[1:wave].sum(axis=0)
        still = np.where(everybody > 0, np.maximum(0, 1 - before / everybody), 0)
        mean = weight / people
        self.without[wave] = everybody * still
        self.part[wave] = (weight_without + known_without * mean) * still / (weight + known * mean)

    def existing_people(self):
        return self.existing_asked * self.per_asked[0]

    def finish(self):
        for wave in range(1, len(self.late)):
            late, without = self.late[wave], self.without[wave]
            part = np.where(late > 0, np.minimum(1, late / np.where(late > 0, without, 1)), 0)
            self.existing += part * np.maximum(0, self.existing_people() - self.existing)
            for of in range(wave):
                everybody = self.asked[of] * self.per_asked[of]
                self.of_wave[of] += part * np.maximum(0, everybody - self.of_wave[of])


def deviation(a, share_a, b=0.0, share_b=0.0):
    of = lambda n, share: np.maximum(0, n) * np.abs(share) * np.maximum(0, 1 - np.abs(share))
    return np.sqrt(of(a, share_a) + of(b, share_b))


def kept_people(d, comers, rewarded):
    """Who is there 30 days later because of the campaign."""
    unrewarded = np.maximum(0, d.d30 - d.lift)
    having, lacking, having_brought, lacking_brought = (np.zeros(d.count) for _ in range(4))
    for own, all_having in zip(comers, rewarded.of_wave):
        people, brought, _ = own.people()
        lacked = np.maximum(0, people - own.having)
        late = np.minimum(1, (all_having - own.having) / np.where(lacked > 0, lacked, 1))
        late = np.where(lacked > 0, late, 0)
        with_it = own.having_brought + late * np.maximum(0, brought - own.having_brought)
        having += all_having
        lacking += np.maximum(0, people - all_having)
        having_brought += with_it
        lacking_brought += np.maximum(0, brought - with_it)
    of_brought = having_brought * d.d30 + lacking_brought * unrewarded
    lifted = (having - having_brought) * d.lift
    mean = of_brought + lifted + rewarded.existing * d.existingLift
    share_of = lambda part, n: np.clip(part / np.where(n > 0, n, 1), 0, 1)
    some, others = share_of(having_brought, having), share_of(lacking_brought, lacking)
    chance = d.chanceKept * deviation(having, some * d.d30, lacking, others * unrewarded)
    chance += d.chanceLift * deviation(having, (1 - some) * d.lift)
    chance += d.chanceExisting * deviation(rewarded.existing, d.existingLift)
    return np.maximum(np.minimum(0, mean), mean + chance)
