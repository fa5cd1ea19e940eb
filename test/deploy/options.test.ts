import { describe, expect, it } from '@jest/globals';

import { readOptions } from './options.ts';
import type { Options } from './options.ts';
import { refusal } from './steps/find-target.ts';

const ACCOUNT = { account: '111122223333', region: 'eu-west-1', emulator: undefined };
const EMULATOR = { ...ACCOUNT, emulator: 'http://127.0.0.1:4566' };
const TUNNEL = '--metronome-url=https://bridge-test.example.com';

function options(...words: readonly string[]): Options {
  const read = readOptions(words);
  if (read === 'help') throw new TypeError('help was asked for');
  return read;
}

describe('refusal', () => {
  it('lets an emulator pass without a word', () => {
    expect(refusal(EMULATOR, options())).toBeUndefined();
  });

  it.each([[[]], [['--keep']], [[TUNNEL]], [['--destroy', 'BridgeDeployTest-1']]])('stops %p at a real account, and names it', (words) => {
    expect(refusal(ACCOUNT, options(...words))).toMatch(/111122223333 in eu-west-1.*--yes/);
  });

  it('asks for a tunnel where functions cannot reach this machine', () => {
    expect(refusal(ACCOUNT, options('--yes'))).toMatch(/111122223333.*--metronome-url/);
  });

  it.each([[['--yes', TUNNEL]], [['--yes', '--destroy', 'BridgeDeployTest-1']]])('lets a real account pass with %p', (words) => {
    expect(refusal(ACCOUNT, options(...words))).toBeUndefined();
  });
});

describe('readOptions', () => {
  it.each([
    [['--destroy', 'SegmentMetronomeBridge'], 'BridgeDeployTest-'],
    [['--events', '12'], '--events'],
    [['--metronome-url', 'http://example.com'], 'https'],
    [['--metronome-port', '70000'], '--metronome-port'],
    [['--force'], '--force'],
    [['now'], 'now'],
  ])('refuses %p', (words, part) => {
    expect(() => readOptions(words)).toThrow(part);
  });
});
