import type { Measurement, RunRecord } from '../record.js';

/** What a record says, by the names of its measurements. */
export class Evidence {
  readonly #measurements: ReadonlyMap<string, Measurement>;

  constructor({ phases }: RunRecord) {
    this.#measurements = new Map(
      phases.flatMap(({ measurements }) => measurements).map((one) => [one.name, one] as const),
    );
  }

  number(name: string): number | undefined {
    const value = this.#measurements.get(name)?.value;
    return typeof value === 'number' ? value : undefined;
  }

  truth(name: string): boolean | undefined {
    const value = this.#measurements.get(name)?.value;
    return typeof value === 'boolean' ? value : undefined;
  }

  words(name: string): string | undefined {
    const value = this.#measurements.get(name)?.value;
    return typeof value === 'string' ? value : undefined;
  }

  /** Bytes that were noted as `10 00 00 00`; `silence`: there were none; `undefined`: it was not measured. */
  bytes(name: string): readonly number[] | 'silence' | undefined {
    const words = this.words(name);
    if (words === undefined || words === 'silence') return words;
    const bytes = words.split(' ').map((byte) => (/^[0-9a-f]{2}$/.test(byte) ? Number.parseInt(byte, 16) : Number.NaN));
    return bytes.some(Number.isNaN) ? undefined : bytes;
  }

  /** Why there is no value by that name. */
  whyNot(name: string): string {
    const measurement = this.#measurements.get(name);
    if (measurement === undefined) return `${name} was not measured`;
    const { outcome, note, value } = measurement;
    const why = note ?? (outcome === 'SKIPPED' ? 'it was skipped' : String(value));
    return `${name}: ${why}`;
  }
}
