import type { Command } from 'commander';
import { drillFolder } from '../../run/drill.ts';
import { drillText } from '../drill-text.ts';
import { successJson } from '../json.ts';
import { kindsUrl } from '../kinds-url.ts';
import { parseCount, parseShare } from '../options.ts';
import { say } from '../terminal.ts';

interface Options {
  readonly metric?: string;
  readonly plant: number;
  readonly maxWorse: number;
  readonly clusters: number;
  readonly nights?: number;
  readonly drills: number;
  readonly json?: boolean;
}

export function drillCommand(program: Command): void {
  program
    .command('drill')
    .summary('plant a slowdown: how often would the gate see it?')
    .description(
      'Draws two versions of each strategy from its shaken copies, which differ in nothing that means anything, makes one of them worse, and lets the gate judge; and the same with nothing planted. Says how many nights per cluster it takes.',
    )
    .argument('<dir>', 'folder that `run --shake 2` wrote')
    .option('--metric <name>', 'see `list metrics`')
    .option('--plant <share>', 'so much worse', parseShare, 0.03)
    .option('--max-worse <share>', 'as in `gate`', parseShare, 0.01)
    .option('--clusters <n>', 'in each drill', parseCount(1000), 20)
    .option('--nights <m>', 'of each cluster; left out: as many as there are', parseCount(1000))
    .option('--drills <k>', 'of each strategy on each document', parseCount(100_000), 1000)
    .option('--json', 'one JSON document instead of the table')
    .action(async (folder: string, { json, ...options }: Options) => {
      const { plant, maxWorse, clusters, drills: count } = options;
      const asked = { plant, maxWorse, clusters, nights: options.nights ?? null, drills: count };
      const where = { folder, kindsUrl: kindsUrl(), metric: options.metric ?? null };
      const { metric, drills } = await drillFolder({ ...where, ...asked });
      const drilled = { metric, plant, clusters, count, drills };
      say(json ? successJson(0, { ...drilled, metric: metric.name }) : drillText(drilled));
    });
}
