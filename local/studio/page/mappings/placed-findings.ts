import type { FindingView } from '../../api.ts';
import { placeOf } from './apart.ts';
import type { Apart } from './apart.ts';

/** The findings of one entry, with their places in it. */
export function findingsOf(findings: readonly FindingView[], apart: Apart | undefined, entry: number): readonly FindingView[] {
  if (apart === undefined) return [];
  return findings.filter((finding) => entryOf(finding) === entry).map((finding) => placed(finding, apart, entry));
}

/** What belongs to no entry: the file as a whole. */
export function findingsOfFile(findings: readonly FindingView[]): readonly FindingView[] {
  return findings.filter((finding) => entryOf(finding) === undefined);
}

/** @returns the index in the path, as in `mappings[0].trigger` */
export function entryOf({ path }: FindingView): number | undefined {
  const index = /^mappings\[(\d+)\]/u.exec(path)?.[1];
  return index === undefined ? undefined : Number(index);
}

function placed(finding: FindingView, apart: Apart, entry: number): FindingView {
  const from = placeOf(apart, finding.from);
  const to = placeOf(apart, finding.to);
  const end = apart.entries[entry]?.length ?? 0;
  return Object.assign({}, finding, { from: from?.entry === entry ? from.offset : 0, to: to?.entry === entry ? to.offset : end });
}
