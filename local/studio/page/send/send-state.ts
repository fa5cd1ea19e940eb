import { signal } from '@preact/signals';

import type { SendRequest, SendView } from '../../api.ts';

export interface Sent {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly kind: SendRequest['kind'];
  readonly answer: SendView;
}

/** The event to send, and the latest answers first; both outlive the view. */
export const sendText = signal('');
export const answers = signal<readonly Sent[]>([]);
