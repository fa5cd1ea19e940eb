import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}

const read = <Content>(path: string): Content => JSON.parse(readFileSync(new URL(`../../../bench/peers/${path}`, import.meta.url), 'utf8'));
const { dependencies, overrides } = read<Readonly<Record<'dependencies' | 'overrides', Readonly<Record<string, string>>>>>('package.json');
const { packages } = read<{ packages: Readonly<Record<string, Locked>> }>('package-lock.json');
const locked = Object.entries(packages).filter(([path]) => path !== '');

describe('the peers of the bench', () => {
  it('have exact versions, in the manifest and in the lock file', () => {
    for (const [name, version] of Object.entries({ ...dependencies, ...overrides })) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
      expect(packages[`node_modules/${name}`]?.version).toBe(version);
    }
  });

  it('come from any registry, checked by a digest, and run no scripts of their own', () => {
    expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(locked.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
    expect(locked.filter(([, { hasInstallScript }]) => hasInstallScript === true)).toEqual([]);
  });
});
