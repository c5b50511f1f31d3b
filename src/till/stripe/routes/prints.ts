import { PaperjamError } from '../../../base/errors.js';
import { pictureOfPng } from '../../picture.js';
import type { Call } from '../call.js';
import type { Cloud } from '../cloud.js';
import { seconds } from '../ids.js';
import { parseMultipart } from '../multipart.js';
import { invalid, readerTrouble } from '../refusal.js';
import { FACE } from '../sales.js';
import { answered, onTheWay, show } from './readers.js';
import { ofReader, type Route } from './route.js';

/** docs.stripe.com/api/terminal/readers/print_content */
const MOST_BYTES = 100_000;

export const PRINT_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/terminal/readers/:/print_content',
    kind: 'print',
    world: ofReader,
    handle: printContent,
    files: true,
  },
];

/** Prints a picture through the terminal's driver. How that ended is told by the action. */
function printContent(cloud: Cloud, call: Call): void {
  const at = cloud.readers.get(call.id);
  const { filename, bytes } = fileOf(call);
  const { printableDots } = at.counter.world.profile.paper;
  const picture = pictureOfPng(bytes, printableDots);
  if (typeof picture === 'string') {
    throw invalid(`Invalid image: ${picture}. Allowed is a PNG, black on white, of at most ${MOST_BYTES} bytes.`, {
      param: 'image',
    });
  }
  const pageId = cloud.newId('page', call);
  onTheWay(cloud, call, at, ({ id, counter }) => {
    const document = { elements: [{ kind: 'image', ...picture }, { kind: 'cut' }] } as const;
    const { terminal } = counter.world;
    let jobId: string;
    try {
      jobId = terminal.printPage(document, { id: pageId, from: FACE });
    } catch (error) {
      // The same request once more: nothing is printed twice.
      if (error instanceof PaperjamError && error.code === 'PJ_PAGE_KNOWN') return void show(cloud, call, at);
      throw error;
    }
    // The power went as the record was written: nobody knows yet whether there is such a page.
    if (counter.world.terminal !== terminal || counter.power === 'off') throw readerTrouble('terminal_reader_timeout');
    const image = { created_at: seconds(cloud.clock.now()), filename, size: bytes.length, type: 'png' };
    const action = { type: 'print_content', jobId, image, status: 'in_progress' } as const;
    cloud.readers.setAction(id, action, answered(cloud, call, id));
  });
}

function fileOf(call: Call): { readonly filename: string; readonly bytes: Uint8Array } {
  const { headers, bytes } = call.exchange.request;
  if (bytes === undefined) {
    throw invalid('To print content send a multipart/form-data request with type=image and the file as image.', {
      code: 'parameter_missing',
      param: 'image',
    });
  }
  const parts = parseMultipart(headers['content-type'] ?? '', bytes);
  const strange = parts.find(({ name }) => name !== 'type' && name !== 'image');
  if (strange !== undefined) {
    const param = strange.name.slice(0, 60);
    throw invalid(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
  }
  const type = parts.find(({ name }) => name === 'type');
  if (type === undefined) throw invalid('Missing required param: type.', { code: 'parameter_missing', param: 'type' });
  if (Buffer.from(type.bytes).toString('utf8') !== 'image')
    throw invalid('Invalid type: must be image', { param: 'type' });
  const image = parts.find(({ name }) => name === 'image');
  if (image?.filename === undefined) {
    throw invalid('Missing required param: image.', { code: 'parameter_missing', param: 'image' });
  }
  if (image.bytes.length > MOST_BYTES) {
    throw invalid(`The image has ${image.bytes.length} bytes; at most ${MOST_BYTES} are allowed.`, { param: 'image' });
  }
  return { filename: image.filename, bytes: image.bytes };
}
