import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';

/**
 * Builds dist/ once before the tests, where it is older than its sources: the worker and the CLI tests run the built
 * program. Types are left to `npm run check`.
 */
export default function setup(): void {
  if (existsSync(built) && statSync(built).mtimeMs > newestMs(['harness', 'strategies', 'package.json']))
    return;
  rmSync('dist', { recursive: true, force: true });
  const options = ['-p', 'tsconfig.build.json', '--noCheck', '--declaration', 'false'];
  execFileSync('node_modules/.bin/tsc', options, { stdio: 'inherit' });
}

const built = 'dist/harness/cli/main.js';

/** Folders count too: a file that is gone leaves its mark there. */
const newestMs = (paths: readonly string[]): number =>
  Math.max(
    ...paths
      .flatMap((path) => [
        path,
        ...(statSync(path).isDirectory()
          ? readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => `${path}/${name}`)
          : []),
      ])
      .map((path) => statSync(path).mtimeMs),
  );
