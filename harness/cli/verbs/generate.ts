import { type Command, Option } from 'commander';
import { nightKinds, type NightKind, type Vm } from '../../generate/family.ts';
import { generateEstate } from '../../generate/generate-estate.ts';
import { findFamily, parseAsk } from '../../generate/parse-ask.ts';
import { linesFor } from '../../kit/document-lines.ts';
import { writeAtomicParts } from '../../run/atomic-write.ts';
import { parseCount } from '../options.ts';
import { say, tell } from '../terminal.ts';

interface Options {
  readonly vms: number;
  readonly clusterSeed: number;
  readonly night?: NightKind;
  readonly out: string;
}

export function generateCommand(program: Command): void {
  program
    .command('generate')
    .summary('make a document of a family, of any size')
    .description(
      'Makes the document of one cluster and night of a family. The same family, size and seed make the same bytes. `list families` says which families there are and what each of them asks.',
    )
    .argument('<family>', 'see `list families`')
    .requiredOption('--vms <n>', 'VMs, 10 to 1,000,000', parseCount(1_000_000))
    .requiredOption('-o, --out <file>', 'the document to write (.yaml or .json)')
    .option('--cluster-seed <s>', 'which cluster of the family', parseCount(100_000), 1)
    .addOption(
      new Option('--night <kind>', 'left out: full, where the family has full nights').choices(nightKinds),
    )
    .action((name: string, { out, clusterSeed, ...options }: Options) => {
      const family = findFamily(name);
      const ask = parseAsk(family, options);
      const format = linesFor(out);
      const estate = generateEstate(family, { ...ask, clusterSeed });
      writeAtomicParts(out, format({ ...estate, vms: watched(estate.vms, ask.vms) }));
      say(`${out}: ${estate.name}, ${estate.note}`);
    });
}

const tellEvery = 100_000;

/** Says on stderr how far a long one is. */
const watched = (vms: Iterable<Vm>, total: number): Iterable<Vm> => ({
  *[Symbol.iterator]() {
    let done = 0;
    for (const vm of vms) {
      yield vm;
      if (++done % tellEvery === 0 && done < total) tell(`${done} of ${total} VMs`);
    }
  },
});
