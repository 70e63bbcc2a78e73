// What the crowd is shaped by: the published figures of February 2026 at 1 : 1000, and the numbers
// that nobody published (marked as invented), which a caller may change.

/** One point of a retention curve: the share of users active exactly `day` days after the first. */
export interface RetentionPoint {
  readonly day: number;
  readonly share: number;
}

export interface CrowdShape {
  /** Local midnight that opens campaign day 0, and the zone's fixed length of a day. */
  readonly dayZeroMs: number;
  /** When claims open in wave 1 (on day 0) and wave 2 (on `waveTwoDay`). */
  readonly waveFromMs: readonly [number, number];
  readonly waveTwoDay: number;
  /** Days 0 .. campaignDays - 1 count as "tried it by 23 February". */
  readonly campaignDays: number;

  readonly dailyUsersBefore: number;
  readonly dailyUsersDay0: number;
  readonly dailyUsersDay1: number;
  readonly usersTried: number;
  readonly ordersFirstHours: number;
  readonly firstHours: number;
  readonly ordersFirstDays: number;
  readonly firstDays: number;
  /** Retention of rewarded users who came for the campaign, and of the same users unrewarded. */
  readonly retentionRewarded: readonly RetentionPoint[];
  readonly retentionUnrewarded: readonly RetentionPoint[];

  /** The known audience: people who use the app already, and people who once did. */
  readonly audienceExisting: number;
  readonly audienceLapsed: number;
  /** Chance that a lapsed member comes when contacted, and when not. */
  readonly lapsedComeContacted: number;
  readonly lapsedComeUncontacted: number;
  /** Chance that an existing member comes on purpose when contacted (beside the daily habit). */
  readonly existingComeContacted: number;
  /** Share of new users who would have found the app in these weeks without any campaign. */
  readonly newcomersOrganic: number;

  /** Share who look on their first visit and claim on a later one, if they come back. */
  readonly lookFirstShare: number;

  readonly cardsPerUserMax: number;
  readonly burstShare: number;
  readonly duplicateShare: number;
  readonly staleShare: number;
  readonly botShare: number;
  readonly reversalShare: number;
  /** Share of the never-spent cards that are given back. */
  readonly cancelShare: number;
  readonly partialShare: number;
  readonly retriesPerRefusal: number;
  /** A fresh claim's `notAfterMs` minus its `atMs`; null leaves it out. */
  readonly patienceMs: number | null;
  readonly merchants: number;
  readonly offers: { readonly card: string; readonly envelope: string };
}

export const dayMs = 86_400_000;

/** Daily users: QuestMobile. Orders: the company. Retention: the industry in those weeks. */
export const qwenShape: CrowdShape = {
  dayZeroMs: Date.UTC(2026, 1, 5, 16), // 6 February, 00:00 in Shanghai
  waveFromMs: [Date.UTC(2026, 1, 5, 16), Date.UTC(2026, 1, 12, 16)],
  waveTwoDay: 7,
  campaignDays: 18,

  dailyUsersBefore: 7_070,
  dailyUsersDay0: 58_480,
  dailyUsersDay1: 73_520,
  usersTried: 130_000,
  ordersFirstHours: 10_000,
  firstHours: 9,
  ordersFirstDays: 122_000,
  firstDays: 6,
  retentionRewarded: [
    { day: 1, share: 0.65 },
    { day: 3, share: 0.42 },
    { day: 7, share: 0.25 },
    { day: 15, share: 0.175 },
    { day: 30, share: 0.128 },
  ],
  // Invented: what the same people would have done without a reward.
  retentionUnrewarded: [
    { day: 1, share: 0.63 },
    { day: 3, share: 0.39 },
    { day: 7, share: 0.215 },
    { day: 15, share: 0.147 },
    { day: 30, share: 0.106 },
  ],

  // All below is invented, within what the published totals leave open.
  audienceExisting: 20_000,
  audienceLapsed: 40_000,
  lapsedComeContacted: 0.5,
  lapsedComeUncontacted: 0.06,
  existingComeContacted: 0.75,
  newcomersOrganic: 0.05,
  lookFirstShare: 0.45,

  cardsPerUserMax: 21,
  burstShare: 0.1,
  duplicateShare: 0.02,
  staleShare: 0.005,
  botShare: 0.05,
  reversalShare: 0.015,
  cancelShare: 0.15,
  partialShare: 0.2,
  retriesPerRefusal: 3,
  patienceMs: 60_000,
  merchants: 400,
  offers: { card: "card", envelope: "envelope" },
};

/** The same crowd with a fraction of the people and orders, for drills and tests. */
export function scaledShape(ratio: number, shape: CrowdShape = qwenShape): CrowdShape {
  const scale = (count: number): number => Math.round(count * ratio);
  return {
    ...shape,
    dailyUsersBefore: scale(shape.dailyUsersBefore),
    dailyUsersDay0: scale(shape.dailyUsersDay0),
    dailyUsersDay1: scale(shape.dailyUsersDay1),
    usersTried: scale(shape.usersTried),
    ordersFirstHours: scale(shape.ordersFirstHours),
    ordersFirstDays: scale(shape.ordersFirstDays),
    audienceExisting: scale(shape.audienceExisting),
    audienceLapsed: scale(shape.audienceLapsed),
  };
}
