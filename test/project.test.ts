import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'));
const { packages } = read('package-lock.json') as { packages: Readonly<Record<string, Locked>> };
const manifest = read('package.json') as Readonly<Record<'dependencies' | 'devDependencies', Readonly<Record<string, string>>>>;

describe('package-lock.json', () => {
  it('names no place to download from', () => {
    const addresses = Object.values(packages).flatMap(({ resolved }) => (resolved?.startsWith('http') ? [resolved] : []));

    expect(addresses).toEqual([]);
  });

  // A registry without a package for some platform leaves it out when the lock file is made, and npm ci then refuses the file.
  it('names the packages of every platform', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !Object.hasOwn(packages, `node_modules/${name}`) && !Object.hasOwn(packages, `${path}/node_modules/${name}`)),
    );

    expect(missing).toEqual([]);
  });
});

describe('package.json', () => {
  it('names exact versions', () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });

    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});
