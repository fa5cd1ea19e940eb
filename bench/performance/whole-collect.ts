import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** Opens an inspector on any free port of this machine; it does nothing until it is asked. */
export const INSPECTED: Readonly<Record<string, string>> = { NODE_OPTIONS: '--inspect=127.0.0.1:0' };

/** After which V8 has given back the pages that a collection emptied. */
const GIVE_BACK_MS = 1_000;

interface Usage {
  readonly usedSize: number;
  /** Of buffers, outside the heap. */
  readonly backingStorageSize: number;
}

/**
 * Has a process of Node collect its garbage, so that what is left is what it holds on to.
 * @param printed by a process that was started with {@link INSPECTED}
 * @returns the bytes of its objects and buffers
 */
export async function collectGarbage(printed: string): Promise<number> {
  const url = /Debugger listening on (ws:\S+)/.exec(printed)?.[1];
  if (url === undefined) throw new Error('The bridge did not say where its inspector is.');
  const socket = new WebSocket(url);
  await once(socket, 'open');
  // Twice: the first collection runs finalizers, which let go of more.
  for (let id = 1; id <= 2; id += 1) await ask(socket, id, 'HeapProfiler.collectGarbage');
  await sleep(GIVE_BACK_MS);
  const { usedSize, backingStorageSize } = (await ask(socket, 3, 'Runtime.getHeapUsage')) as Usage;
  const closed = once(socket, 'close');
  socket.close();
  await closed;
  return usedSize + backingStorageSize;
}

async function ask(socket: WebSocket, id: number, method: string): Promise<unknown> {
  socket.send(JSON.stringify({ id, method }));
  for (;;) {
    const [message]: { readonly data: string }[] = await once(socket, 'message');
    const answer: { readonly id?: number; readonly result?: unknown } = JSON.parse(message?.data ?? '');
    if (answer.id === id) return answer.result;
  }
}
