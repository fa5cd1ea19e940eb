import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { runBridge } from '../../cli/run.ts';
import { safeOnTerminal } from '../../cli/terminal.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { ioDouble } from './io-double.ts';

const UNSEEN = /[\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]|[^\P{Cc}\n\t]/u;

async function shown(text: string, isTerminal = true): Promise<string> {
  let written = '';
  await safeOnTerminal({ isTerminal, write: async (given) => void (written += given) }).write(text);
  return written;
}

describe('safeOnTerminal', () => {
  it.each([
    ['C1 and DEL', '{"a":"\u009b2J\u007f"}', String.raw`{"a":"\u009b2J\u007f"}`],
    ['what turns the writing around', '{"a":"\u202e"}', String.raw`{"a":"\u202e"}`],
    ['ends of lines that are none in JSON', '{"a":"\u2028\u2029"}', String.raw`{"a":"\u2028\u2029"}`],
    ['tags beyond the first plane', '{"a":"\u{e0041}"}', String.raw`{"a":"\udb40\udc41"}`],
    ['a carriage return between tokens', '{"a":1,\r\n"b":2}', '{"a":1, \n"b":2}'],
    ['our own colours as they are, and no other escape', '\u001b[31mFAIL\u001b[39m\u001b[2J\u001b[38m', '\u001b[31mFAIL\u001b[39m\\u001b[2J\\u001b[38m'],
    ['all else as it is', '{"a":"Größe 🔑",\t"b":1}\n', '{"a":"Größe 🔑",\t"b":1}\n'],
  ])('shows %s', async (_, text, expected) => {
    expect(await shown(text)).toBe(expected);
  });

  it('changes no value of any JSON', async () => {
    const value = fc.jsonValue({ maxDepth: 2 });
    await fc.assert(
      fc.asyncProperty(value, fc.string({ unit: 'binary' }), async (one, text) => {
        const written = await shown(JSON.stringify([one, text]));
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify([one, text])));
        expect(UNSEEN.test(written)).toBe(false);
      }),
    );
  });

  it('leaves every byte as it is where no terminal reads', async () => {
    expect(await shown('\u009b\r', false)).toBe('\u009b\r');
  });
});

describe('runBridge', () => {
  it('shows on a terminal what would steer it, --json or not', async () => {
    let out = '';
    const stdout = { isTerminal: true, write: async (text: string) => void (out += text) };
    const double = ioDouble('/nowhere', { stdout, input: '{"type":"track","event":"\u009b2J\u202e","messageId":"m\u009b"}', projectFolder: process.cwd() });

    await runBridge(['preview', '-', '--json'], double.io);

    expect(out).toContain(String.raw`"m\u009b"`);
    expect(UNSEEN.test(out)).toBe(false);
  });

  it.each([
    ['in colours for people', [], '\u001b[31mFAIL  \u001b[39mmappings'],
    ['without any for machines', ['--json'], '{"check":"mappings","status":"fail"'],
  ])('lets doctor speak %s', async (_, words, expected) => {
    const folder = temporaryFolder();
    let out = '';
    const stdout = { isTerminal: true, write: async (text: string) => void (out += text) };

    await runBridge(['doctor', '--local', ...words], ioDouble(folder.path, { stdout }).io);
    folder.remove();

    expect(out).toContain(expected);
    expect(out).not.toContain(String.raw`\u001b`);
  });

  it('shows what was typed as what it is', async () => {
    const double = ioDouble('/nowhere');

    await runBridge(['\u001b[2J'], double.io);

    expect(double.err()).toContain(String.raw`unknown command '\u001b[2J'`);
    expect(UNSEEN.test(double.err())).toBe(false);
  });
});
