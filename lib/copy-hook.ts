import { join } from 'node:path';

import type { ICommandHooks } from 'aws-cdk-lib/aws-lambda-nodejs';

const COPY =
  "const [from, to] = process.argv.slice(1).map((path) => Buffer.from(path, 'base64url').toString()); " +
  "require('node:fs').mkdirSync(require('node:path').dirname(to), { recursive: true }); require('node:fs').copyFileSync(from, to)";

/** A file to put beside the bundle. */
export interface CopiedFile {
  readonly from: string;
  /** Where in the bundle's folder. */
  readonly to: string;
}

/**
 * Puts files beside the bundle, under fixed names. Node copies them, since shells differ; the paths travel encoded, since
 * their quoting does too.
 */
export function copyIntoBundle(files: readonly CopiedFile[]): ICommandHooks {
  return {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (_inputFolder, outputFolder) => files.map(({ from, to }) => `node -e "${COPY}" ${encoded(from)} ${encoded(join(outputFolder, to))}`),
  };
}

function encoded(path: string): string {
  return Buffer.from(path).toString('base64url');
}
