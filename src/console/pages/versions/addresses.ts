// Where the versions of a campaign are.
export function versionsAddress(campaign: string): string {
  return `/campaigns/${encodeURIComponent(campaign)}/versions`;
}
