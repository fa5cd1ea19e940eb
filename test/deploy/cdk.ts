import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { PROJECT, PROJECT_FOLDER } from '../helpers/project.ts';
import { StepFailure } from './step-failure.ts';

const CDK = join(PROJECT, 'node_modules', 'aws-cdk', 'bin', 'cdk');
const LINES_SHOWN = 15;

/** The file whose mappings the test deploys, in the folder that `prepareCdkFolder` made. */
export function mappingsIn(folder: string): string {
  return join(folder, 'mappings.json');
}

/**
 * Makes a folder to run the CDK in, with the project's own app and feature flags. In the project's folder the settings and
 * mappings of whoever deploys the bridge would be used, among them perhaps the ARNs of their own secrets.
 */
export function prepareCdkFolder(folder: string): void {
  const settings: unknown = JSON.parse(readFileSync(join(PROJECT, 'cdk.json'), 'utf8'));
  const app = [process.execPath, join(PROJECT, 'bin', 'app.ts')].map((word) => JSON.stringify(word)).join(' ');
  writeFileSync(join(folder, 'cdk.json'), JSON.stringify({ ...Object(settings), app }));
  copyFileSync(join(PROJECT_FOLDER, 'mappings.json'), mappingsIn(folder));
}

/**
 * Runs the project's own CDK CLI in the folder.
 * @throws StepFailure with the end of what it printed
 */
export async function runCdk(words: readonly string[], folder: string, signal: AbortSignal): Promise<void> {
  const path = [join(PROJECT, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
  const child = spawn(process.execPath, [CDK, ...words, '--no-notices', '--output', join(folder, 'cdk.out')], {
    cwd: folder,
    env: { ...process.env, PATH: path, CDK_DISABLE_CLI_TELEMETRY: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
  }
  const [code] = await once(child, 'close');
  if (code !== 0) throw new StepFailure(`cdk ${words[0]} to succeed`, `status ${String(code)}:\n${printed.trimEnd().split('\n').slice(-LINES_SHOWN).join('\n')}`);
}
