import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { backupNight } from '../../kinds/backup-night.ts';
import { assumedOf } from '../../measure/caveats.ts';
import { whatVaries } from '../../measure/sizing/what-varies.ts';
import type { Document } from '../../model/document/document.ts';
import { UserError } from '../../model/errors.ts';
import type { Metric, PlanDocument } from '../../model/kind.ts';
import { madeDocuments } from '../../run/made-documents.ts';
import { readInputs } from '../../run/read-inputs.ts';
import { readAsk, varyDocument, varyRequest, type ReadAsk } from '../../run/vary-inputs.ts';
import { parseKnob } from '../../vary/knobs.ts';
import { successJson } from '../json.ts';
import { collect, parseCount } from '../options.ts';
import { withEvaluator } from '../question.ts';
import { say } from '../terminal.ts';
import { nameOf, tune, type Setting, type TuneAnswer } from '../tune/pick.ts';
import { tuneText, type Tuned } from '../tune/tune-text.ts';
import {
  addDesignOption,
  addFaultOption,
  addVaryOption,
  varyAskOf,
  type VaryOptions,
} from '../vary-options.ts';

interface Options extends VaryOptions {
  readonly strategy?: string[];
  readonly nights: number;
  readonly vms: number;
  readonly by?: string[];
  readonly jobs: number;
  readonly json?: boolean;
}

/** Protected first, speed second, gentleness third (night.md N18, N19). */
const defaultAims = ['protected_vms_at_window_pct', 't95_vms_s', 'excess_streams_per_tb'];

export function tuneCommand(program: Command): void {
  const command = program
    .command('tune')
    .summary('pick a setting on some clusters, and say what it is worth on others')
    .description(
      'Tries every setting of what is varied on some nights, picks the best, says how flat the optimum is and what is lost by leaving all as written, and looks at the choice again on as many nights that had no part in it. A knob with one value is the same in all of them.',
    )
    .argument('<what>', 'a document, a suite or a family')
    .option('-s, --strategy <text>', 'a strategy beside those that are varied', collect)
    .option(
      '--nights <n>',
      'to choose on, each of another cluster where the estate is drawn; n more are held out',
      parseCount(10_000),
      10,
    )
    .option('--vms <n>', 'of a family', parseCount(10_000_000), 300)
    .option(
      '--by <metric>',
      `what is best; several: each where those before tell nothing apart (default: ${defaultAims.join(', ')})`,
      collect,
    )
    .option('-j, --jobs <j>', 'nights at once', parseCount(1024), availableParallelism())
    .option('--json', 'one JSON document instead of the text')
    .action(tuneVerb);
  addDesignOption(addFaultOption(addVaryOption(command)));
}

async function tuneVerb(what: string, options: Options): Promise<void> {
  const kind = backupNight;
  const vary = varyAskOf(options);
  if (vary.vary.length === 0) throw new UserError('nothing is varied; expected --vary, see list knobs');
  const ask = readAsk(vary, kind);
  const aims = (options.by ?? defaultAims).map(findMetric);
  const strategies = options.strategy?.map((text) => kind.parseStrategy(text)) ?? null;
  const trials = readDocuments(what, options).map((base) => trialOf(base, ask, strategies));
  const plans = trials.flatMap(({ settings, written }) => [
    ...settings.map(({ document }) => document),
    written.document,
  ]);
  const cells = trials.reduce((sum, { settings }) => sum + (settings.length + 3) * options.nights, 0);
  const answers = await withEvaluator(
    plans,
    { threads: options.jobs, quiet: options.json ?? false, atMost: cells },
    async (evaluator) => {
      const all: TuneAnswer[] = [];
      for (const { settings, written, canHoldOut } of trials) {
        const nights = canHoldOut ? options.nights : 1;
        all.push(await tune(settings, written, { aims, nights, canHoldOut }, evaluator));
      }
      return all;
    },
  );
  const said = trials.map(({ tuned }, i) =>
    options.json ? tuneJson(tuned.document, answers[i]!) : tuneText(tuned, answers[i]!),
  );
  say(options.json ? successJson(0, said) : said.join('\n'));
}

interface Trial {
  readonly tuned: Tuned;
  readonly settings: readonly Setting[];
  readonly written: Setting;
  readonly canHoldOut: boolean;
}

/** A knob with one value is not tuned: it is the same in all settings, and in what they are held against. */
function trialOf(base: PlanDocument, ask: ReadAsk, strategies: readonly string[] | null): Trial {
  const kind = backupNight;
  const fixed = ask.knobs.filter(({ values }) => values.length === 1);
  const changes = [...fixed.map(({ name, values }) => parseKnob(name, values[0]!)), ...ask.fixed];
  const given = fixed.map(({ name, values }) => ` ${name}=${values[0]}`).join('');
  const plain = ask.ranges.length > 0 ? [] : ['priority-list'];
  const request = { documents: [base], strategies: plain, clusters: 1, nights: 1, shakes: 0 };
  const { requests, points } = varyRequest(request, { kind, ask, strategies });
  const documents = new Map(requests.flatMap((one) => one.documents.map((d) => [d.name, d] as const)));
  const isFixed = (axis: string) => fixed.some(({ name }) => name === axis);
  const settings = points.map((point): Setting => {
    const levels = Object.entries(point.levels).filter(([axis]) => !isFixed(axis));
    return {
      point: { ...point, levels: Object.fromEntries(levels) },
      document: documents.get(point.document)!,
    };
  });
  const [first] = settings;
  const document = varyDocument(base, { kind, changes, name: `${base.name}${given} as written` });
  const written: Setting = {
    document,
    point: { ...first!.point, document: document.name, strategy: first!.point.line, levels: {} },
  };
  const assumed = 'content' in base ? assumedOf(base.content as Document) : [];
  return {
    settings,
    written,
    canHoldOut: 'ref' in base || canVary(settings),
    tuned: {
      document: `${base.name}${given}`,
      replicate: 'ref' in base ? 'cluster' : 'night',
      assumptions: [...document.caveats, ...assumed],
    },
  };
}

/** Whether anything differs from seed to seed in one of the settings. */
const canVary = (settings: readonly Setting[]): boolean =>
  settings.some(({ document }) => {
    const base = 'base' in document ? document.base : document;
    if (!('content' in base)) return true;
    const changes = 'base' in document ? document.changes : [];
    const varied = backupNight.variation!.apply(base, changes);
    return whatVaries(varied.content as Document).length > 0;
  });

/** A file, or else a family. @throws {UserError} */
function readDocuments(what: string, { vms }: Options): readonly PlanDocument[] {
  const isFamily = backupNight.generation!.families.some(({ name }) => name === what);
  if (isFamily && !existsSync(what)) return madeDocuments(backupNight, { family: what, vms });
  const { requests } = readInputs([what], [backupNight], {
    strategies: null,
    clusters: null,
    nights: null,
    shakes: 0,
  });
  return requests.flatMap(({ documents }) => documents);
}

function findMetric(name: string): Metric {
  const metric = backupNight.metrics.find((one) => one.name === name);
  if (metric === undefined) throw new UserError(`no metric "${name}"; see list metrics`);
  if (metric.better === 'neither') throw new UserError(`${name} has no better: nothing can be best by it`);
  return metric;
}

const tuneJson = (document: string, answer: TuneAnswer) => {
  const { aims, scores, asWritten, flat, open, heldOut, nights } = answer;
  const valuesOf = (values: readonly number[]) =>
    Object.fromEntries(aims.map(({ name }, i) => [name, Number.isFinite(values[i]!) ? values[i]! : null]));
  const scoreOf = (score: TuneAnswer['asWritten']) => ({ setting: nameOf(score), ...valuesOf(score.values) });
  return {
    document,
    nights,
    tried: scores.length,
    scores: scores.map(scoreOf),
    asWritten: scoreOf(asWritten),
    flat: flat.map(nameOf),
    open: open.map(nameOf),
    heldOut:
      heldOut === null
        ? null
        : {
            winner: scoreOf(heldOut.winner),
            asWritten: scoreOf(heldOut.asWritten),
            against:
              heldOut.against === null
                ? null
                : {
                    metric: heldOut.against.metric.name,
                    scale: heldOut.against.scale,
                    ...heldOut.against.pair,
                  },
          },
  };
};
