import { Argument, type Command } from 'commander';
import { z } from 'zod';
import { documentJsonSchema } from '../../model/document/json-schema.ts';
import { suiteSchema } from '../../run/suite.ts';
import { say } from '../terminal.ts';

const schemas: Readonly<Record<string, () => unknown>> = {
  document: documentJsonSchema,
  suite: () => z.toJSONSchema(suiteSchema, { io: 'input' }),
};

export function schemaCommand(program: Command): void {
  program
    .command('schema')
    .summary('print the JSON Schema of a file format')
    .description('Prints a JSON Schema, for completion and checks in an editor.')
    .addArgument(new Argument('[format]', 'of which file').choices(Object.keys(schemas)).default('document'))
    .action((format: string) => say(JSON.stringify(schemas[format]!(), null, 2)));
}
