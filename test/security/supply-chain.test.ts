import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { PROJECT } from '../helpers/project.ts';

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  /** Part of the package it lies in, and of its digest. */
  readonly inBundle?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
}

const read = (path: string): unknown => JSON.parse(readFileSync(join(PROJECT, path), 'utf8'));
const { packages } = read('package-lock.json') as { packages: Readonly<Record<string, Locked>> };
const { allowScripts, dependencies } = read('package.json') as { allowScripts: Readonly<Record<string, boolean>>; dependencies: Readonly<Record<string, string>> };
const locked = Object.entries(packages).filter(([path]) => path !== '');

describe('what the project is built of', () => {
  it('has a digest for every package but binaries of development tools for other platforms', () => {
    const without = locked.filter(([, { integrity, inBundle }]) => integrity === undefined && inBundle !== true);

    expect(without.filter(([path, { dev, optional }]) => dev !== true || optional !== true || !path.includes('binding-')).map(([path]) => path)).toEqual([]);
  });

  it('runs install scripts of known packages alone', () => {
    const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([path]) => path.replace(/^.*node_modules\//, ''));

    expect(scripted.filter((name) => !Object.hasOwn(allowScripts, name))).toEqual([]);
    expect(Object.keys(allowScripts).filter((name) => allowScripts[name])).toEqual(['esbuild', 'node']);
  });

  it("keeps liquidjs at the hosted destination's version", () => {
    expect(dependencies['liquidjs']).toBe('10.27.2');
    expect(locked.filter(([path]) => path.endsWith('node_modules/liquidjs')).map(([, { version }]) => version)).toEqual(['10.27.2']);
  });
});
