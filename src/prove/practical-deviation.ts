// How far an arm's share may be off before that can be an alarm. Small deviations of large
// experiments move nothing; but no wish makes a broken randomisation sound.

/** Parts of a share that are off by less raise no alarm, unless somebody says otherwise. */
export const PRACTICAL_DEVIATION = 0.001;

/** More than so much is no small deviation: effects of a few per cent are what is looked for. */
export const MOST_DEVIATION = 0.05;

/** Chance never does this: a limit that somebody raised does not make it pass. */
export const CERTAIN_P = 1e-6;
