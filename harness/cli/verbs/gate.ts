import type { Command } from 'commander';
import type { GateVerdict } from '../../measure/compare/gate.ts';
import { gateFolders, type Gate } from '../../run/gate.ts';
import { exitCodes } from '../exit-codes.ts';
import { gateText } from '../gate-text.ts';
import { successJson } from '../json.ts';
import { kindsUrl } from '../kinds-url.ts';
import { collect, parseShare } from '../options.ts';
import { say } from '../terminal.ts';

interface Options {
  readonly metric?: string[];
  readonly maxWorse: number;
  readonly json?: boolean;
}

export function gateCommand(program: Command): void {
  program
    .command('gate')
    .summary('fail where a strategy got worse than in a baseline')
    .description(
      'Compares every strategy with itself in an earlier result folder, on the same documents and seeds. Exit codes: 0 none got worse, 20 one did, 21 not decided, 22 cells of the new results were not computed, 23 no usable baseline.',
    )
    .argument('<baseline>', 'folder that `run` wrote earlier')
    .argument('<dir>', 'folder that `run` wrote now')
    .option('--metric <name>', 'see `list metrics`; may be given several times', collect)
    .option(
      '--max-worse <share>',
      'so much worse is put up with; more where the noise is more',
      parseShare,
      0.01,
    )
    .option('--json', 'one JSON document instead of sentences')
    .action(async (baseline: string, folder: string, { metric, maxWorse, json }: Options) => {
      const gate = await gateFolders({
        baseline,
        folder,
        kindsUrl: kindsUrl(),
        metrics: metric ?? [],
        maxWorse,
      });
      const code = codeOf(gate);
      process.exitCode = code;
      say(json ? successJson(code, gate) : gateText(gate));
    });
}

function codeOf({ results, onlyBaseline, notComputed }: Gate): number {
  const has = (verdict: GateVerdict) => results.some(({ gate }) => gate === verdict);
  if (notComputed > 0) return exitCodes.notComputed;
  if (has('fail')) return exitCodes.gateFailed;
  // what the baseline has and the new results lack may have got worse; where no night was ended nothing was measured
  const isSilent = results.every(({ clusters }) => clusters === 0);
  return has('inconclusive') || onlyBaseline > 0 || isSilent ? exitCodes.inconclusive : exitCodes.done;
}
