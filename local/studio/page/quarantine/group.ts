import type { QuarantineView } from '../../api.ts';

export type Group = QuarantineView['groups'][number];

/** Names a group in the address. */
export function groupKey({ reason, field }: Pick<Group, 'reason' | 'field'>): string {
  return encodeURIComponent([reason, field ?? ''].join(' '));
}
