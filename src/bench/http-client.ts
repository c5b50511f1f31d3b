import { Agent, request } from 'node:http';

/** A till's connection: one after the other on a connection that is kept, as tills have it. */
export class HttpClient {
  readonly #url: string;
  readonly #agent: Agent;

  constructor(url: string, connections = 1) {
    this.#url = url;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Throws unless the answer has the status that is wanted. */
  async ask(method: 'GET' | 'POST', path: string, wanted: number, body?: object): Promise<string> {
    const text = body === undefined ? '' : JSON.stringify(body);
    const { status, said } = await new Promise<{ status: number | undefined; said: string }>((resolve, reject) => {
      const headers = body === undefined ? {} : { 'content-type': 'application/json' };
      const sent = request(`${this.#url}${path}`, { method, agent: this.#agent, headers }, (answer) => {
        let said = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => {
          said += part;
        });
        answer.on('end', () => resolve({ status: answer.statusCode, said }));
        answer.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(text);
    });
    if (status !== wanted) throw new Error(`${method} ${path} was answered ${status}: ${said}`);
    return said;
  }

  close(): void {
    this.#agent.destroy();
  }
}
