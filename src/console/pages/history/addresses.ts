// Where a campaign's history is.
export function historyAddress(campaign: string): string {
  return `/campaigns/${encodeURIComponent(campaign)}/history`;
}
