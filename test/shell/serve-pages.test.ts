import { expect, test } from 'vitest'
import { helloChannel, servePages } from '../../main/shell/serve-pages.ts'
import { recordedLog } from '../notify/recorded-log.ts'
import { FakeContents, FakeElectron, pageMessage } from './stand-in.ts'

function setUp() {
  const fake = new FakeElectron()
  const log = recordedLog()
  const served: { client: string; port: unknown; closed: boolean }[] = []
  servePages({
    electron: fake.api,
    log,
    serve(port, client) {
      const one = { client, port, closed: false }
      served.push(one)
      return () => {
        one.closed = true
      }
    },
  })
  const hello = (...args: Parameters<typeof pageMessage>) => {
    const { event, posted } = pageMessage(...args)
    fake.ipc.emit(helloChannel, event)
    return posted
  }
  return { fake, log, served, hello }
}
const url = 'frontbell://app/index.html#/desk'

test('each page load gets one port; the other end is served', () => {
  const { fake, served, hello } = setUp()
  const page = new FakeContents()
  const posted = hello(page, url)
  expect(posted).toEqual([{ channel: 'frontbell-port', ports: [fake.ports[0]![1]] }])
  expect(served).toMatchObject([{ port: fake.ports[0]![0], closed: false }])
})

test('a reload closes the port of the load before; two windows do not disturb each other', () => {
  const { served, hello } = setUp()
  const desk = new FakeContents()
  const pop = new FakeContents()
  hello(desk, url)
  hello(pop, 'frontbell://app/index.html#/pop')
  hello(desk, url)
  expect(served.map(({ closed }) => closed)).toEqual([true, false, false])
  expect(new Set(served.map(({ client }) => client)).size).toBe(3)
  for (let load = 0; load < 30; load++) hello(desk, url)
  expect(desk.listenerCount('destroyed')).toBe(1)
  desk.emit('destroyed')
  expect(served.filter(({ closed }) => !closed)).toHaveLength(1)
})

test.each([
  ['another address', 'https://evil.example/', {}],
  ['a look-alike', 'frontbell://evil/index.html', {}],
  ['a file', 'file:///tmp/index.html', {}],
  ['a frame inside our page', url, { inFrame: true }],
  ['a frame that is gone', null, {}],
])('%s gets no port', (_what, address, options) => {
  const { fake, log, served, hello } = setUp()
  expect(hello(new FakeContents(), address, options)).toEqual([])
  expect([served, fake.ports]).toEqual([[], []])
  expect(log.lines).toMatchObject([{ level: 'warn', event: 'port-refused' }])
})
