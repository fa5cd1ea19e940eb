import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { PROJECT } from '../helpers/project.ts';

const TEST_MS = 60_000;
const STACK = 'BridgeDeployTest-none';

let account: Server;
let asked: string[];

/** An account without any stack. */
beforeEach(async () => {
  asked = [];
  account = createServer((request, response) => {
    void text(request).then((body) => {
      const action = new URLSearchParams(body).get('Action') ?? '';
      asked.push(action);
      if (action === 'GetCallerIdentity') return response.end('<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>');
      return response.writeHead(400).end(`<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ${STACK} does not exist</Message></Error></ErrorResponse>`);
    });
  }).listen(0, '127.0.0.1');
  await once(account, 'listening');
});

afterEach(() => {
  account.close();
});

async function testDeploy(...words: readonly string[]) {
  const address = account.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  const aws = { AWS_ENDPOINT_URL: `http://127.0.0.1:${address.port}`, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' };
  const child = spawn(process.execPath, [join(PROJECT, 'test', 'deploy', 'run.ts'), ...words], { env: { PATH: process.env['PATH'], ...aws }, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: Number(status), out, err };
}

it('test:deploy --destroy says that there is no such stack, and where it looked', async () => {
  const { status, out, err } = await testDeploy('--destroy', STACK);

  expect(out).toMatch(/^FAIL Destroy .*There is no stack BridgeDeployTest-none in an emulator, \S+: account 111122223333, eu-west-1: nothing was destroyed\. Is the name right/m);
  expect(`${out}${err}`).not.toMatch(/^ok +Nothing is left|is still there|has to be/m);
  expect(status).toBe(1);
  expect(asked).not.toContain('DeleteStack');
}, TEST_MS);
