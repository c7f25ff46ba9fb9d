import { execFileSync } from 'node:child_process';

/** Builds dist/ once before the tests: the worker and the CLI tests run the built program. */
export default function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
}
