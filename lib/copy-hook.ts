import { join } from 'node:path';

import type { ICommandHooks } from 'aws-cdk-lib/aws-lambda-nodejs';

const COPY = "const [from, to] = process.argv.slice(1).map((path) => Buffer.from(path, 'base64url').toString()); require('node:fs').copyFileSync(from, to)";

/**
 * Puts a file beside the bundle, under a fixed name. Node copies it, since shells differ; the paths travel encoded, since
 * their quoting does too.
 */
export function copyIntoBundle(path: string, name: string): ICommandHooks {
  return {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (_inputFolder, outputFolder) => [`node -e "${COPY}" ${encoded(path)} ${encoded(join(outputFolder, name))}`],
  };
}

function encoded(path: string): string {
  return Buffer.from(path).toString('base64url');
}
