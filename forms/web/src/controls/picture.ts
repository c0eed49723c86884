// Pictures made smaller before they are stored.

import { fitted } from "./image_size";

// Good enough for a phone's photo of a machine plate, and a third of the camera's own size.
const kJpegQuality = 0.85;

/**
 * The picture with its longer edge at most `pixels`; the same blob where that changes nothing, and
 * where the browser cannot read it (the person's file is better than none).
 */
export async function shrunk(blob: Blob, pixels: number | undefined): Promise<Blob> {
  if (pixels === undefined || blob.type === "image/svg+xml") return blob;
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(blob, { imageOrientation: "from-image" });
  } catch {
    return blob;
  }
  const size = fitted(bitmap, pixels);
  if (size.width === bitmap.width && size.height === bitmap.height) {
    bitmap.close();
    return blob;
  }
  const canvas = document.createElement("canvas");
  canvas.width = size.width;
  canvas.height = size.height;
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, size.width, size.height);
  bitmap.close();
  // Transparent parts of a drawing stay so; photographs are smaller as JPEG.
  const type = blob.type === "image/png" ? "image/png" : "image/jpeg";
  return (await canvasBlob(canvas, type)) ?? blob;
}

export function canvasBlob(canvas: HTMLCanvasElement, type: string): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, type, kJpegQuality));
}
