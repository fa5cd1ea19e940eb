import { signal } from '@preact/signals';

/** The event to send; it outlives the view. */
export const sendText = signal('');
