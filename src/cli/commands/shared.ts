import { InvalidArgumentError, Option } from 'commander';
import { FACES, type Face } from '../../world/tills-config.js';

export const data = () => new Option('--data <dir>', 'where everything is kept').default('.paperjam');
export const config = () =>
  new Option('--config <file>', 'YAML configuration (default: config.yaml in the data folder, if there is one)');
export const device = () =>
  new Option('--device <profile>', 'printer profile of devices/printers, or a YAML file of your own');
export const printer = () =>
  new Option('--printer <where>', 'emulated, in-process, a serial path such as /dev/ttyUSB0, or tcp://host:port');
export const record = () =>
  new Option('--record <file>', "record every byte of the printer's line, for `paperjam replay`; the file must be new");
export const lang = () => new Option('--lang <lang>', 'language of the display').choices(['zh', 'en']);

export const terminals = () =>
  new Option('--terminals <n|file>', 'so many terminals, or a YAML file that lists what each has of its own');
export const tills = () =>
  new Option(
    '--tills <protocols>',
    `in which protocols tills are served: ${FACES.join(',')}, or none (default: all)`,
  ).argParser(faces);

function faces(text: string): Face[] {
  if (text === 'none') return [];
  return text.split(',').map((name) => {
    const face = FACES.find((one) => one === name);
    if (face !== undefined) return face;
    throw new InvalidArgumentError(`${JSON.stringify(name)} is not one of ${FACES.join(', ')}, or none`);
  });
}

function wholeIn(text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value < least || value > most)
    throw new InvalidArgumentError(`It has to be a whole number, ${least} to ${most}`);
  return value;
}

export function whole(text: string): number {
  return wholeIn(text, 0, 999_999_999);
}

export function oneAtLeast(text: string): number {
  return wholeIn(text, 1, 999_999_999);
}

export function oneOrMore(text: string): number {
  return wholeIn(text, 1, 64);
}

export function workers(text: string): number {
  return wholeIn(text, 0, 64);
}

export function port(text: string): number {
  const value = Number(text);
  if (!/^\d{1,5}$/.test(text) || value > 65_535) throw new InvalidArgumentError('It has to be a port, 0 to 65535');
  return value;
}

export function positive(text: string): number {
  const value = Number(text);
  if (!/^\d{1,6}(\.\d{1,3})?$/.test(text) || value <= 0)
    throw new InvalidArgumentError('It has to be a number above 0, up to 999999.999');
  return value;
}
