import { z } from 'zod';
import { documentSchema } from './document.ts';

/** The JSON Schema (draft 2020-12) of a document as it is written, for editors and other programs. */
export function documentJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(documentSchema, { io: 'input' });
  return { $schema, $id: 'urn:proxybench:document:1', title: 'proxybench document, version 1', ...schema };
}
