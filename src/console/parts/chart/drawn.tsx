// A picture on a canvas.
import { type ReactNode, useEffect, useRef } from "react";
import { useIntl } from "react-intl";
import type { Picture } from "../../../report/picture.ts";
import { type Canvas, openCanvas, show } from "./canvas.ts";

export function Drawn({ picture, width }: { picture: Picture; width: number }): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const canvas = useRef<Canvas | null>(null);
  const intl = useIntl();
  const { height } = picture;
  useEffect(() => {
    canvas.current = openCanvas(element.current!);
    return () => canvas.current?.dispose();
  }, []);
  useEffect(() => {
    canvas.current?.resize({ width, height });
  }, [width, height]);
  useEffect(() => {
    show(canvas.current!, picture, (value) => intl.formatNumber(value));
  }, [picture, intl]);
  return <div ref={element} style={{ height }} />;
}
