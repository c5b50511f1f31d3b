import { PaperjamError } from '../../base/errors.js';
import { EventFeed } from '../../till/api/event-feed.js';
import type { ApiFace } from '../../till/api/face.js';
import { parse } from '../../till/api/parse.js';
import { EVENTS_QUERY } from '../../till/api/schemas.js';
import { answerEvents } from './event-stream.js';
import type { OwnRoute } from './own-route.js';

/**
 * `GET /v1/events`: what the terminal shows and writes, as server-sent events, each once it is durable. A listener is cut off
 * when the journal cannot be read any more; `bug` is told of any other reason.
 */
export function eventsRoute({ readerOf }: Pick<ApiFace, 'readerOf'>, bug: (error: Error) => void): OwnRoute {
  return {
    method: 'GET',
    path: '/v1/events',
    id: 'listen',
    tag: 'journal',
    title: 'What happens, as server-sent events',
    about:
      'screen: what the display shows, the first at once; it has no id. record: one more record of the journal, with its number as id (7). sale: a sale as it stands behind that record (7.sale). With Last-Event-ID it goes on behind that event: nothing is missed and nothing comes twice, over lost connections, restarts and power cuts. A listener who does not read is cut off.',
    ofTerminal: true,
    query: EVENTS_QUERY,
    headers: { 'last-event-id': 'the last event that was heard; browsers send it by themselves' },
    head: false,
    answers: { 200: { about: 'A stream without end', type: 'text/event-stream' } },
    problems: ['PJ_JOURNAL_CHANGED'],
    serve(request, reply, { world, id }) {
      const { after } = parse(EVENTS_QUERY, request.query, 'query');
      const header = request.headers['last-event-id'];
      const lastId = (Array.isArray(header) ? header[0] : header) || after;
      const reader = readerOf(id);
      if (lastId !== undefined) EventFeed.checkId(lastId, reader);
      answerEvents(reply, ({ send, cut }) => {
        const broken = (error: Error) => {
          if (!(error instanceof PaperjamError)) bug(error);
          cut();
        };
        const feed = new EventFeed(world, reader, lastId, { send, broken });
        return { goOn: () => feed.goOn(), end: () => feed.close() };
      });
    },
  };
}
