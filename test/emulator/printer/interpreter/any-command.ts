import fc from 'fast-check';
import { type Command, prefixOf } from '../../../../src/emulator/printer/interpreter/command.js';
import { COMMANDS } from '../../../../src/emulator/printer/interpreter/table.js';

/** Commands whose first bytes are a length: kept short, so that a stream holds many commands. */
const LENGTHS = /^(?:GS|ESC|FS) \(|^GS 8 L$/;
const LONGEST = 300;

/** Functions that say more than random bytes would find, for commands with a length. */
const FUNCTIONS = [
  [48, 48],
  [48, 50],
  [48, 64, 75, 67],
  [48, 67, 48, 65, 66, 1, 8, 0, 1, 0, 49, 170],
  [48, 69, 65, 66, 1, 1],
  [48, 83, 48, 65, 66, 1, 8, 0, 1, 0, 49, 170],
  [48, 85, 65, 66, 2, 1],
  [48, 112, 48, 1, 1, 49, 8, 0, 2, 0, 255, 129],
  [0, 49, 0, 65, 66, 1, 2],
  [0, 50, 0, 65, 66],
  [0, 53, 0],
  [1, 73, 78],
  [2, 79, 85, 84],
  [4, 1],
  [1, 1],
  [2, 1],
  [3, 1],
  [48, 2],
  [48, 1],
  [60, 0, 20],
  [0, 2],
  [0, 3],
  [48, 48, 65, 66, 67, 68],
  [49, 67, 4],
  [49, 80, 48, 65, 66],
  [49, 81, 48],
]; // prettier-ignore

/** A command of the table with arguments of the right length, whatever they say. */
export const ANY_COMMAND: fc.Arbitrary<Buffer> = fc
  .tuple(
    fc.constantFrom(...COMMANDS),
    fc.uint8Array({ minLength: 24, maxLength: 48 }),
    fc.constantFrom(...FUNCTIONS),
    fc.boolean(),
  )
  .map(([command, noise, fn, meant]) => {
    const prefix = prefixOf(command.name);
    if (!LENGTHS.test(command.name)) return Buffer.from([...prefix, ...argumentsOf(command, noise)]);
    const parameters = meant ? fn : [...noise.subarray(0, 12)];
    const length = command.name === 'GS 8 L' ? [parameters.length, 0, 0, 0] : [parameters.length, 0];
    return Buffer.from([...prefix, ...length, ...parameters]);
  });

/** As many bytes as the command wants; small ones first, if it wants very many. */
function argumentsOf(command: Command, noise: Uint8Array): number[] {
  for (const most of [255, 3, 1, 0]) {
    const args = new Uint8Array(2 * LONGEST);
    for (let at = 0; at < args.length; at++) args[at] = Math.min(noise[at % noise.length] ?? 0, at < 8 ? most : 255);
    let need = 0;
    for (;;) {
      const next: number = typeof command.size === 'number' ? command.size : command.size(args, need);
      if (next <= need) break;
      need = next;
      if (need > LONGEST) break;
    }
    const total = need + (need > LONGEST ? 0 : (command.body?.length(args) ?? 0));
    if (total <= LONGEST) return [...args.subarray(0, total)];
  }
  return [];
}
