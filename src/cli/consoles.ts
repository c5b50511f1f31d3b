import type { Fleet } from '../world/fleet.js';
import type { Console } from './prompt.js';
import { errorText, foundText, type Lang } from './words.js';

/** The terminals of this program as a person at the prompt has them: all are heard, and one takes the commands. */
export class Consoles {
  readonly #consoles: readonly Console[];
  #current: Console;

  constructor(fleet: Fleet, lang: Lang, say: (text: string) => void) {
    const ids = fleet.terminals.map(({ world }) => world.merchant.terminalId);
    const terminals = { ids, use: (id: string) => this.#use(id) };
    this.#consoles = fleet.terminals.map(({ world, where: { data } }) => ({ world, data, lang, say, terminals }));
    const [first] = this.#consoles;
    if (first === undefined) throw new Error('there is one terminal at least');
    this.#current = first;
  }

  get current(): Console {
    return this.#current;
  }

  /** The displays' words, each once until they change, and why a terminal is out of service. */
  sayWhatHappens(): void {
    for (const console of this.#consoles) {
      const { world, lang, say } = console;
      let last = '';
      world.watch({
        screen: (screen) => {
          const line = `[${screen.state}] ${screen[lang]}${screen.qr === undefined ? '' : `  QR ${screen.qr}`}`;
          if (line !== last) say(`${this.#whose(console)}${line}`);
          last = line;
        },
        failed: (error) => say(`${this.#whose(console)}${errorText(error)}`),
      });
    }
  }

  sayWhatWasFound(): void {
    for (const { world, lang, say } of this.#consoles) {
      for (const line of foundText(world.terminal, lang)) say(`  found ${line}`);
    }
  }

  #use(id: string): void {
    const found = this.#consoles.find(({ world }) => world.merchant.terminalId === id);
    if (found !== undefined) this.#current = found;
  }

  #whose({ world }: Console): string {
    return this.#consoles.length === 1 ? '' : `${world.merchant.terminalId} `;
  }
}
