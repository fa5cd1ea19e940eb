import type { LiveFate } from '../../api.ts';

export type Source = 'recent' | 'quarantined' | 'samples';

/** An event that can be tried. */
export interface Choice {
  readonly key: string;
  readonly name: string;
  readonly note: string;
  readonly fate?: LiveFate;
  readonly load: () => Promise<string>;
}
