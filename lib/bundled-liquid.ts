import { createRequire } from 'node:module';

import type { CopiedFile } from './copy-hook.ts';
import type { MappingsFile } from './mappings-file.ts';

/**
 * The Liquid library, where forward's `@liquid` looks for it, if an enabled mapping uses that: one file without
 * dependencies. Nobody else pays for it when the function starts.
 */
export function bundledLiquid({ mappings }: MappingsFile): readonly CopiedFile[] {
  const usesLiquid = mappings.some(({ enabled, mapping }) => enabled && JSON.stringify(mapping).includes('"@liquid"'));
  return usesLiquid ? [{ from: createRequire(import.meta.url).resolve('liquidjs'), to: 'node_modules/liquidjs/index.js' }] : [];
}
