import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { compileMapping, MappingError } from '../../lambda/mapping/index.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const HELD = 'held-by-a-file';
const folder = temporaryFolder();
const file = join(folder.path, 'secret.liquid');
const started = process.cwd();

beforeAll(() => {
  mkdirSync(join(folder.path, 'partials'));
  for (const path of [file, join(folder.path, 'partials', 'secret.liquid')]) writeFileSync(path, HELD);
  // Where liquid would look first.
  process.chdir(folder.path);
});

afterAll(() => {
  process.chdir(started);
  folder.remove();
});

const NAMES = [file, basename(file), 'secret', relative(started, file), `file://${file}`];
const TAGS = ['include', 'render', 'layout'];

describe('@liquid', () => {
  it.each(TAGS.flatMap((tag) => NAMES.map((name) => [tag, name])))('reads no file: %s %j', (tag, name) => {
    const templates = [`{% ${tag} "${name}" %}`, `{% ${tag} name %}`, `{%- ${tag} '${name}' -%}`, `{% liquid\n${tag} "${name}" %}`];

    for (const template of templates) expect(() => compileMapping({ value: { '@liquid': template } })({ name })).toThrow(MappingError);
  });

  it('reads none that an event names', () => {
    const evaluate = compileMapping({ value: { '@liquid': '{{ text }}' } });

    expect(evaluate({ text: `{% include "${file}" %}` })).toEqual({ value: `{% include "${file}" %}` });
  });

  it.each(['{{ "x".constructor }}', '{{ text.constructor.constructor }}', '{{ process.env.PATH }}', '{{ global }}', '{{ this }}', '{{ __proto__ }}', '{{ text.__proto__.constructor }}', '{{ toString }}'])(
    'reaches nothing of the process: %s',
    (template) => {
      const value = compileMapping({ value: { '@liquid': template } })({ text: 'x' });

      expect(value).toEqual({ value: '' });
    },
  );
});
