// Drawing, signing, and drawing on a picture: with pointer, finger or pen, or with a text that is
// typed.

import { useEffect, useRef, useState } from "preact/hooks";
import type { ControlProps } from "./control";
import { fitted, type Size } from "./image_size";
import { canvasBlob } from "./picture";

interface Point {
  x: number;
  y: number;
}

/** What is on the sheet, in the sheet's own pixels. */
type Mark = { line: Point[] } | { text: string };

interface Props {
  props: ControlProps;
  /** The picture to draw on. */
  under: Blob | null;
  signature: boolean;
  done(blob: Blob): Promise<void>;
  cancel(): void;
}

const kSheet: Size = { width: 1000, height: 600 };
const kSignatureSheet: Size = { width: 1000, height: 350 };
// A photograph is drawn on at this size if the form names none: lines stay smooth, memory small.
const kPhotoPixels = 1600;
// Parts of the longer edge.
const kLine = 0.005;
const kTextHeight = 0.06;

export function Drawing({ props, under, signature, done, cancel }: Props) {
  const { words, ids } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const photo = useRef<ImageBitmap | null>(null);
  const line = useRef<Point[] | null>(null);
  const [marks, setMarks] = useState<Mark[]>([]);
  const [text, setText] = useState("");
  const [sheet, setSheet] = useState<Size>(signature ? kSignatureSheet : kSheet);

  useEffect(() => {
    if (!under) return;
    let gone = false;
    createImageBitmap(under).then(
      (bitmap) => {
        if (gone) return bitmap.close();
        photo.current = bitmap;
        setSheet(fitted(bitmap, props.node.maxPixels ?? kPhotoPixels));
      },
      // A picture this browser cannot read: the sheet stays white.
      () => undefined,
    );
    return () => {
      gone = true;
      photo.current?.close();
      photo.current = null;
    };
  }, [under]);

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context) paint(context, sheet, photo.current, marks);
  }, [marks, sheet]);

  const place = (event: PointerEvent): Point => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * sheet.width,
      y: ((event.clientY - box.top) / box.height) * sheet.height,
    };
  };
  function start(event: PointerEvent) {
    if (event.button !== 0) return;
    event.preventDefault();
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    line.current = [place(event)];
  }
  function draw(event: PointerEvent) {
    if (!line.current) return;
    line.current.push(place(event));
    const context = canvas.current?.getContext("2d");
    if (context) paint(context, sheet, photo.current, [...marks, { line: line.current }]);
  }
  function end() {
    const drawn = line.current;
    line.current = null;
    if (drawn) setMarks([...marks, { line: drawn }]);
  }
  async function finish() {
    const element = canvas.current;
    if (!element) return;
    const blob = await canvasBlob(element, photo.current ? "image/jpeg" : "image/png");
    if (blob) await done(blob);
  }
  const empty = marks.length === 0;
  return (
    <div class="c-drawing">
      <p class="c-notice" id={`${ids.input}-sheet-help`}>
        {signature ? words.controls.signHere : words.controls.drawHere}
      </p>
      <canvas
        ref={canvas}
        class="c-sheet"
        width={sheet.width}
        height={sheet.height}
        role="img"
        aria-label={words.controls.sheet(marks.length)}
        onPointerDown={start}
        onPointerMove={draw}
        onPointerUp={end}
        onPointerCancel={end}
      />
      <div class="c-typed-line">
        <label class="c-part-label" for={`${ids.input}-sheet-text`}>
          {signature ? words.controls.typeName : words.controls.typeOnSheet}
        </label>
        <input
          id={`${ids.input}-sheet-text`}
          type="text"
          class="field"
          autoComplete={signature ? "name" : "off"}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            putText();
          }}
        />
        <button type="button" class="button" onClick={putText}>
          {words.controls.putOnSheet}
        </button>
      </div>
      <div class="c-buttons">
        <button
          type="button"
          class="button button-main"
          aria-disabled={empty ? "true" : undefined}
          onClick={() => !empty && void finish()}
        >
          {words.controls.takeDrawing}
        </button>
        <button
          type="button"
          class="button"
          aria-disabled={empty ? "true" : undefined}
          onClick={() => setMarks(marks.slice(0, -1))}
        >
          {words.controls.undo}
        </button>
        <button
          type="button"
          class="button"
          aria-disabled={empty ? "true" : undefined}
          onClick={() => setMarks([])}
        >
          {words.controls.clearSheet}
        </button>
        <button type="button" class="button" onClick={cancel}>
          {words.controls.cancel}
        </button>
      </div>
    </div>
  );

  function putText() {
    if (text.trim() === "") return;
    setMarks([...marks, { text: text.trim() }]);
    setText("");
  }
}

/** The sheet is always white and the ink dark: it is looked at on paper and in reports, not on
 *  this page. */
function paint(
  context: CanvasRenderingContext2D,
  sheet: Size,
  photo: ImageBitmap | null,
  marks: readonly Mark[],
) {
  const edge = Math.max(sheet.width, sheet.height);
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, sheet.width, sheet.height);
  if (photo) context.drawImage(photo, 0, 0, sheet.width, sheet.height);
  context.lineCap = "round";
  context.lineJoin = "round";
  let texts = 0;
  for (const mark of marks) {
    if ("line" in mark) stroke(context, mark.line, edge, photo !== null);
    else {
      texts += 1;
      write(context, mark.text, sheet, texts, photo !== null);
    }
  }
}

function stroke(
  context: CanvasRenderingContext2D,
  line: readonly Point[],
  edge: number,
  onPhoto: boolean,
) {
  const path = new Path2D();
  line.forEach(({ x, y }, at) => (at === 0 ? path.moveTo(x, y) : path.lineTo(x, y)));
  const [first] = line;
  if (line.length === 1 && first) path.lineTo(first.x + 0.1, first.y); // a dot
  if (onPhoto) {
    // White below red can be seen on any photograph.
    context.strokeStyle = "#ffffff";
    context.lineWidth = edge * kLine * 2;
    context.stroke(path);
  }
  context.strokeStyle = onPhoto ? "#c00000" : "#10243e";
  context.lineWidth = edge * kLine;
  context.stroke(path);
}

function write(
  context: CanvasRenderingContext2D,
  text: string,
  sheet: Size,
  row: number,
  onPhoto: boolean,
) {
  const height = Math.max(sheet.width, sheet.height) * kTextHeight;
  context.font = `${onPhoto ? "" : "italic "}${height}px serif`;
  context.textBaseline = "bottom";
  const y = onPhoto
    ? sheet.height - (row - 1) * height * 1.3 - height * 0.3
    : height * 1.4 * row + sheet.height * 0.2;
  if (onPhoto) {
    context.strokeStyle = "#ffffff";
    context.lineWidth = height * 0.2;
    context.strokeText(text, height * 0.5, y, sheet.width - height);
  }
  context.fillStyle = onPhoto ? "#c00000" : "#10243e";
  context.fillText(text, height * 0.5, y, sheet.width - height);
}
