// What somebody turns on the pages that plan and value, and what he reads there.
import type { Locator, Page } from "playwright-core";

export function slider(page: Page, name: string): Locator {
  return page.getByRole("slider", { name, exact: true });
}

/** Of the first row whose name begins so. */
export function cell(page: Page, row: string, column: number): Locator {
  return page
    .getByRole("row", { name: new RegExp(`^${row}`) })
    .first()
    .getByRole("cell")
    .nth(column);
}
