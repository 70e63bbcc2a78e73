// What the auditor's books keep of invites.
export interface AuditedInvite {
  user: string;
  terms: number;
  atMs: number;
  used: number;
  /** The attributes that came with the code and that a cap of inviters counted by. */
  given: Record<string, string>;
}

export interface AuditedInvites {
  codes: AuditedInvite[];
  acceptances: { invite: number; grant: number }[];
  withheld: number;
  /** Held-out users who accepted. */
  reached: Set<string>;
  /** By terms and user: who brought him. */
  broughtBy: Map<string, string>;
  /** By user and day: how many he brought. */
  broughtOn: Map<string, number>;
}

export function emptyInvites(): AuditedInvites {
  const counts = { withheld: 0, reached: new Set<string>() };
  return { codes: [], acceptances: [], ...counts, broughtBy: new Map(), broughtOn: new Map() };
}
