/** The control API as a till or a QA script uses it. */
import { until } from './until.js';

/** Asks, and gives the answer's body. Anything but success is an error with what was said. */
export async function call<T = Record<string, unknown>>(
  api: string,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
): Promise<T> {
  const response = await fetch(`${api}${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text === '' ? {} : JSON.parse(text)) as T; // What the API answers is what the test is about.
}

export interface Sale {
  readonly id: string;
  readonly payment: string;
  readonly ticket: string;
}

/** Sells for ¥12.80 to an emulated customer; answered when the sale has settled, or at once. */
export function sell(api: string, { behaviour = 'pays', wait = true } = {}): Promise<Sale> {
  const body = { amount: '12.80', customer: { behaviour }, waitMs: wait ? 60_000 : 0 };
  return call<Sale>(api, 'POST', '/v1/sales', body);
}

/** Asks for the ticket again, once the printer is ready, and gives the sale when it has been printed. */
export async function reprint(api: string, id: string): Promise<Sale> {
  await until(async () => {
    const { screen } = await call<{ screen: { zh: string } }>(api, 'GET', '/healthz');
    return screen.zh === '已支付,打印机已恢复,请补打';
  }, 'the display to ask for the reprint');
  await call(api, 'POST', `/v1/sales/${id}/reprint`);
  return until(async () => {
    const sale = await call<Sale>(api, 'GET', `/v1/sales/${id}`);
    return sale.ticket === 'printed' && sale;
  }, 'the copy to be printed');
}

/** Puts a fault in; the result takes it out again. */
export async function put(
  api: string,
  fault: { fault: string; [field: string]: unknown },
): Promise<() => Promise<void>> {
  const { id } = await call<{ id: string }>(api, 'POST', '/v1/faults', fault);
  return async () => void (await call(api, 'DELETE', `/v1/faults/${id}`));
}

export interface ShownScreen {
  readonly state: string;
  readonly zh: string;
  readonly en: string;
}

/** Listens to `GET /v1/events`; `screen` gives the first screen that fits, one that was shown already included. */
export async function listen(api: string): Promise<{
  screen(fits: (screen: ShownScreen) => boolean): Promise<ShownScreen>;
  close(): Promise<void>;
}> {
  const stop = new AbortController();
  const { body } = await fetch(`${api}/v1/events`, { signal: stop.signal });
  if (body === null) throw new Error('the events have no body');
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  const shown: ShownScreen[] = [];
  let text = '';
  const read = async () => {
    const { value, done } = await reader.read();
    if (done) throw new Error(`the events ended after ${JSON.stringify(shown)}`);
    const events = `${text}${value}`.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const [, data] = /^event: screen\ndata: (.*)$/m.exec(event) ?? [];
      if (data !== undefined) shown.push(JSON.parse(data));
    }
  };
  return {
    async screen(fits) {
      let seen = 0;
      for (;;) {
        for (; seen < shown.length; seen++) {
          const screen = shown[seen];
          if (screen !== undefined && fits(screen)) return screen;
        }
        await read();
      }
    },
    async close() {
      stop.abort();
      await reader.cancel().catch(() => {});
    },
  };
}
