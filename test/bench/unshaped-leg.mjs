import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// node test/bench/unshaped-leg.mjs SCRATCH OUT
//
// Real files on this machine's disk, nothing held back. First the curve: MB/s of 1, 2, 4 and 8 streams. It goes into a
// document, whose night is simulated, then run. SCRATCH is on the disk that is meant, has room for some GB, and is emptied.

const [scratch, out] = process.argv.slice(2);
const main = new URL('../../dist/harness/cli/main.js', import.meta.url).pathname;
const strategies = ['priority-list', 'vsa-static', 'least-loaded'];
const plenty = 1e6;

const cli = (...args) =>
  execFileSync(process.execPath, [main, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 });
const times = (count, make) => Array.from({ length: count }, (_, i) => make(i));

/** One disk, one store; every proxy has so many streams. */
function documentOf(name, { sizesMB, proxies, streamsEach, disk, capMBps }) {
  return {
    proxybench: 1,
    name,
    sites: [{ id: 'here' }],
    devices: [
      {
        id: 'disk',
        media: 'flash',
        attachment: { kind: 'san', site: 'here', zones: ['zone'] },
        ...disk,
      },
    ],
    stores: [{ id: 'store', device: 'disk', maxOpenSnapshots: null }],
    servers: [
      {
        id: 'server',
        site: 'here',
        uplinkMBps: plenty,
        networkReadMBps: plenty,
        networkConnections: null,
        stores: ['store'],
      },
    ],
    vms: sizesMB.map((usedMB, i) => ({
      key: `vm-${i}`,
      server: 'server',
      writeMBps: 0,
      disks: [{ store: 'store', allocatedMB: usedMB, usedMB }],
    })),
    proxies: times(proxies, (i) => ({
      id: `proxy-${i}`,
      site: 'here',
      sanZones: ['zone'],
      nicMBps: plenty,
      cpus: 16,
      ramMB: 64_000,
      hbaMBps: plenty,
      fullMBpsPerCore: plenty,
      maxStreams: streamsEach,
    })),
    agents: [{ id: 'agent', site: 'here', nicMBps: plenty, maxStreams: 100, storage: 'vault' }],
    secondaryStorage: [{ id: 'vault', writeMBps: plenty }],
    policies: [{ id: 'policy', agents: ['agent'], dataReduction: 1 }],
    jobs: [{ id: 'job', policy: 'policy', streams: proxies * streamsEach }],
    streamCaps: { sanMBps: capMBps, localMBps: capMBps, networkMBps: capMBps, complexMBps: capMBps },
    overheads: {
      snapshotCreateS: 0,
      snapshotRemoveS: 0,
      snapshotCommitMBps: plenty,
      attachS: 0,
      detachS: 0,
      connectS: 0,
      disconnectS: 0,
      cleanUpS: 0,
    },
  };
}

function write(document) {
  const path = join(scratch, `${document.name}.json`);
  writeFileSync(path, JSON.stringify(document));
  return path;
}

/** @returns the rows that `emulate` prints with --json */
function emulate(path, folder, names) {
  const data = join(scratch, 'data');
  const args = ['--unshaped', '--data', data, '--prepare', '--progress', 'none', '--json'];
  const printed = cli('emulate', path, '-o', folder, ...names.flatMap((name) => ['-s', name]), ...args);
  rmSync(data, { recursive: true, force: true });
  rmSync(join(folder, 'files'), { recursive: true, force: true });
  return JSON.parse(printed).data;
}

/** So many streams, two files for each: MB/s of all. */
function rateOf(streams) {
  const sizesMB = times(Math.max(6, 2 * streams), () => 160);
  const disk = { readMBps: plenty };
  const name = `curve-${streams}`;
  const path = write(documentOf(name, { sizesMB, proxies: streams, streamsEach: 1, disk, capMBps: plenty }));
  const { rows } = emulate(path, join(scratch, name), ['least-loaded']);
  return { streams, MBps: (sizesMB.length * 160) / rows[0].metrics.makespan_s };
}

/** 1 / MBps = (1 + loss * (n - 1)) / capacity: a line in n - 1, by least squares over more than one stream. */
function fit(curve) {
  const points = curve
    .filter(({ streams }) => streams > 1)
    .map(({ streams, MBps }) => [streams - 1, 1 / MBps]);
  const mean = (of) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(([n]) => n), mean(([, s]) => s)];
  const slope = mean(([n, s]) => (n - x) * (s - y)) / mean(([n]) => (n - x) ** 2);
  const loss = Math.max(0, slope);
  const perMB = loss === 0 ? y : y - loss * x;
  return {
    disk: { readMBps: 1 / perMB, lossPerStream: loss / perMB, efficiencyFloor: 0.05 },
    capMBps: curve[0].MBps,
  };
}

rmSync(scratch, { recursive: true, force: true });
mkdirSync(scratch, { recursive: true });
const curve = [1, 2, 4, 8].map(rateOf);
const fitted = fit(curve);
const sizesMB = times(60, (i) => 20 + ((i * 37) % 60) ** 2 / 10);
const path = write(documentOf('unshaped', { sizesMB, proxies: 4, streamsEach: 2, ...fitted }));
const [simulated, emulated] = ['simulated', 'emulated'].map((name) => join(scratch, name));
cli('run', path, '-o', simulated, ...strategies.flatMap((name) => ['-s', name]), '--progress', 'none');
emulate(path, emulated, strategies);
const text = cli('compare', simulated, emulated);
mkdirSync(out, { recursive: true });
const lines = curve.map(({ streams, MBps }) => `${streams} streams: ${MBps.toFixed(1)} MB/s`);
const { disk, capMBps } = fitted;
writeFileSync(
  join(out, 'unshaped.txt'),
  `${[
    ...lines,
    `fitted: ${disk.readMBps.toFixed(1)} MB/s, loss per stream ${disk.lossPerStream.toFixed(4)}, one stream ${capMBps.toFixed(1)} MB/s`,
    '',
    text.replace(/\nCharts: .*/u, ''),
  ].join('\n')}`,
);
rmSync(scratch, { recursive: true, force: true });
