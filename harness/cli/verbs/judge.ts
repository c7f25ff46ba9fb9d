import type { Command } from 'commander';
import { drawFolders, judgeFolders } from '../../run/judge.ts';
import { successJson } from '../json.ts';
import { judgeText } from '../judge-text.ts';
import { kindsUrl } from '../kinds-url.ts';
import { collect } from '../options.ts';
import { say, tell } from '../terminal.ts';

interface Options {
  readonly metric?: string[];
  readonly baseline?: string;
  readonly charts?: string;
  readonly json?: boolean;
}

export function judgeCommand(program: Command): void {
  program
    .command('judge')
    .summary('say which strategy is better, by how much, and how sure that is')
    .description(
      'Compares strategies on the same clusters and nights of result folders, document by document. The cluster is what is counted: its nights are averaged, and below 6 clusters nothing can be said.',
    )
    .argument('<dir...>', 'folders that `run` wrote')
    .option('--metric <name>', 'see `list metrics`; may be given several times', collect)
    .option('--baseline <strategy>', 'compare the others with this one alone: fewer pairs, more is found')
    .option(
      '--charts <folder>',
      'draw ranks (a critical-difference diagram) and performance profiles into it',
    )
    .option('--json', 'one JSON document instead of sentences')
    .action(async (folders: string[], { metric, baseline, charts, json }: Options) => {
      const asked = { folders, kindsUrl: kindsUrl(), metrics: metric ?? [] };
      const judged = await judgeFolders({ ...asked, baseline: baseline ?? null });
      say(json ? successJson(0, judged) : judgeText(judged, Math.min(110, process.stdout.columns ?? 110)));
      if (charts !== undefined) tell(`drawn: ${(await drawFolders(asked, charts)).join(', ')}`);
    });
}
