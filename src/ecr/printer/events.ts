import type { FastifyInstance } from 'fastify';
import type { StandalonePrinter } from '../../world/standalone-printer.js';
import { answerEvents } from '../api/event-stream.js';
import { lineView, paperView, statusView } from './views.js';

/**
 * `GET /v1/events`: what happens at the printer as server-sent events `status`, `line`, `cut` and `pulse`, from now on; the
 * first is the status as it is.
 */
export function servePrinterEvents(app: FastifyInstance, printer: StandalonePrinter): void {
  app.get('/v1/events', { exposeHeadRoute: false }, (_request, reply) => {
    answerEvents(reply, ({ send: write }) => {
      let count = 0;
      const send = (event: string, data: object) => void write({ id: String(++count), event, data });
      send('status', statusView(printer));
      const end = printer.emulated.watch({
        status: () => send('status', statusView(printer)),
        line: (line, piece) => send('line', lineView(line, piece)),
        cut: (piece) => send('cut', paperView(piece)),
        pulse: (pin, onMs) => send('pulse', { pin, onMs }),
      });
      return { end };
    });
  });
}
