/** How a thing ended, by its colour. The word beside it says the same to those who see no colours, or a printed page. */
export type Tone = 'good' | 'near' | 'bad' | 'none' | 'broken';

export function Outcome({ tone, word }: { tone: Tone; word: string }) {
  return <span class={`outcome ${tone}`}>{word}</span>;
}
