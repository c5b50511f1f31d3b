/**
 * The built program as a user runs it: a child process over real files, sockets and pseudo-terminals. Waiting is always
 * for something that happens; nothing here sleeps to let things happen.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { until } from './until.js';

export const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** How a program ended, and all that it has said. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  /** `nothing` is `</dev/null`; `open` a pipe that `type` writes to. Default `nothing`. */
  readonly stdin?: 'nothing' | 'open';
  /** Runs it from a shell line in which `"$@"` stands for the program: `ulimit -f 100; exec "$@"`. */
  readonly shell?: string;
  /** An open terminal device that is its standard input and output; what it says is then to be read at the other side. */
  readonly terminal?: number;
  /** Where it makes folders that it needs for a while. Default: where everybody does. */
  readonly tmp?: string;
}

const running = new Set<Program>();

/** A program that runs. `killStrays` ends those that a failed test has left. */
export class Program {
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  #stdout = '';
  #stderr = '';
  #over: Ended | undefined;

  constructor(args: readonly string[], { stdin = 'nothing', shell, terminal, tmp }: ProgramOptions = {}) {
    const command = [process.execPath, MAIN, ...args];
    const [file = '', ...rest] = shell === undefined ? command : ['sh', '-c', shell, 'sh', ...command];
    const input = terminal ?? (stdin === 'open' ? 'pipe' : 'ignore');
    this.#child = spawn(file, rest, {
      stdio: [input, terminal ?? 'pipe', 'pipe'],
      env: tmp === undefined ? process.env : { ...process.env, TMPDIR: tmp },
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    running.add(this);
    this.ended = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => {
        running.delete(this);
        this.#over = { code, signal, stdout: this.#stdout, stderr: this.#stderr };
        resolve(this.#over);
      });
    });
  }

  get pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error('the program was never begun');
    return pid;
  }

  /** All that it has said so far. */
  get stdout(): string {
    return this.#stdout;
  }

  /** The words, as soon as it has said them; they may have been said already, but not before `from`. */
  says(pattern: RegExp, from = 0): Promise<RegExpExecArray> {
    return until(
      () => {
        const found = pattern.exec(this.#stdout.slice(from));
        if (found === null && this.#over !== undefined) throw new Error(`it ended, ${this.#unsaid(pattern)}`);
        return found;
      },
      () => `it to say: ${this.#unsaid(pattern)}`,
    );
  }

  #unsaid(pattern: RegExp): string {
    return `it has not said ${pattern}, but:\n${this.#stdout}${this.#stderr}`;
  }

  /** The address of its control API, as soon as it is ready. */
  async api(): Promise<string> {
    await this.says(/^ready in /m);
    return (await this.says(/^ {2}control {3}(http:\S+)$/m))[1] ?? '';
  }

  /** A line on its standard input. */
  type(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  /** Types a line, and waits until it has said the words to it. */
  ask(line: string, pattern: RegExp): Promise<RegExpExecArray> {
    const from = this.#stdout.length;
    this.type(line);
    return this.says(pattern, from);
  }

  /** Closes its standard output from outside, as `| head -1` does. */
  stopReading(): void {
    this.#child.stdout?.destroy();
  }

  signal(signal: NodeJS.Signals): Promise<Ended> {
    if (this.#over === undefined) process.kill(this.pid, signal);
    return this.ended;
  }

  /** `kill -9`: nothing of it runs any more. */
  kill(): Promise<Ended> {
    return this.signal('SIGKILL');
  }

  /** The same without waiting, and no matter if it is gone already. */
  abandon(): void {
    this.#child.kill('SIGKILL');
  }
}

// Also when the tests themselves are broken off.
process.once('exit', () => {
  for (const program of running) program.abandon();
});

export async function killStrays(): Promise<void> {
  await Promise.all([...running].map((program) => program.kill()));
}
