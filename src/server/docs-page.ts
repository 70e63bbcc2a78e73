export function docsPage(version: string): string {
  return version;
}
