// A chart for somebody else: as a picture in ink on white, whatever the reader's theme is, and as a
// table for a spreadsheet.
import type { Picture, PictureTable } from "../../../report/picture.ts";
import { saveFile } from "../save-file.ts";

export async function savePicture(name: string, picture: Picture, width: number): Promise<void> {
  const { openCanvas, show } = await import("./canvas.ts");
  const element = document.createElement("div");
  Object.assign(element.style, {
    ...{ position: "fixed", left: "-10000px", color: "#1b1f24" },
    ...{ width: `${width}px`, height: `${picture.height}px`, fontFamily: "sans-serif" },
  });
  document.body.append(element);
  const canvas = openCanvas(element);
  try {
    show(canvas, picture, String);
    const url = canvas.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: "#ffffff" });
    saveFile(`${name}.png`, pngOf(url));
  } finally {
    canvas.dispose();
    element.remove();
  }
}

/** Without fetching the address: the page's policy fetches from its own server alone. */
function pngOf(dataUrl: string): Blob {
  const text = atob(dataUrl.slice(dataUrl.indexOf(",") + 1));
  return new Blob([Uint8Array.from(text, (char) => char.charCodeAt(0))], { type: "image/png" });
}

/** Numbers as they are, so that a spreadsheet counts with them; no cell becomes a formula. */
export async function saveNumbers(name: string, { columns, rows }: PictureTable): Promise<void> {
  const { unparse } = await import("papaparse");
  const data = rows.map((row) => row.map((cell) => (Number.isNaN(cell) ? "" : cell)));
  const fields = columns.map(({ title }) => title);
  // The mark tells spreadsheets that it is UTF-8.
  const text = `\ufeff${unparse({ fields, data }, { escapeFormulae: true })}\r\n`;
  saveFile(`${name}.csv`, new Blob([text], { type: "text/csv" }));
}
