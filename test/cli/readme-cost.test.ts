import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;
const read = (path: string) => readFileSync(join(root, path), 'utf8');

type Row = Record<string, string>;
const rowsOf = (name: string): Row[] => parse(read(`results/decision-cost/${name}`), { columns: true });

const figure = (value: number) =>
  value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(2)));

/** What the README says, from the files that it names. */
function sentences(): string {
  const [work, clock] = [rowsOf('decision-work.csv'), rowsOf('decision-cost.csv')];
  const [small, large] = [Number(work[0]!['vms']), Number(work.at(-1)!['vms'])];
  const at = (rows: Row[], vms: number) => rows.filter((row) => Number(row['vms']) === vms);
  const of = (rows: Row[], column: string) => {
    const patent = rows.find((row) => row['strategy'] === 'priority-list')!;
    const others = rows.filter((row) => row !== patent).map((row) => Number(row[column]));
    return {
      own: figure(Number(patent[column])),
      least: figure(Math.min(...others)),
      most: figure(Math.max(...others)),
    };
  };
  const proxies = [small, large].map((vms) => at(work, vms)[0]!['proxies']);
  const units = [small, large].map((vms) => of(at(work, vms), 'units_per_decision'));
  const mostUnits = figure(Math.max(...units.map(({ most }) => Number(most))));
  const looked = [small, large].map((vms) => of(at(work, vms), 'proxies_per_decision'));
  const [decision, list] = [of(at(clock, large), 'decision_us'), of(at(clock, large), 'list_ms')];
  const own = at(clock, large).find((row) => row['strategy'] === 'priority-list')!;
  const decisions = figure(Number(own['decisions']));
  return [
    `From ${figure(small)} to ${figure(large)} VMs (${proxies.join(' to ')} proxies, family ${work[0]!['family']})`,
    `the VMs that a decision of \`priority-list\` looks at go from ${units[0]!.own} to ${units[1]!.own} on average,`,
    `the others look at ${mostUnits} at most at either size;`,
    `proxies looked at grow from ${looked[0]!.own} to ${looked[1]!.own}, of the others from`,
    `between ${looked[0]!.least} and ${looked[0]!.most} to between ${looked[1]!.least} and ${looked[1]!.most}.`,
    `At ${figure(large)} VMs a decision took ${decision.own} µs (the others ${decision.least} to ${decision.most}),`,
    `and building the list of a round ${list.own} ms (${list.least} to ${list.most}):`,
    `all ${decisions} decisions of \`priority-list\` in its first round together ${figure((Number(own['decisions']) * Number(own['decision_us'])) / 1e6)} s.`,
  ].join(' ');
}

const plain = (text: string | undefined) => text?.replaceAll(/\s+/gu, ' ').trim();

it('the README says of the cost of a decision what its result files say', () => {
  const shown = /<!-- cost: .* -->\n([\s\S]*?)<!-- end of cost -->/u.exec(read('README.md'))?.[1];
  expect(plain(shown)).toBe(sentences());
});

it('the result names its command, commit, node, machine and date', () => {
  const about = read('results/decision-cost/README.md');
  const { node, cores } = rowsOf('decision-cost.csv')[0]!;
  expect(about).toContain(`Node ${node!.slice(1)}`);
  expect(about).toContain(`${cores} cores`);
  expect(about).toMatch(/`npx proxybench cost .*` at commit [0-9a-f]{7}/u);
  expect(about).toMatch(/on 20\d\d-\d\d-\d\d/u);
});
