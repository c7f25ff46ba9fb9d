import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { mostVms, fewestVms } from '../../generate/parse-ask.ts';
import { writeAtomic } from '../../run/atomic-write.ts';
import { makeFolder } from '../../run/make-folder.ts';
import { collect, parseSeconds } from '../options.ts';
import { say, tell } from '../terminal.ts';

interface Options {
  readonly strategy?: string[];
  readonly family: string;
  readonly vms: readonly number[];
  readonly seconds: number;
  readonly out?: string;
}

export function costCommand(program: Command): void {
  program
    .command('cost')
    .summary('measure what a decision of each strategy costs as the cluster grows')
    .description(
      'Simulates one night per strategy and size, keeps what the strategy was told and asked, and plays it again to fresh deciders: by the clock, on one thread, and with all looks at VMs and proxies counted. Have nothing else run meanwhile.',
    )
    .option(
      '-s, --strategy <text>',
      "name, or 'name[parameter=value,...]'; may be given several times; left out: all",
      collect,
    )
    .option('--family <name>', 'see `list families`', 'enterprise-san')
    .option('--vms <n,...>', 'sizes', parseSizes, [100, 300, 1000, 3000])
    .option('--seconds <s>', 'time for each figure by the clock, four a strategy and size', parseSeconds, 0.3)
    .option('-o, --out <dir>', 'folder for decision-cost.csv, decision-work.csv and the chart')
    .action(costVerb);
}

async function costVerb({ strategy: texts, family, vms: sizes, seconds, out }: Options): Promise<void> {
  // the engine and its tools: not loaded by other verbs
  const { measureCost } = await import('../../kinds/decision-cost/measure-cost.ts');
  const { backupNight } = await import('../../kinds/backup-night.ts');
  const { createStopwatch } = await import('../stopwatch.ts');
  const { costText } = await import('../cost-text.ts');
  const known = backupNight.strategies.map(({ name }) => name);
  const rows = measureCost({ strategies: texts ?? known, family, sizes }, createStopwatch(seconds), tell);
  if (out !== undefined) {
    const { clockCsv, workCsv } = await import('../../kinds/decision-cost/cost-csv.ts');
    const { costSpec } = await import('../../kinds/decision-cost/cost-chart.ts');
    const { renderChart } = await import('../../report/render.ts');
    const machine = { node: process.version, platform: process.platform, cores: availableParallelism() };
    const { vl, svg } = await renderChart(costSpec(rows, known), 'decision-cost');
    writeFiles(out, {
      'decision-cost.csv': clockCsv(rows, machine),
      'decision-work.csv': workCsv(rows),
      'charts/decision-cost.vl.json': vl,
      'charts/decision-cost.svg': svg,
    });
  }
  say(costText(rows));
}

function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    makeFolder(dirname(path));
    writeAtomic(path, text);
  }
  tell(
    `written: ${Object.keys(files)
      .map((name) => join(folder, name))
      .join(', ')}`,
  );
}

/** @returns ascending, each once */
function parseSizes(text: string): number[] {
  const sizes = text.split(',').map((part) => (/^\d+$/u.test(part) ? Number(part) : Number.NaN));
  if (sizes.every((vms) => vms >= fewestVms && vms <= mostVms))
    return [...new Set(sizes)].toSorted((a, b) => a - b);
  throw new InvalidArgumentError(
    `expected whole numbers from ${fewestVms} to ${mostVms}, with commas between`,
  );
}
