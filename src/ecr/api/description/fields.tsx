import type { ComponentChildren } from 'preact';
import type { Field, JsonSchema } from './schema.js';

/** The fields of a body, a query or an answer. */
export function FieldTable({ title, fields }: { title?: string; fields: readonly Field[] }) {
  if (fields.length === 0) return null;
  return (
    <table class="fields">
      {title !== undefined && <caption>{title}</caption>}
      <tbody>
        {fields.map(({ name, required, schema, about }) => (
          <tr key={name}>
            <th>
              <code>{name}</code>
              {required && <span class="required"> required</span>}
            </th>
            <td class="type">{typeWords(schema)}</td>
            <td>
              {about}
              {schema.default !== undefined && (
                <span class="default">
                  {about === '' ? '' : '; '}default <code>{JSON.stringify(schema.default)}</code>
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a value may be: `integer 0 to 120000`, `paid | not-paid`, `Sale`. */
export function typeWords(schema: JsonSchema): ComponentChildren {
  const { $ref, enum: allowed, type, items, properties, anyOf, format, minimum, maximum } = schema;
  if ($ref !== undefined) {
    const name = $ref.slice($ref.lastIndexOf('/') + 1);
    return <a href={`#schema-${name}`}>{name}</a>;
  }
  if (allowed !== undefined) return allowed.map((value) => String(value)).join(' | ');
  if (anyOf !== undefined) return joined(anyOf.map(wordsOf), ' or ');
  if (type === 'array') return ['list of ', isSchema(items) ? typeWords(items) : 'anything'];
  if (type === 'object' && properties !== undefined) {
    const fields = Object.entries(properties).map(([name, field]) => [`${name}: `, wordsOf(field)]);
    return ['{', joined(fields, ', '), '}'];
  }
  if (type === 'string') return format === 'date-time' ? 'time' : 'text';
  if (type === 'integer' || type === 'number') {
    const bounded = minimum !== undefined && maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
    return bounded && minimum >= 0 ? `${type} ${minimum} to ${maximum}` : type;
  }
  return typeof type === 'string' ? type : 'anything';
}

type Part = ComponentChildren;

function wordsOf(schema: unknown): Part {
  return isSchema(schema) ? typeWords(schema) : 'anything';
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function joined(parts: readonly Part[], between: string): Part[] {
  return parts.flatMap((part, i) => (i === 0 ? [part] : [between, part]));
}
