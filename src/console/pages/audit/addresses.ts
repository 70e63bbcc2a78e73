// Where a campaign is audited.
export function auditAddress(campaign: string): string {
  return `/campaigns/${encodeURIComponent(campaign)}/audit`;
}
