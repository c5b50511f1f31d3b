/** A barcode reader that pushes what it read, without the line end. Nothing is checked here: the terminal validates. */
export interface Scanner {
  watch(listener: (code: string) => void): void;
}
