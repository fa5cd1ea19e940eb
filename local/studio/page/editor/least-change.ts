/** What has to be replaced to make one text another. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/**
 * The least stretch that differs, in UTF-16 units: what is outside keeps its cursor. Where only the layout differs, a cursor
 * inside would be lost all the same, so blanks between the same characters are told apart one by one.
 */
export function leastChange(before: string, after: string): TextChange | readonly TextChange[] {
  return layoutChanges(before, after) ?? oneChange(before, after);
}

function oneChange(before: string, after: string): TextChange {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from += 1;
  let tail = 0;
  while (tail < most - from && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { from, to: before.length - tail, insert: after.slice(from, after.length - tail) };
}

/** Nothing if more than blanks differs. */
function layoutChanges(before: string, after: string): readonly TextChange[] | undefined {
  const changes: TextChange[] = [];
  const old = /\s*(\S?)/gu;
  const young = /\s*(\S?)/gu;
  for (;;) {
    const at = { old: old.lastIndex, young: young.lastIndex };
    const [was, is] = [old.exec(before), young.exec(after)];
    if (was?.[1] !== is?.[1]) return undefined;
    const sign = was?.[1]?.length ?? 0;
    const [to, end] = [old.lastIndex - sign, young.lastIndex - sign];
    const insert = after.slice(at.young, end);
    if (before.slice(at.old, to) !== insert) changes.push({ from: at.old, to, insert });
    if (sign === 0) return changes;
  }
}
