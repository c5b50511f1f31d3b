import { z } from 'zod';

/** A schema of JSON Schema 2020-12, as OpenAPI 3.1 takes it. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Turns schemas into those of a description; what has a name is put among the components once, and referred to. */
export class SchemaBook {
  readonly components: Record<string, JsonSchema> = {};

  /** What is sent (`input`), or what is answered (`output`). */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const { $schema: _, $defs = {}, ...made } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
    for (const [name, def] of Object.entries($defs)) this.#put(name, def);
    return referring(made);
  }

  #put(name: string, schema: JsonSchema): void {
    const { id: _, ...rest } = schema;
    this.components[name] = referring(rest);
  }
}

/** The same schema, its references to where a description keeps what has a name. */
function referring(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
}

/** A field of what is sent, for a description. */
export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
  readonly about: string;
}

/** The fields of a request's body or query. A query comes as text and is described as what it becomes. */
export function fieldsOf(schema: z.ZodObject, book: SchemaBook, io: 'input' | 'output'): Field[] {
  const { properties = {} } = book.of(schema, io);
  return Object.entries(properties).flatMap(([name, field]) => {
    if (typeof field !== 'object') return [];
    const { description = '', ...rest } = field;
    const shape = schema.shape[name];
    const required = shape instanceof z.ZodType && !shape.safeParse(undefined).success;
    return [{ name, required, schema: rest, about: description }];
  });
}
