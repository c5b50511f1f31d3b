import { readFileSync } from 'node:fs';
import { ERRORS } from '../../../base/errors.js';
import { renderPage } from '../../../report/page.js';
import { HOOK_TYPES } from '../../../till/api/notifier.js';
import { usualStatusOf } from '../../../till/api/problem.js';
import { pathsOf, type RouteDoc, TAGS } from '../../../till/api/route.js';
import { examples } from './examples.js';
import { FieldTable, typeWords } from './fields.js';
import { type DescriptionOptions, statusWords } from './openapi.js';
import { fieldsOf, SchemaBook } from './schema.js';

let css: string | undefined;

/** The description for people: one page that needs no network and no other file. */
export function describingPage(routes: readonly RouteDoc[], { version, guarded }: DescriptionOptions): string {
  css ??= readFileSync(new URL('./page.css', import.meta.url), 'utf8');
  const book = new SchemaBook();
  const sections = Object.entries(TAGS).map(([tag, about]) => ({
    tag,
    about,
    routes: routes.filter((route) => route.tag === tag),
  }));
  const body = (
    <div class="api">
      <nav>
        <a class="top" href="#top">
          paperjam {version}
        </a>
        {sections.map(({ tag, routes: some }) => (
          <div key={tag}>
            <a class="tag" href={`#${tag}`}>
              {tag}
            </a>
            {some.map((route) => (
              <a key={route.id} href={`#${route.id}`}>
                <span class={`method ${route.method.toLowerCase()}`}>{route.method}</span>
                {shortOf(route.path)}
              </a>
            ))}
          </div>
        ))}
        <a class="tag" href="#schemas">
          what is answered
        </a>
      </nav>
      <main id="top">
        <Introduction guarded={guarded} />
        {sections.map(({ tag, about, routes: some }) => (
          <section key={tag} id={tag}>
            <h2>{about}</h2>
            {tag === 'webhooks' && (
              <p>
                Events: {HOOK_TYPES.map((type, i) => [i > 0 && ', ', <code key={type}>{type}</code>])}. A body holds{' '}
                <code>type</code>, <code>timestamp</code> and <code>data</code>, with the terminal and the sale as it
                stood.
              </p>
            )}
            {some.map((route) => operation(route, book))}
          </section>
        ))}
        <Schemas book={book} />
      </main>
    </div>
  );
  return renderPage({ title: `paperjam ${version}: the API`, css, body });
}

function Introduction({ guarded }: { guarded: boolean }) {
  return (
    <header>
      <h1>The API of the terminal</h1>
      <p>
        A payment terminal with a thermal printer that fails on purpose, and can always say whether the customer paid.
        The same for programs: <a href="/openapi.json">openapi.json</a>.
      </p>
      <ul class="rules">
        <li>
          Three facts of a sale, never mixed: <code>payment</code>, <code>ticket</code>, <code>delivery</code>. Only
          where <code>final</code> is true will the payment not change any more.
        </li>
        <li>
          No answer, or a broken one? Send the same <code>POST</code> with the same <code>Idempotency-Key</code>: it has
          its effect once, behind power cuts too, and the answer says <code>idempotency-replayed: true</code>.
        </li>
        <li>
          Errors are <code>application/problem+json</code> with a stable <code>code</code>. Besides its own, any request
          can get <code>PJ_REQUEST</code> (400, 408, 413, 414, 415, 431), <code>PJ_TOKEN</code> (401),{' '}
          <code>PJ_FORBIDDEN</code> (403), <code>PJ_RATE</code> (429) and <code>PJ_INTERNAL</code> (500); one with a key{' '}
          <code>PJ_KEY_REUSED</code> (422). Amounts are in fen or yuan, times in UTC.
        </li>
        <li>
          Of several terminals each has its paths under <code>/v1/terminals/T02/…</code>; the short ones mean the first,
          and a sale is found by its order number wherever it was made.
        </li>
        <li>
          {guarded
            ? 'Each request carries Authorization: Bearer and the token.'
            : 'It listens on this machine only and asks for no token; beyond it, it does.'}
        </li>
      </ul>
    </header>
  );
}

function operation(route: RouteDoc, book: SchemaBook) {
  const { id, method, path, title, about, query, body, answers, problems, headers = {} } = route;
  const example = examples()[id];
  const [, own] = pathsOf(route);
  return (
    <article key={id} id={id}>
      <h3>
        <span class={`method ${method.toLowerCase()}`}>{method}</span>
        <code>{path}</code>
      </h3>
      <p class="title">{title}</p>
      {about !== undefined && <p>{about}</p>}
      {own !== undefined && (
        <p class="own">
          Of one terminal: <code>{own}</code>
        </p>
      )}
      {query !== undefined && <FieldTable title="In the query" fields={fieldsOf(query, book, 'output')} />}
      {body !== undefined && <FieldTable title="In the body" fields={fieldsOf(body, book, 'input')} />}
      {Object.entries(headers).map(([name, words]) => (
        <p key={name}>
          Header <code>{name}</code>: {words}
        </p>
      ))}
      {example !== undefined && (
        <pre>
          <code>
            {curlOf(method, example.path, example.request)}
            {'\n'}
            <span class="said">
              {statusWords(example.status)}
              {example.answer === undefined ? '' : `\n${JSON.stringify(example.answer, null, 2)}`}
            </span>
          </code>
        </pre>
      )}
      <table class="answers">
        <tbody>
          {Object.entries(answers).map(([status, answer]) => (
            <tr key={status}>
              <th class="number">{status}</th>
              <td>
                {answer.about}
                {answer.schema !== undefined && [': ', typeWords(book.of(answer.schema, 'output'))]}
                {answer.type !== undefined && ` (${answer.type})`}
              </td>
            </tr>
          ))}
          {problems.length > 0 && (
            <tr class="problem">
              <th>or</th>
              <td>
                {problems.map((code) => (
                  <div key={code}>
                    <span class="figures">{usualStatusOf(code)}</span> <code>{code}</code> {ERRORS[code]}
                  </div>
                ))}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </article>
  );
}

function Schemas({ book }: { book: SchemaBook }) {
  return (
    <section id="schemas">
      <h2>What is answered</h2>
      {Object.entries(book.components)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, { description, properties = {}, required = [] }]) => (
          <article key={name} id={`schema-${name}`}>
            <h3>{name}</h3>
            {description !== undefined && <p>{description}</p>}
            <FieldTable
              fields={Object.entries(properties).flatMap(([field, schema]) =>
                typeof schema === 'object'
                  ? [{ name: field, required: required.includes(field), schema, about: schema.description ?? '' }]
                  : [],
              )}
            />
          </article>
        ))}
    </section>
  );
}

function shortOf(path: string): string {
  return path.replace(/^\/v1/, '').replaceAll(/:(\w+)/g, '{$1}');
}

function curlOf(method: string, path: string, request: unknown): string {
  const post = method === 'GET' ? '' : ` -X ${method}`;
  const url = `'http://127.0.0.1:7717${path}'`;
  if (request === undefined) return `curl -s${post} ${url}`;
  return `curl -s ${url} \\\n  -H 'content-type: application/json' \\\n  -d '${JSON.stringify(request)}'`;
}
