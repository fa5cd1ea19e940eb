const INTEGER = /^-?\d+$/;

/**
 * Every integer that JavaScript would round, so that a constant in a mapping would bill another customer than the one it
 * names: with its key, as it is written, and as it would be billed. For text that JSON.parse takes.
 */
export function roundedNumbers(json: string): readonly { readonly key: string; readonly written: string; readonly becomes: number }[] {
  const found: { key: string; written: string; becomes: number }[] = [];
  try {
    JSON.parse(json, (key, value: unknown, { source }) => {
      if (typeof value === 'number' && source !== undefined && INTEGER.test(source) && !Number.isSafeInteger(value)) found.push({ key, written: source, becomes: value });
      return value;
    });
  } catch (error) {
    // What is nested so deeply has the wrong shape as well, and that is said.
    if (!(error instanceof RangeError)) throw error;
  }
  return found;
}
