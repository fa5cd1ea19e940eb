import { once } from 'node:events';
import type { Writable } from 'node:stream';

import type { Output } from './io.ts';

/** A stream as a command's output. */
export function outputOf(stream: Writable & { readonly isTTY?: boolean | undefined }): Output {
  return {
    isTerminal: stream.isTTY === true,
    async write(text) {
      if (text !== '' && !stream.write(text)) await once(stream, 'drain');
    },
  };
}
