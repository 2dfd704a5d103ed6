import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { AnswerRecording } from '../core/ports/index.ts'

/** Recordings for the page's player. The guard stands before every route, so the cookie was there. */
export function serveRecordings(app: Pick<FastifyInstance, 'route'>, answer: AnswerRecording): void {
  app.route({
    // HEAD comes with it.
    method: 'GET',
    url: '/recordings/:key',
    async handler(request, reply) {
      const { method, url, headers } = request
      const { status, headers: own, body } = await answer({ method, target: url, range: headers.range ?? null })
      reply.code(status).headers(own)
      return reply.send(body === null ? null : Readable.from(body, { objectMode: false }))
    },
  })
}
