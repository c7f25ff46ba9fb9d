import { availableParallelism } from 'node:os';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { backupNight } from '../../kinds/backup-night.ts';
import { groupBy } from '../../kit/group.ts';
import { assumedOf } from '../../measure/caveats.ts';
import { whatVaries } from '../../measure/sizing/what-varies.ts';
import { parseTimeOfDay } from '../../model/units.ts';
import { successJson } from '../json.ts';
import { collect, parseCount, parseHours } from '../options.ts';
import { readAsked, withEvaluator } from '../question.ts';
import { losable, loseEach, lossesOf, middleOfWindow, type Losable } from '../resilience/lose-each.ts';
import { resilienceText } from '../resilience/resilience-text.ts';
import { say } from '../terminal.ts';
import { addFaultOption, addVaryOption, type VaryOptions } from '../vary-options.ts';

interface Options extends VaryOptions {
  readonly strategy: string;
  readonly at?: string;
  readonly for?: number;
  readonly lose?: Losable;
  readonly only?: string[];
  readonly nights: number;
  readonly jobs: number;
  readonly json?: boolean;
}

function parseClock(text: string): string {
  try {
    parseTimeOfDay(text);
    return text;
  } catch {
    throw new InvalidArgumentError('expected a time of day, as 02:00');
  }
}

export function resilienceCommand(program: Command): void {
  const command = program
    .command('resilience')
    .summary('lose each proxy, server and media agent in turn; what it costs')
    .description(
      'Simulates the night once without a loss and once with each: which VMs are not protected in time, and how much later the others are.',
    )
    .argument('<file>', 'a document')
    .option('-s, --strategy <text>', "name, or 'name[parameter=value,...]'", 'priority-list')
    .option('--at <time>', 'of the loss; left out: the middle of the window of the first job', parseClock)
    .option('--for <time>', 'as 2h or 30min; left out: it does not come back', parseHours)
    .addOption(new Option('--lose <kind>', 'these alone').choices(losable))
    .option('--only <name>', 'this one alone; may be given several times', collect)
    .option('--nights <m>', 'nights to simulate with each loss', parseCount(1000), 3)
    .option('-j, --jobs <j>', 'nights at once', parseCount(1024), availableParallelism())
    .option('--json', 'one JSON document instead of the text')
    .action(resilienceVerb);
  addFaultOption(addVaryOption(command));
}

async function resilienceVerb(file: string, options: Options): Promise<void> {
  const asked = readAsked(file, options);
  const strategy = backupNight.parseStrategy(options.strategy);
  const ask = {
    at: options.at ?? middleOfWindow(asked.document),
    forH: options.for ?? null,
    kinds: options.lose === undefined ? losable : [options.lose],
    only: options.only ?? null,
  };
  const losses = lossesOf(asked, ask);
  const varies = whatVaries(asked.document);
  const nights = varies.length === 0 ? 1 : options.nights;
  const plans = [losses.whole, ...losses.losses.map(({ plan }) => plan)];
  const { whole, costs } = await withEvaluator(
    plans,
    { threads: options.jobs, quiet: options.json ?? false, atMost: plans.length * nights },
    (evaluator) => loseEach(losses, { strategy, nights }, evaluator),
  );
  const onServers = asked.document.proxies.filter(({ server }) => server !== undefined);
  const proxiesOn = new Map(
    [...groupBy(onServers, ({ server }) => server!)].map(([server, list]) => [
      server,
      list.map(({ id }) => id),
    ]),
  );
  const answer = {
    document: losses.whole.name,
    strategy,
    selected: losses.selected,
    nights,
    varies,
    ask,
    whole,
    costs,
    caveats: [...losses.whole.caveats, ...assumedOf(asked.document)],
    proxiesOn,
  };
  const data = {
    at: ask.at,
    forH: ask.forH,
    strategy,
    nights,
    whole,
    losses: costs.map(({ loss, ...figures }) => ({ kind: loss.kind, name: loss.name, ...figures })),
  };
  say(options.json ? successJson(0, data) : resilienceText(answer));
}
