import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const ROOT = join(import.meta.dirname, '../..');

export type BundleName = 'forward' | 'forward-clients' | 'ingest' | 'ingest-clients';

export interface Bundle {
  readonly path: string;
  readonly bytes: number;
  readonly gzipBytes: number;
}

/** What each function asks of AWS, and nothing else: the least that a function of its kind can load. */
const CLIENTS = {
  'forward-clients': `
    export { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
    export { ChangeMessageVisibilityBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
    export { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';`,
  'ingest-clients': `
    export { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
    export { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';`,
} as const;

/** Bundled as lib/function.ts has CDK do it; a test compares the two. */
export async function buildBundle(name: BundleName, folder: string): Promise<Bundle> {
  const path = join(folder, `${name}.cjs`);
  await build({
    ...(name === 'forward' || name === 'ingest'
      ? { entryPoints: [join(ROOT, 'lambda', name, 'handler.ts')] }
      : { stdin: { contents: CLIENTS[name], resolveDir: ROOT } }),
    outfile: path,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
    minify: true,
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
  const code = readFileSync(path);
  return { path, bytes: code.length, gzipBytes: gzipSync(code).length };
}
