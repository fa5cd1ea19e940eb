/** Rows of a Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

/**
 * A page with each table as it is now, between the marks that name it.
 * @param path of the page, for the message
 * @throws Error if the page has no place for one
 */
export function withTables(page: string, path: string, named: ReadonlyMap<string, string>): string {
  let written = page;
  for (const [name, text] of named) {
    const [begin, end] = [`<!-- made: ${name} -->\n`, '<!-- end -->'];
    const [start, stop] = [written.indexOf(begin), written.indexOf(end, written.indexOf(begin))];
    if (start === -1 || stop === -1) throw new Error(`${path} has no place for the table "${name}"; expected ${begin.trim()} and, below it, ${end}`);
    written = written.slice(0, start + begin.length) + text + written.slice(stop);
  }
  return written;
}
