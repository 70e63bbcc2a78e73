// Where grants are found, and under what the page remembers whose were sought.

export function grantsAddress(campaign: string): string {
  return `/campaigns/${encodeURIComponent(campaign)}/grants`;
}

export function grantAddress(campaign: string, grant: string): string {
  return `${grantsAddress(campaign)}/${encodeURIComponent(grant)}`;
}

export function suspectsAddress(campaign: string): string {
  return `/campaigns/${encodeURIComponent(campaign)}/suspects`;
}

export function reviseAddress(campaign: string): string {
  return `/campaigns/${encodeURIComponent(campaign)}/revise`;
}

/** In memory alone, until the page is loaded anew or somebody else signs in. */
export function soughtUserQuery(campaign: string): readonly string[] {
  return ["grants.sought", campaign];
}
