import { ownMember } from '../../../lambda/json-value.ts';
import { operate } from '../operate.ts';
import type { Run } from '../run-context.ts';
import { expectSame } from '../step-failure.ts';

/** `bridge quarantine list` tells exactly those that have to be there, by reason. */
export async function compareQuarantine(run: Run): Promise<string> {
  const planned = [...run.books.values()].filter(({ fate }) => fate === 'quarantined').map(({ reason = '' }) => [reason, 1] as const);
  const lines = await operate(run, ['quarantine', 'list'], planned.length === 0 ? 0 : 1);
  const groups = lines.map((line) => ownMember(line, 'group')).filter((group) => group !== undefined);
  const listed = sums(groups.map((group) => [String(ownMember(group, 'reason')), Number(ownMember(group, 'events'))]));
  expectSame('quarantined events by reason', sums(planned), listed);
  return listed.map(([reason, count]) => `${count} ${reason}`).join(', ');
}

function sums(counts: readonly (readonly [name: string, count: number])[]): readonly (readonly [string, number])[] {
  const totals = new Map<string, number>();
  for (const [name, count] of counts) totals.set(name, (totals.get(name) ?? 0) + count);
  return [...totals].toSorted(([one], [other]) => (one < other ? -1 : 1));
}
