import type { Example, Rule } from './rule.ts';
import { RULES } from './rules.ts';

const INTRODUCTION = `# What is checked before a mapping bills anyone

\`npx cdk synth\`, \`npx cdk deploy\`, \`npm start\` and \`npm run bridge -- lint\` read every enabled mapping of \`mappings.json\` against
the rules below. An **error** surely or nearly surely loses events or bills them wrongly, and stops the deployment and the start. A
**warning** is shown and stops nothing.

Where a finding is meant, list its id in the mapping: \`"acknowledge": ["constant-customer-id"]\`. Rules that can't be acknowledged are
marked: with them nothing would be billed at all.

An example shows the part of a mapping that it is about; the rest is as in \`mappings.json\`, and in a list each entry is a
mapping of its own. "Hosted" is Segment's hosted "Metronome (Actions)" destination, whose mappings and triggers the bridge
evaluates alike.
`;

/** The text of docs/lint.md, made of the rules. */
export function lintPage(): string {
  const rows = RULES.map(({ id, severity, title }) => `| [\`${id}\`](#${id}) | ${severity} | ${title} |`);
  const table = ['| rule | severity | |', '| --- | --- | --- |', ...rows].join('\n');
  return `${INTRODUCTION}\n${table}\n\n${RULES.map(section).join('\n')}`;
}

function section({ id, severity, canAcknowledge, title, why, bad, good }: Rule): string {
  const marked = canAcknowledge ? severity : `${severity}, can't be acknowledged`;
  return `## ${id}\n\n*${marked}.* ${title} ${why}\n\nBad:\n\n${shown(bad)}\n\nGood:\n\n${shown(good)}\n`;
}

function shown(entries: readonly Example[]): string {
  const lines = entries.map((entry) => JSON.stringify(entry, null, 1).replaceAll(/\n\s*/g, ' '));
  return `\`\`\`json\n${lines.length === 1 ? lines.join('') : `[\n  ${lines.join(',\n  ')}\n]`}\n\`\`\``;
}
