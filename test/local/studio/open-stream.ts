import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';

import { PATHS } from '../../../local/studio/api.ts';
import type { StudioWorld } from './studio-world.ts';

export interface Message {
  readonly name: string;
  readonly value: unknown;
}

/** A page's stream, read message by message. */
export interface OpenStream {
  readonly status: number;
  readonly messages: readonly Message[];
  readonly response: IncomingMessage;
  /** True once the server has ended it. */
  isEnded(): boolean;
  close(): void;
}

export async function openStream({ url, token }: Pick<StudioWorld, 'url' | 'token'>, query = ''): Promise<OpenStream> {
  const request = get(`${url}${PATHS.stream}${query}`, { headers: { 'x-studio-token': token }, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const messages: Message[] = [];
  let [rest, isEnded] = ['', false];
  response.setEncoding('utf8').on('data', (piece: string) => {
    const parts = `${rest}${piece}`.split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const [, name, json] = /^event: (\w+)\ndata: (.*)$/.exec(part) ?? [];
      if (name !== undefined) messages.push({ name, value: JSON.parse(json ?? '') });
    }
  });
  response.on('close', () => {
    isEnded = true;
  });
  response.on('error', () => undefined);
  return { status: response.statusCode ?? 0, messages, response, isEnded: () => isEnded, close: () => void request.destroy() };
}
