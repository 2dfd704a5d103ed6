import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import { WebSocketServer } from 'ws'

/**
 * The floor for everything that ends in the page: a bare WebSocket push of JSON to a page that sets attributes and text.
 * No store, no rules, no framework. `/srvlt` shows a card, `/tiles?count=N&state=S` changes every tenth of N tiles.
 */
const page = `<!doctype html><meta charset="utf-8"><title>floor</title><body><script>
const known = new Map()
function element(key, attribute, name) {
  let one = known.get(key)
  if (!one) {
    one = document.createElement('div')
    one.setAttribute(attribute, name)
    known.set(key, one)
    document.body.append(one)
  }
  return one
}
new WebSocket('ws://' + location.host).onmessage = ({ data }) => {
  const { cards = [], tiles = [] } = JSON.parse(data)
  for (const { callId, state, caller } of cards) {
    const card = element('card' + callId, 'data-call-id', callId)
    card.dataset.state = state
    card.textContent = caller + ' ' + state
  }
  for (const { extension, name, state } of tiles) {
    const tile = element('tile' + extension, 'data-testid', 'board-tile-' + extension)
    if (tile.dataset.state === state) continue
    tile.dataset.state = state
    tile.textContent = extension + ' ' + name + ' ' + state
  }
}
</script>`

const sockets = new WebSocketServer({ noServer: true })
const send = (message: object) => {
  const text = JSON.stringify(message)
  for (const socket of sockets.clients) socket.send(text)
}

const server = createServer((request, response) => {
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://floor')
  if (pathname === '/') {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(page)
    return
  }
  if (pathname === '/srvlt') {
    // About as long as one card of ours.
    const rest = 'x'.repeat(700)
    send({ cards: [{ callId: query.get('id'), state: query.get('state'), caller: query.get('caller'), rest }] })
    response.end('OK')
    return
  }
  const sentAt = performance.timeOrigin + performance.now()
  const tiles = Array.from({ length: Number(query.get('count')) }, (_, n) => {
    const state = n % 10 === 0 ? query.get('state') : 'idle'
    return {
      extension: String(801 + n),
      name: `同事${n + 1}`,
      state,
      presence: 'online',
      registered: true,
      missedCount: 0,
    }
  })
  send({ tiles })
  response.end(JSON.stringify({ sentAt }))
})
server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (webSocket) => sockets.emit('connection', webSocket, request))
})
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`),
)
process.on('SIGTERM', () => process.exit(0))
