import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { SECRET } from './loopback.ts';
import type { Arrived } from './loopback.ts';

const FILE = fileURLToPath(new URL('loopback-process.ts', import.meta.url));

/** Runs the work beside a Metronome and an AWS on this machine, in another process: their CPU time must not count. */
export async function withLoopback<Result>(work: (url: string) => Promise<Result>): Promise<Result> {
  const child = fork(FILE, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [url]: string[] = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [])]);
  if (url === undefined) throw new Error('The Metronome on this machine did not start.');
  try {
    return await work(url);
  } finally {
    child.disconnect();
    await once(child, 'exit');
  }
}

/** The environment of both functions there. */
export function loopbackEnvironment(url: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: SECRET,
    METRONOME_BASE_URL: url,
    METRONOME_TOKEN_SECRET_ARN: 'metronome-token',
    SEGMENT_SECRET_ARN: 'segment-secret',
    ENDPOINT_TOKEN_SECRET_ARN: 'endpoint-token',
    LEDGER_BUCKET: 'ledger',
    ARCHIVE_DAYS: '35',
    QUEUE_URL: `${url}/000000000000/events`,
    RETRY_DELAYS_MINUTES: '6,12,24,48,60',
    VISIBILITY_TIMEOUT_SECONDS: '360',
    PREVIOUS_SECRET_HOURS: '72',
    POWERTOOLS_SERVICE_NAME: 'bench',
    POWERTOOLS_METRICS_NAMESPACE: 'Bench',
    STACK_NAME: 'bench',
    MAPPINGS_PATH: fileURLToPath(new URL('../../mappings.json', import.meta.url)),
  };
}

export async function setAnswerTime(url: string, milliseconds: number): Promise<void> {
  await fetch(`${url}/metronome-ms?${milliseconds}`, { method: 'PUT' });
}

/** What arrives while the work runs. */
export async function arrivedDuring(url: string, work: () => Promise<void>): Promise<Arrived> {
  await fetch(`${url}/arrived`);
  await fetch(`${url}/keep`, { method: 'PUT' });
  await work();
  const arrived: Arrived = JSON.parse(await (await fetch(`${url}/arrived`)).text());
  return arrived;
}
