import type { LiveEvent } from '../../api.ts';

/** `missing_field · customer_id` */
export function reasonText({ reason, field }: Pick<LiveEvent, 'reason' | 'field'>): string {
  return [reason, field].filter((part) => part !== undefined).join(' · ');
}
