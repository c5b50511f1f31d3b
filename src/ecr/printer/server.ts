import type { StandalonePrinter } from '../../world/standalone-printer.js';
import { type AppOptions, type ServedApp, serveApp } from '../api/app.js';
import { servePrinterEvents } from './events.js';
import { serveFaults } from './faults.js';
import { servePapers } from './papers.js';
import { statusView } from './views.js';

/**
 * The HTTP side of a printer by itself: its paper, its state, what happens to it, the faults to put in, and what a
 * person does at it: `POST /v1/button` presses the feed button, `POST /v1/tear` tears the paper off. Throws
 * `PJ_PORT_IN_USE`, `PJ_LISTEN`.
 */
export function servePrinter(
  printer: StandalonePrinter,
  options: Pick<AppOptions, 'host' | 'port' | 'bug'> = {},
): Promise<ServedApp> {
  return serveApp({ what: "printer's HTTP", ...options }, (app) => {
    app.get('/v1/status', () => statusView(printer));
    app.post('/v1/button', (_request, reply) => {
      printer.emulated.feedButton(true);
      printer.emulated.feedButton(false);
      return reply.code(204).send();
    });
    app.post('/v1/tear', (_request, reply) => {
      printer.emulated.tear();
      return reply.code(204).send();
    });
    servePapers(app, printer);
    serveFaults(app, printer);
    servePrinterEvents(app, printer);
  });
}
