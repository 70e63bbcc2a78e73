// A chart for somebody else, in ink on white whatever the reader's theme is.
import type { Picture } from "../../../report/picture.ts";
import { saveFile } from "../save-file.ts";
import type { Hidden } from "./canvas.ts";

export async function savePicture(
  name: string,
  picture: Picture,
  hidden: Hidden,
  width: number,
): Promise<void> {
  const { openCanvas, show } = await import("./canvas.ts");
  const element = document.createElement("div");
  Object.assign(element.style, {
    ...{ position: "fixed", left: "-10000px", color: "#1b1f24" },
    ...{ width: `${width}px`, height: `${picture.height}px` },
  });
  document.body.append(element);
  const canvas = openCanvas(element);
  try {
    show(canvas, picture, hidden, String);
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
