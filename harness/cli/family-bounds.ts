import { families } from '../generate/families.ts';
import { type Ask, type Family, nightsOf } from '../generate/family.ts';
import { generateEstate } from '../generate/generate-estate.ts';
import { parseAsk } from '../generate/parse-ask.ts';
import { boundsOf, type BoundName, type SolveProgram } from '../measure/bounds.ts';
import { acceptDocument } from '../model/document/parse-document.ts';
import { compileNight } from '../night/compile-night.ts';

/** What may decide a night, in hours: the bounds of an estate beside each other. */
export const boundColumns = [
  'family',
  'night',
  'VMs',
  'proxies',
  'streams',
  'longest VM',
  'proxy CPU',
  'device',
  'data store',
  'server',
  'agents, links',
  'control plane',
  'streams, ports',
  'together',
  'decides',
] as const;

/** Of every family in its nights at these sizes, for cluster seed 1. @throws {UserError} for a size that is none */
export const familyBounds = (sizes: readonly number[], solve: SolveProgram | null): string[][] =>
  families.flatMap((family) =>
    nightsOf(family).flatMap((night) =>
      sizes.map((vms) => rowOf(family, { ...parseAsk(family, { vms, night }), clusterSeed: 1 }, solve)),
    ),
  );

const shown: readonly (readonly BoundName[])[] = [
  ['vm'],
  ['proxies'],
  ['device'],
  ['store'],
  ['servers'],
  ['agents', 'storage', 'links'],
  ['operations', 'connections', 'hotadds'],
  ['uplinks', 'nics', 'hbas', 'streams'],
  ['together'],
];

function rowOf(family: Family, ask: Ask, solve: SolveProgram | null): string[] {
  const estate = generateEstate(family, ask);
  const document = acceptDocument({ ...estate, vms: [...estate.vms] }, estate.name);
  const night = compileNight(document, { clusterSeed: ask.clusterSeed, nightSeed: 1 });
  const { all } = boundsOf(night, 'vm', { solve });
  const longest = (names: readonly BoundName[]) => all.find(({ name }) => names.includes(name))?.seconds ?? 0;
  const seconds = shown.map(longest);
  const largest = seconds.indexOf(Math.max(...seconds));
  return [
    family.name,
    ask.night,
    String(ask.vms),
    String(night.proxies.length),
    String(document.jobs.reduce((sum, job) => sum + job.streams, 0)),
    ...seconds.map((s) => (s / 3600).toFixed(2)),
    boundColumns[5 + largest]!,
  ];
}
