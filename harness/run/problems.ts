import { UserError } from '../model/errors.ts';

/** Runs it for what it finds wrong with the user's input; other errors pass through. */
export function problemsOf(check: () => unknown): readonly string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
}

/** Gathers problems over many inputs, so that the user hears of all of them at once. */
export class Problems {
  readonly #problems: string[] = [];

  /** @returns what it gives; undefined = its problems were noted */
  try<T>(read: () => T): T | undefined {
    let value: T | undefined;
    this.#problems.push(...problemsOf(() => (value = read())));
    return value;
  }

  add(problem: string): void {
    this.#problems.push(problem);
  }

  /** @throws {UserError} where there are any */
  throwIfAny(): void {
    if (this.#problems.length > 0) throw new UserError([...new Set(this.#problems)]);
  }
}
