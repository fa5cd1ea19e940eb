import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { json } from 'node:stream/consumers';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { localSqsClient } from '../local/event-source/local-queue.ts';

export interface SqsCall {
  readonly action: string;
  readonly input: unknown;
}

export interface SqsDouble {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly calls: readonly SqsCall[];
  stop(): Promise<void>;
}

/** A queue endpoint for the faults a good emulator never shows: `answer` gives the JSON to send, or 'cut' to drop the connection. */
export async function startSqsDouble(answer: (call: SqsCall, index: number) => object | 'cut'): Promise<SqsDouble> {
  const calls: SqsCall[] = [];
  const server = createServer((request, response) => {
    void readCall(request).then((call) => {
      const answered = answer(call, calls.push(call) - 1);
      if (answered === 'cut') return request.socket.destroy();
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
      return response.end(JSON.stringify(answered));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  const url = `http://127.0.0.1:${address.port}`;
  const sqs = localSqsClient(url);
  return {
    sqs,
    queueUrl: `${url}/000000000000/events`,
    calls,
    async stop() {
      sqs.destroy();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function readCall(request: IncomingMessage): Promise<SqsCall> {
  return { action: String(request.headers['x-amz-target']).replace('AmazonSQS.', ''), input: await json(request) };
}
