import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** Longest wait for one object, in milliseconds: within the time that is kept for finishing. */
const WRITE_TIMEOUT_MS = 3_000;

const compress = promisify(gzip);

/** `archive` holds delivered and filtered events, `quarantine` what waits for a person. */
export type LedgerPrefix = 'archive' | 'quarantine';

export interface LedgerWriter {
  /**
   * Writes the lines as one object.
   * @param at epoch milliseconds
   * @throws what S3 throws: the lines are then not in the ledger
   */
  write(prefix: LedgerPrefix, lines: readonly string[], at: number): Promise<void>;
}

/** Writes gzipped NDJSON to the ledger bucket. */
export function createLedgerWriter(options: { readonly s3: Pick<S3Client, 'send'>; readonly bucket: string; readonly newId: () => string }): LedgerWriter {
  return {
    async write(prefix, lines, at) {
      const Body = await compress(`${lines.join('\n')}\n`);
      const Key = ledgerKey(prefix, at, options.newId());
      const abortSignal = AbortSignal.timeout(WRITE_TIMEOUT_MS);
      await options.s3.send(new PutObjectCommand({ Bucket: options.bucket, Key, Body, ContentType: 'application/gzip' }), { abortSignal });
    },
  };
}

/**
 * Keys by date and hour, so that a range of time lists cheaply; in the form that query engines read as partitions.
 * @param at epoch milliseconds
 */
export function ledgerKey(prefix: LedgerPrefix | 'replays', at: number, id: string): string {
  const [date = '', time = ''] = new Date(at).toISOString().split('T');
  return `${prefix}/date=${date}/hour=${time.slice(0, 2)}/${time.replace(/[:.]/g, '')}-${id}.ndjson.gz`;
}
