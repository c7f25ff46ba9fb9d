import { availableParallelism } from 'node:os';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { backupNight } from '../../kinds/backup-night.ts';
import { assumedOf } from '../../measure/caveats.ts';
import { nightsToShow } from '../../measure/sizing/clean-nights.ts';
import { successJson } from '../json.ts';
import { parseCount, parseHours, parseShare } from '../options.ts';
import { readAsked, withEvaluator } from '../question.ts';
import { fleetsOf, sizeFleet, type SizeAnswer } from '../size/size-fleet.ts';
import { sizeText } from '../size/size-text.ts';
import { say } from '../terminal.ts';
import { addFaultOption, addVaryOption, type VaryOptions } from '../vary-options.ts';

interface Options extends VaryOptions {
  readonly strategy: string;
  readonly window: number;
  readonly protect: number;
  readonly of: 'vms' | 'bytes';
  readonly confidence: number;
  readonly ofNights: number;
  readonly nights?: number;
  readonly jobs: number;
  readonly json?: boolean;
}

const shareBelowOne = (text: string): number => {
  const share = parseShare(text);
  if (share < 1) return share;
  throw new InvalidArgumentError('expected a share below 100%');
};

export function sizeCommand(program: Command): void {
  const command = program
    .command('size')
    .summary('find the smallest fleet that protects enough inside a window')
    .description(
      'Tries fleets, the smallest first, over simulated nights, and says which is the first that meets the target, what limits next, and what the sizing formula of vendors says beside it. That none meets it is an answer too.',
    )
    .argument('<file>', 'a document')
    .option('-s, --strategy <text>', "name, or 'name[parameter=value,...]'", 'priority-list')
    .requiredOption('--window <time>', 'as 8h or 90min', parseHours)
    .option('--protect <share>', 'that must be protected when the window ends', parseShare, 0.99)
    .addOption(new Option('--of <what>', 'what it is a share of').choices(['vms', 'bytes']).default('vms'))
    .option(
      '--confidence <share>',
      'with which it is said how many nights meet the target',
      shareBelowOne,
      0.95,
    )
    .option('--of-nights <share>', 'of all such nights, that must meet it', shareBelowOne, 0.9)
    .option(
      '--nights <m>',
      'nights to simulate; left out: as many as the confidence takes',
      parseCount(100_000),
    )
    .option('-j, --jobs <j>', 'nights at once', parseCount(1024), availableParallelism())
    .option('--json', 'one JSON document instead of the text')
    .action(sizeVerb);
  addFaultOption(addVaryOption(command));
}

async function sizeVerb(file: string, options: Options): Promise<void> {
  const asked = readAsked(file, options);
  const { window: windowH, protect, of, confidence, ofNights, jobs: threads, json = false } = options;
  const strategy = backupNight.parseStrategy(options.strategy);
  const fleets = fleetsOf(asked, windowH);
  const target = { strategy, windowH, protect, of, confidence, ofNights, nights: options.nights ?? null };
  const answer = await withEvaluator(
    fleets.map(({ plan }) => plan),
    { threads, quiet: json, atMost: fleets.length + (options.nights ?? nightsToShow(ofNights, confidence)) },
    (evaluator) => sizeFleet({ fleets, target, threads }, evaluator),
  );
  const caveats = [...answer.caveats, ...assumedOf(asked.document)];
  const known = { ...answer, caveats };
  say(json ? successJson(0, sizeJson(known)) : sizeText(asked.loaded.name, known));
}

const sizeJson = ({ target, found, tried, fleets, vendor, tooLong, ...rest }: SizeAnswer) => {
  const { nights, allowed, varies, shown, enough, isRuledOut, held, caveats } = rest;
  const nightsOf = ({ candidate, met, missed, shares }: SizeAnswer['tried'][number]) => ({
    ...candidate.levels,
    proxies: candidate.proxies,
    cpus: candidate.cpus,
    met,
    missed,
    shares,
  });
  return {
    target,
    nights,
    allowed,
    varies,
    shown,
    enough,
    isRuledOut,
    fleets: fleets.length,
    found: found === null ? null : nightsOf(found),
    tried: tried.map(nightsOf),
    tooLong,
    held,
    vendor,
    caveats,
  };
};
