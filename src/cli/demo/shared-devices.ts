// What the app's own log says of the devices that several rewarded accounts share: how many there
// are, and how many of them ever came again.
import type { Crowd } from "../../crowd/crowd.ts";

export interface SharedDevice {
  readonly device: string;
  readonly users: number;
  /** Users who were in the app on a day after their first one. */
  readonly cameAgain: number;
}

export interface DeviceOptions {
  readonly crowd: Crowd;
  readonly contacted: (user: number) => boolean;
  readonly rewarded: (user: number) => boolean;
  /** Campaign days that are over: what came later nobody knows yet. */
  readonly days: number;
}

/** Devices of at least two rewarded users, in the order of their first ones. */
export function sharedDevices({ crowd, contacted, rewarded, days }: DeviceOptions): SharedDevice[] {
  const usersOf = new Map<string, number[]>();
  for (let user = 0; user < crowd.size; user++) {
    if (!rewarded(user)) continue;
    const { device } = crowd.user(user);
    const users = usersOf.get(device);
    if (users === undefined) usersOf.set(device, [user]);
    else users.push(user);
  }
  const cameAgain = (user: number): boolean => {
    const given = { contacted: contacted(user), treated: true };
    const seen = crowd.realise(user, given).activeDays.filter((day) => day >= 0 && day < days);
    return seen.length > 1;
  };
  return [...usersOf]
    .filter(([, users]) => users.length > 1)
    .map(([device, users]) => ({
      device,
      users: users.length,
      cameAgain: users.filter(cameAgain).length,
    }));
}
