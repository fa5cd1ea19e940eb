import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { copyFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';

import { runBridge } from '../../../cli/run.ts';
import { startAwsDouble } from '../../helpers/aws-double.ts';
import type { AwsDouble } from '../../helpers/aws-double.ts';
import { PROJECT_FOLDER } from '../../helpers/project.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { ioDouble } from '../io-double.ts';

const CREDENTIALS = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' };
const NOBODY = 'http://127.0.0.1:2';

const environment = { ...process.env };
let folder: ReturnType<typeof temporaryFolder>;
let aws: AwsDouble;
let stranger: Server;

beforeEach(async () => {
  folder = temporaryFolder();
  copyFileSync(join(PROJECT_FOLDER, 'mappings.json'), join(folder.path, 'mappings.json'));
  aws = await startAwsDouble();
  stranger = createServer((_, response) => response.writeHead(404).end('<html>')).listen(0, '127.0.0.1');
  await once(stranger, 'listening');
});

afterEach(async () => {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_') || name === 'HOME') delete process.env[name];
  Object.assign(process.env, environment);
  stranger.close();
  await aws.stop();
  folder.remove();
});

/** What doctor says of the stack, on one line. */
async function examined(variables: NodeJS.ProcessEnv): Promise<string> {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, { AWS_EC2_METADATA_DISABLED: 'true', AWS_MAX_ATTEMPTS: '1', HOME: folder.path }, variables);
  const double = ioDouble(folder.path);
  expect(await runBridge(['doctor'], double.io)).toBe(1);
  return /^FAIL +stack +([\s\S]+?)\n\n/m.exec(double.out())?.[1]?.replaceAll(/\s+/g, ' ') ?? double.out();
}

function urlOf(server: Server): string {
  const address = server.address();
  return address === null || typeof address === 'string' ? '' : `http://127.0.0.1:${address.port}`;
}

describe('doctor, without a stack', () => {
  it('says to deploy one only if there is none, and only if that was never done', async () => {
    expect(await examined({ ...CREDENTIALS, AWS_ENDPOINT_URL: aws.url })).toBe(
      'There is no stack SegmentMetronomeBridge in this account and region. Set AWS_REGION and AWS_PROFILE, name it with --stack, or use --local for the bridge of npm start. If it was never deployed: npx cdk deploy',
    );
  });

  it('says of another stack what it lacks', async () => {
    aws.outputs = () => ({ UsageLedgerBucketName: 'x' });

    expect(await examined({ ...CREDENTIALS, AWS_ENDPOINT_URL: aws.url })).toBe('The stack SegmentMetronomeBridge has no output LedgerBucketName, but UsageLedgerBucketName: add --prefix Usage. Then try again.');
  });

  it.each<[string, () => NodeJS.ProcessEnv, string | RegExp]>([
    ['no region', () => ({}), "The stack SegmentMetronomeBridge can't be read: no AWS region is set. Set AWS_REGION; for the bridge of npm start add --local."],
    ['no credentials', () => ({ AWS_REGION: 'us-east-1' }), "The stack SegmentMetronomeBridge can't be read: no AWS credentials were found. Log in (aws sso login), or set AWS_PROFILE; for the bridge of npm start add --local."],
    ['nobody at the address', () => ({ ...CREDENTIALS, AWS_ENDPOINT_URL: NOBODY }), /^The stack SegmentMetronomeBridge can't be read \(.*ECONNREFUSED.*\)\. Try again; AWS_REGION and AWS_PROFILE say where\.$/],
    ['somebody else at the address', () => ({ ...CREDENTIALS, AWS_ENDPOINT_URL: urlOf(stranger) }), "The stack SegmentMetronomeBridge can't be read (the address answers 404, and not as AWS does). Try again; AWS_REGION and AWS_PROFILE say where."],
  ])('says of %s what to do about it, and nothing of a deployment', async (_, variables, says) => {
    expect(await examined(variables())).toEqual(says instanceof RegExp ? expect.stringMatching(says) : says);
  });
});
