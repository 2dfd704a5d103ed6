import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Answers every request with the states of 24 extensions, as fast as Node can. */
const rows = Array.from({ length: 24 }, (_, n) => ({
  ...{ telNum: String(801 + n), userName: `同事${n + 1}`, telRegState: 1, phoneType: 'x', state: 'IDEL' },
  ...{ presence: 'online', missingCallCount: 0 },
}))
const body = Buffer.from(JSON.stringify(rows))
const headers = { 'Content-Type': 'application/json', 'Content-Length': body.length }
const server = createServer((_request, response) => {
  response.writeHead(200, headers)
  response.end(body)
})
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`)
})
