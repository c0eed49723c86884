// Which rows of a long list are drawn. Pure.

export interface ListWindow {
  first: number;
  /** One past the last drawn row. */
  end: number;
  /** Height of the rows left out above and below, in pixels. */
  above: number;
  below: number;
}

// Rows drawn beyond the visible part, so that a quick scroll shows no gap.
const kExtraRows = 8;
// Browsers forget heights beyond some 33 million pixels; Firefox a little below 18 million.
const kHeightMax = 15_000_000;

export function listWindow(
  count: number,
  rowHeight: number,
  scrolled: number,
  visibleHeight: number,
): ListWindow {
  const shown = Math.ceil(visibleHeight / rowHeight) + 1;
  const top = Math.floor(Math.max(0, scrolled) / rowHeight);
  const first = Math.min(Math.max(0, top - kExtraRows), Math.max(0, count - shown));
  const end = Math.min(count, top + shown + kExtraRows);
  const rows = Math.min(count, Math.floor(kHeightMax / rowHeight));
  return {
    first,
    end: Math.max(end, Math.min(count, first + shown)),
    above: first * rowHeight,
    below: Math.max(0, rows - Math.max(end, first + shown)) * rowHeight,
  };
}

/** Where to scroll so that a row is wholly visible; the present place if it is. */
export function scrollToRow(
  row: number,
  rowHeight: number,
  scrolled: number,
  visibleHeight: number,
): number {
  const top = row * rowHeight;
  if (top < scrolled) return top;
  if (top + rowHeight > scrolled + visibleHeight) return top + rowHeight - visibleHeight;
  return scrolled;
}
