import { createServer, get } from 'node:http'
import Database from 'better-sqlite3'

/**
 * The floor for start, memory and CPU at rest: the least that could be this program. An HTTP server with a page of one
 * line, an open SQLite file, and (with an address) a poll every two seconds. Plain JavaScript, because taking types out
 * would cost more than the program.
 */
const [file, pollUrl] = process.argv.slice(2)
const database = new Database(file)
database.pragma('journal_mode = WAL')

const server = createServer((_request, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end('<!doctype html><title>floor</title><p>floor</p>')
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ port: server.address().port })}\n`))

if (pollUrl) {
  setInterval(() => {
    get(pollUrl, (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => JSON.parse(Buffer.concat(chunks).toString('utf8')))
    })
  }, 2000)
}
process.on('SIGTERM', () => process.exit(0))
