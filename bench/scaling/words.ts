/** A number as people write it: whole, with commas. */
export function exact(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 0 });
}

/** An estimate: two digits count. */
export function about(value: number): string {
  return `~${value.toLocaleString('en-US', { maximumSignificantDigits: 2 })}`;
}

/** Rows of a Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
