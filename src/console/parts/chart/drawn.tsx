// A picture on a canvas.
import { type ReactNode, useEffect, useRef } from "react";
import { useIntl } from "react-intl";
import type { Picture } from "../../../report/picture.ts";
import { type Canvas, type Hidden, onHidden, openCanvas, show } from "./canvas.ts";

export function Drawn({
  picture,
  width,
  hidden,
  onHide,
}: {
  picture: Picture;
  width: number;
  hidden: Hidden;
  onHide: (hidden: Hidden) => void;
}): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const canvas = useRef<Canvas | null>(null);
  const intl = useIntl();
  const { height } = picture;
  useEffect(() => {
    canvas.current = openCanvas(element.current!);
    onHidden(canvas.current, onHide);
    return () => canvas.current?.dispose();
  }, [onHide]);
  useEffect(() => {
    canvas.current?.resize({ width, height });
  }, [width, height]);
  useEffect(() => {
    show(canvas.current!, picture, hidden, (value) => intl.formatNumber(value));
  }, [picture, hidden, intl]);
  return <div ref={element} style={{ height }} />;
}
