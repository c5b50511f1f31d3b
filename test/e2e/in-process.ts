import { runProgram } from '../../src/cli/program.js';
import type { Ended } from './program.js';

/**
 * A command that is refused, or over, before it has opened anything: the same code without a process of its own, since
 * starting one is most of what it takes. Standard output and error are this process's until it is over.
 */
export async function inProcess(args: readonly string[]): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  const streams = ['stdout', 'stderr'] as const;
  const before = streams.map((name) => process[name].write);
  const { exitCode } = process;
  process.exitCode = undefined;
  for (const name of streams) {
    process[name].write = (text: string | Uint8Array) => {
      said[name] += typeof text === 'string' ? text : Buffer.from(text).toString('utf8');
      return true;
    };
  }
  try {
    await runProgram(args);
    return { code: Number(process.exitCode ?? 0), signal: null, ...said };
  } finally {
    streams.forEach((name, i) => {
      process[name].write = before[i] ?? process[name].write;
    });
    process.exitCode = exitCode;
  }
}
