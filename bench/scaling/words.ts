/** A number as people write it: whole, with commas. */
export function exact(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 0 });
}

/** An estimate: two digits count. */
export function about(value: number): string {
  return `~${value.toLocaleString('en-US', { maximumSignificantDigits: 2 })}`;
}
