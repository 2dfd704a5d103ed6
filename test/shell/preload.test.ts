import { EventEmitter } from 'node:events'
import { fileURLToPath } from 'node:url'
import { runInNewContext } from 'node:vm'
import { build } from 'vite'
import { beforeAll, expect, test } from 'vitest'

const entry = fileURLToPath(new URL('../../preload/index.ts', import.meta.url))
let code = ''

/** The script as it is shipped: bundled to CommonJS, Electron left outside. */
beforeAll(async () => {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      ssr: entry,
      rollupOptions: { external: ['electron'], output: { format: 'cjs' } },
    },
  })
  const output = Array.isArray(built) ? built[0]! : built
  if (!('output' in output)) throw new Error('no output')
  code = output.output[0].code
})

function load(options: { argv?: string[]; readyState?: string } = {}) {
  const ipc = new EventEmitter()
  const sent: unknown[][] = []
  const posted: unknown[][] = []
  const exposed: Record<string, Record<string, (...args: unknown[]) => void>> = {}
  let onLoad = () => {}
  const electron = {
    ipcRenderer: { once: ipc.once.bind(ipc), on: ipc.on.bind(ipc), send: (...args: unknown[]) => sent.push(args) },
    contextBridge: { exposeInMainWorld: (name: string, value: Record<string, () => void>) => (exposed[name] = value) },
  }
  runInNewContext(code, {
    require: (name: string) => {
      if (name !== 'electron') throw new Error(`a sandboxed preload cannot load ${name}`)
      return electron
    },
    exports: {},
    module: { exports: {} },
    process: { argv: options.argv ?? [] },
    document: { readyState: options.readyState ?? 'loading' },
    window: {
      addEventListener: (_name: string, run: () => void) => (onLoad = run),
      postMessage: (...args: unknown[]) => posted.push(args),
    },
  })
  return { ipc, sent, posted, exposed, load: () => onLoad() }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('asks for the port and hands it to the page once that is loaded', async () => {
  const page = load()
  expect(page.sent).toEqual([['frontbell-hello']])
  const port = {}
  page.ipc.emit('frontbell-port', { ports: [port] })
  await settled()
  expect(page.posted).toEqual([])
  page.load()
  await settled()
  expect(page.posted).toEqual([['frontbell-port', '*', [port]]])
  expect((page.posted[0]![2] as unknown[])[0]).toBe(port)
})

test('a page that is loaded already gets it at once, and only once', async () => {
  const page = load({ readyState: 'complete' })
  page.ipc.emit('frontbell-port', { ports: [{}] })
  page.ipc.emit('frontbell-port', { ports: [{}] })
  await settled()
  expect(page.posted).toHaveLength(1)
})

test('the desk page gets nothing else; the pop page two functions, which send a number and a yes or no', () => {
  expect(load().exposed).toEqual({})
  const pop = load({ argv: ['electron', '--frontbell-surface=pop'] })
  expect(Object.keys(pop.exposed)).toEqual(['frontbellPop'])
  expect(Object.keys(pop.exposed.frontbellPop!)).toEqual(['resize', 'typing'])
  pop.exposed.frontbellPop!.resize!('180')
  pop.exposed.frontbellPop!.resize!({ evil: true })
  pop.exposed.frontbellPop!.typing!(true)
  pop.exposed.frontbellPop!.typing!('yes')
  expect(pop.sent.slice(1)).toEqual([
    ['frontbell-pop-height', 180],
    ['frontbell-pop-height', Number.NaN],
    ['frontbell-pop-typing', true],
    ['frontbell-pop-typing', false],
  ])
})
