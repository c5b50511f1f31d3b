import fs from 'node:fs';
import { join } from 'node:path';
import fastify from 'fastify';

/**
 * What a sale cannot do without: a server that, asked, writes so many records of so many bytes into a file, syncs each one
 * before the next, and answers as many bytes as a sale's answer has. It knows nothing of payments.
 */
export async function bareSyncs(
  folder: string,
  { syncs, recordBytes, answer }: { readonly syncs: number; readonly recordBytes: number; readonly answer: object },
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const fd = fs.openSync(join(folder, 'bare.jsonl'), 'w');
  const record = Buffer.alloc(recordBytes, 'x');
  const app = fastify();
  app.post('/v1/sales', async (_request, reply) => {
    for (let n = 0; n < syncs; n++) {
      fs.writeSync(fd, record);
      await new Promise<void>((done, fail) => fs.fdatasync(fd, (error) => (error ? fail(error) : done())));
    }
    return reply.code(201).send(answer);
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    async close() {
      await app.close();
      fs.closeSync(fd);
    },
  };
}
