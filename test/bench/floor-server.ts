import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Database from 'better-sqlite3'

/**
 * The floor: the least that can answer a committed webhook. node:http, one table, everything that arrived in the last
 * 5 ms in one transaction (WAL, synchronous=FULL), 200 after the commit. No checks, no parsing, no fold, no page.
 */
const database = new Database(process.argv[2]!)
database.pragma('journal_mode = WAL')
database.pragma('synchronous = FULL')
database.exec('CREATE TABLE inbox (id INTEGER PRIMARY KEY, received_at INTEGER NOT NULL, raw TEXT NOT NULL)')
const insert = database.prepare('INSERT INTO inbox (received_at, raw) VALUES (?, ?)')
let waiting: { raw: string; done: () => void }[] = []
const commit = database.transaction((batch: typeof waiting) => {
  for (const { raw } of batch) insert.run(Date.now(), raw)
})

const server = createServer((request, response) => {
  waiting.push({ raw: request.url ?? '', done: () => response.end('OK') })
  if (waiting.length > 1) return
  setTimeout(() => {
    const batch = waiting
    waiting = []
    commit(batch)
    for (const { done } of batch) done()
  }, 5)
})
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`),
)
process.on('SIGTERM', () => process.exit(0))
