/** The rows to render: what is seen and some beyond, so that scrolling finds them there. All but `count` in pixels. */
export function visibleRange(scrollTop: number, height: number, rowHeight: number, count: number): { readonly first: number; readonly end: number } {
  const beyond = 8;
  const first = Math.max(0, Math.min(Math.floor(scrollTop / rowHeight) - beyond, count - 1));
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + beyond);
  return { first, end: Math.max(first, end) };
}
