import { DEFAULTS, LOCAL_DEFAULTS } from '../../lib/config.ts';
import { settingText } from './report.ts';
import type { Report } from './report.ts';
import { SECTIONS } from './rows.ts';
import type { Row, Section } from './rows.ts';
import { cellsOf, marksText, TITLES } from './table.ts';

const HEAD = '| what | ours | peer | beside | ratio (middle half) | by the clock | mark | |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n';

const NOTES: Readonly<Record<Section, string>> = {
  mapping:
    "An event that is parsed already goes through a mapping. `actions-core` is the library of which Segment's hosted destination is made, `transform` its function for this. " +
    'The hosted destination reads the triggers anew for each event; the kinder rows let it read them once.',
  forward:
    '"Without network" is all between the records of SQS and the bodies of the requests: parse, trigger, map, check, serialise, pack. The other times are of the whole ' +
    'function on batches of 1,000, with the ledger written, beside sending each event by itself, 8 at once over kept connections. 1 % refused means 10 of 1,000, at places of chance. ' +
    "Node's heap is limited as Lambda limits it in a function of this size.",
  ingest: "The whole function over HTTP to a queue on this machine: the sender's proof, the exact bytes of each event, metrics. The bare handler does none of these.",
  start: 'Loading a bundle is an import in a fresh process, in turns. The bundles are made as CDK makes them; what a test allows them at most is in `test/bench/bundle-budget.test.ts`.',
  whole:
    'The local run with its own settings, as `npm start` makes it: a process of its own, driven over HTTP with signed events of 2 KB. There is no peer; it stands beside itself. Queue and bucket are an emulator ' +
    'inside the run, so these figures say what one machine bears and whether anything grows, and nothing of AWS. Metronome is in the process of the bench, where each event has to arrive as the usage event ' +
    'that it should be, and no other; the state of the run has to say the same.\n\n' +
    '- **At most**: with 16 webhooks under way, each followed by the next once it is answered; a 503 is sent again, as Segment does. Timed until nine tenths have arrived, since the last wait for a batch to fill.\n' +
    "- **From the webhook's answer to Metronome**: at half of that speed, by the clock of the bench, from the 200 until the usage event has arrived. A second of it is the wait for a batch: " +
    `\`batchWindowSeconds\` is ${LOCAL_DEFAULTS.batchWindowSeconds} here and ${DEFAULTS.batchWindowSeconds} on AWS.\n` +
    '- **After so many events**: on one data folder, in webhooks of 50. The start and 5,000 events to warm up come before and are not in these figures. CPU time is that of all processes of the run, for an event ' +
    'of the next three times 1,000; sending them is not in it. Memory is measured after a forced collection, beside that after 10,000 events: by then the list that the page shows is full. ' +
    'CPU time and resident memory come from /proc and are left out where there is none.',
  outage: 'Simulated with the real packing, pacing and back-off and the default settings; new events keep coming while the backlog drains. [scaling.md](scaling.md#outages) has more outages, and what is assumed.',
  cost:
    'Reckoned from list prices (us-east-1, no free tier) by `npm run bridge -- cost`, at 100 M events of 1 KB a month and with the default settings; the times of the functions in it come from this page. ' +
    '[cost.md](cost.md) has each line, and what nobody promises: how many events a receive from the queue brings.',
};

/** docs/performance.md: everything in it comes from one run. */
export function performancePage({ rows, setting }: Report): string {
  const versions = Object.entries(setting.versions).map(([name, version]) => `${name} ${version}`);
  return `# How fast it is

Made by \`npm run bench -- --write\` on ${setting.at.slice(0, 10)}. Don't edit it: run that again.

${settingText(setting)}
Versions: ${versions.join(', ')}.

**${marksText(rows)}**

Times say little about another machine; ratios do. Both sides take turns within one run, in many short slices on the same
events, and each ratio is the median of slices next to each other, with the middle half in parentheses. It is taken of CPU time,
garbage collection included, because others may use the machine; the ratio by the clock stands beside it. Before anything is
timed, what each side makes of every event is compared with what is right, and a wrong answer ends the run. Times are of CPU for one
event, events a second by the clock.
${SECTIONS.map((section) => sectionText(section, rows)).join('')}
## What was not measured

- **A real Lambda.** A function of 256 or 512 MB has a fraction of one core, and arm64 is another processor: times there are longer, and how the ratios change is unknown.
  The start of a container, before any of our code is loaded, isn't in any figure.
- **A real network.** Metronome, SQS, S3 and Secrets Manager are one small process on this machine. TLS is missing, on both sides.
- **The hosted destination itself.** Only its libraries can be run here; what its service adds is unknown.
- **Faults.** \`npm run test:chaos\` counts what is lost or billed twice while everything fails, and
  \`npm run bench:local -- --kill\` kills the whole bridge in between.
`;
}

function sectionText(section: Section, rows: readonly Row[]): string {
  const lines = rows.filter((row) => row.section === section).map((row) => `| ${cellsOf(row).join(' | ')} |\n`);
  return `\n## ${TITLES[section]}\n\n${NOTES[section]}\n\n${HEAD}${lines.join('')}`;
}
