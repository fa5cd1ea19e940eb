import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { GetObjectCommand, NoSuchKey } from '@aws-sdk/client-s3';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { join } from 'node:path';

import { openLocalOperator } from '../../../cli/operator/local-operator.ts';
import { OperatorError } from '../../../cli/operator/operator-error.ts';
import { queueCounts } from '../../../cli/operator/queue-counts.ts';
import { writeOperatorFile } from '../../../local/operator-file.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { ioDouble } from '../io-double.ts';

let folder: ReturnType<typeof temporaryFolder>;
let server: Server;
let endpoint: string;
let status: number;

beforeEach(async () => {
  folder = temporaryFolder();
  status = 200;
  server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/xml' });
    response.end(status === 404 ? '<Error><Code>NoSuchKey</Code><Message>none</Message></Error>' : '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  endpoint = typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : '';
  mkdirSync(join(folder.path, 'sandbox'));
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
  folder.remove();
});

const opened = () => openLocalOperator(undefined, ioDouble('/nowhere', { environment: { BRIDGE_DATA: folder.path } }).io);

function leaveWord(): void {
  const file = { pid: 1, url: endpoint, endpoint, region: 'us-east-1', accessKeyId: 'key', bucket: 'ledger', queueUrl: `${endpoint}/events`, deadLettersUrl: `${endpoint}/dead`, mappingsPath: '/m.json', mappingsVersion: 'v1', archiveDays: 35 };
  writeOperatorFile(join(folder.path, 'sandbox'), file);
}

describe('openLocalOperator', () => {
  it('tells which mappings run, and what the ledger keeps', async () => {
    leaveWord();

    expect(await opened()).toMatchObject({ name: 'the local bridge (sandbox)', mappingsPath: '/m.json', mappingsVersion: 'v1', archiveDays: 35 });
  });

  it('says in words of its own that the bridge has stopped meanwhile, and not how to log in to AWS', async () => {
    leaveWord();
    const operator = await opened();
    server.close();
    server.closeAllConnections();

    const failure = expect.objectContaining({
      name: 'OperatorError',
      message: expect.stringMatching(/^The local bridge \(sandbox\) has stopped answering \(.*ECONNREFUSED.*\)\. Start it again with npm start, then run this command again; what is queued is kept\.$/),
    });
    await expect(operator.sqs.send(new GetQueueAttributesCommand({ QueueUrl: operator.queueUrl }))).rejects.toEqual(failure);
    await expect(operator.s3.send(new GetObjectCommand({ Bucket: 'ledger', Key: 'k' }))).rejects.toEqual(failure);
    await expect(queueCounts(operator)).rejects.toEqual(failure);
  });

  it('says so, too, if another bridge has taken its place, which answers to another key', async () => {
    leaveWord();
    const operator = await opened();
    status = 403;

    await expect(operator.s3.send(new GetObjectCommand({ Bucket: 'ledger', Key: 'k' }))).rejects.toThrow(OperatorError);
  });

  it('leaves an answer as it is', async () => {
    leaveWord();
    const operator = await opened();
    status = 404;

    await expect(operator.s3.send(new GetObjectCommand({ Bucket: 'ledger', Key: 'k' }))).rejects.toThrow(NoSuchKey);
  });

  it('says what stands in the place of operator.json', async () => {
    mkdirSync(join(folder.path, 'sandbox', 'operator.json'));

    await expect(opened()).rejects.toEqual(expect.objectContaining({ name: 'OperatorError', message: expect.stringMatching(/operator\.json is a folder, not a file\. Move it away/) }));
  });
});
