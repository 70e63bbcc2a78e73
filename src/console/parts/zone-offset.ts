// What the clocks of a zone are ahead of UTC at an instant, in ms.

/** For whoever asks about many instants of one zone. */
export function zoneOffset(timeZone: string): (atMs: number) => number {
  const numeric = { year: "numeric", month: "numeric", day: "numeric" } as const;
  const clock = { hour: "numeric", minute: "numeric", second: "numeric" } as const;
  const format = new Intl.DateTimeFormat("en-US", {
    ...{ timeZone, calendar: "gregory", hourCycle: "h23" },
    ...numeric,
    ...clock,
  });
  return (atMs) => {
    const parts = Object.fromEntries(
      format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1000) * 1000;
  };
}

export function zoneOffsetMs(timeZone: string, atMs: number): number {
  return zoneOffset(timeZone)(atMs);
}
