// @ts-check
import { spawn } from 'node:child_process';
import { Interrupted } from './failure.mjs';

/** @type {NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program quietly. A signal that reaches this process meanwhile is handed on, and once the child is gone
 * `Interrupted` is thrown.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, limitMs?: number }} options after `limitMs` it is stopped
 * @returns {Promise<{ ok: boolean, ending: string, output: string }>} `output` is standard output and error as they came
 */
export function runQuietly(program, args, { cwd, env = process.env, limitMs = 0 }) {
  return new Promise((resolve, reject) => {
    const windowsScript = process.platform === 'win32' && program === 'npm';
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: windowsScript,
      timeout: limitMs,
    });
    let output = '';
    /** @type {NodeJS.Signals | undefined} */
    let asked;
    /** @param {NodeJS.Signals} signal */
    const handOn = (signal) => {
      asked = signal;
      child.kill(signal);
    };
    for (const signal of SIGNALS) process.on(signal, handOn);
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));

    /**
     * @param {boolean} ok
     * @param {string} ending
     */
    const end = (ok, ending) => {
      for (const signal of SIGNALS) process.off(signal, handOn);
      if (asked === undefined) resolve({ ok, ending, output });
      else reject(new Interrupted(asked));
    };
    child.on('error', (error) => end(false, error.message));
    child.on('close', (code, signal) => end(code === 0, signal ?? `exit code ${code}`));
  });
}
