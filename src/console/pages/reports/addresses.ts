// Where reports are looked at, and how an address says which ones are compared.

export const REPORTS = "/reports";

export function reportAddress(report: string): string {
  return `${REPORTS}/${encodeURIComponent(report)}`;
}

export function compareAddress(reports: readonly string[]): string {
  return `${REPORTS}/compare?of=${reports.map(encodeURIComponent).join(",")}`;
}

export function verdictAddress(campaign: string): string {
  return `/campaigns/${encodeURIComponent(campaign)}/verdict`;
}

/** A list in an address; what is empty is left out. */
export function listIn(params: URLSearchParams, name: string): string[] {
  return (params.get(name) ?? "").split(",").filter((each) => each !== "");
}
