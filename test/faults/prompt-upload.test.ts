import { createHash } from 'node:crypto'
import { afterEach, expect, it, vi } from 'vitest'
import type { PromptStore } from '../../main/core/ports/index.ts'
import { createPromptDesk } from '../../main/core/prompts/prompt-desk.ts'
import { createUploadQueue } from '../../main/core/prompts/upload-queue.ts'
import { openSystem } from '../../main/systems/index.ts'
import { TelcrmConnection } from '../../preload/contract/index.ts'
import { telephoneFile } from '../../preload/sound/index.ts'
import { startFakeTelcrm } from '../fakes/telcrm/index.ts'
import { createTestLog, open, realClock, tempFile } from '../store/temp-store.ts'
import { startCuttingProxy } from './cutting-proxy.ts'

const toEnd: (() => unknown)[] = []
afterEach(async () => {
  for (const end of toEnd.splice(0).reverse()) await end()
})

const sound = (pitch: number) =>
  telephoneFile(Float32Array.from({ length: 240_000 }, (_one, at) => 0.4 * Math.sin(at * pitch)))
const words = { connection: 'pbx', title: '停电检修', description: '周六上午检修，电话暂停。' }

/** The program's part, on a real database, over a line that can be cut. */
async function start(file = tempFile(), running?: Awaited<ReturnType<typeof startLine>>) {
  const line = running ?? (await startLine())
  const system = await openSystem(
    TelcrmConnection.parse({ id: 'pbx', system: 'telcrm', baseUrl: line.proxy.baseUrl }),
    {
      log: createTestLog().log,
    },
  )
  const store = await open(file)
  const { prompts } = store
  const parts = programOn(prompts, async () => system.prompts!)
  await parts.queue.start()
  toEnd.push(async () => {
    parts.queue.stop()
    await system.close()
  })
  return { ...line, ...parts, store, file, prompts }
}

async function startLine() {
  const fake = await startFakeTelcrm()
  const proxy = await startCuttingProxy(fake)
  toEnd.push(
    () => fake.stop(),
    () => proxy.stop(),
  )
  return { fake, proxy }
}

function programOn(store: PromptStore, libraryOf: Parameters<typeof createUploadQueue>[0]['libraryOf']) {
  const { log } = createTestLog()
  const clock = realClock
  const nothing = () => undefined
  const waits = { lookAfterMs: [50, 150, 300], backOffMs: [100] }
  const queue = createUploadQueue({ clock, log, store, libraryOf, onChange: nothing, onListChanged: nothing, waits })
  const desk = createPromptDesk({
    ...{ clock, log, store, queue, libraryOf, onListChanged: nothing },
    digest: (bytes) => createHash('sha256').update(bytes).digest('hex'),
    author: () => '张霞',
  })
  return { queue, desk }
}

const oursOn = (fake: Awaited<ReturnType<typeof startFakeTelcrm>>) =>
  [...fake.state.sounds.tones.values()].filter(({ titel }) => titel === words.title)
const phaseOf = (queue: ReturnType<typeof createUploadQueue>, id: number) =>
  queue.list().find((one) => one.id === id)?.state.phase
const wait = { timeout: 40_000, interval: 50 }

it.each([0.1, 0.5, 0.99, 'after'] as const)(
  'R24: the line is cut at %s of the upload: the voice file is there once, whole, and confirmed',
  async (at) => {
    const { fake, proxy, queue, desk } = await start()
    const before = fake.state.sounds.tones.size
    proxy.cutNext(at)
    const { upload } = await desk.add({ ...words, sound: sound(0.3) })
    await vi.waitFor(() => expect(phaseOf(queue, upload)).toBe('confirmed'), wait)
    expect(oursOn(fake)).toHaveLength(1)
    expect(fake.state.sounds.tones.size).toBe(before + 1)
    expect(Buffer.compare(oursOn(fake)[0]!.sound, Buffer.from(sound(0.3)))).toBe(0)
    // What had arrived was found, not sent again.
    expect(proxy.posts()).toBe(at === 'after' ? 1 : 2)
  },
)

it.each([0.5, 'after'] as const)(
  'the program ends while the line is cut at %s: the next start looks before it sends',
  async (at) => {
    const first = await start()
    const { fake, proxy, file } = first
    proxy.cutNext(at)
    await first.desk.add({ ...words, sound: sound(0.3) })
    await vi.waitFor(() => expect(proxy.posts()).toBe(1), wait)
    // As after a kill: nothing more is written, "sending" or "unsure" is what the disk has.
    first.queue.stop()
    await first.store.close()

    const second = await start(file, { fake, proxy })
    const [upload] = second.queue.list()
    expect(['unsure', 'queued', 'confirmed']).toContain(upload!.state.phase)
    await vi.waitFor(() => expect(phaseOf(second.queue, upload!.id)).toBe('confirmed'), wait)
    expect(oursOn(fake)).toHaveLength(1)
  },
)

it('a replaced sound comes back byte for byte, a deleted one under a new number', async () => {
  const { fake, queue, desk } = await start()
  const done = async ({ upload }: { upload: number }) => {
    await vi.waitFor(() => expect(phaseOf(queue, upload)).toBe('confirmed'), wait)
    const state = queue.list().find(({ id }) => id === upload)!.state
    return state.phase === 'confirmed' ? state.prompt : 0
  }
  const soundOf = (id: number) => fake.state.sounds.tones.get(id)?.sound.toString('hex')
  const [one, two] = [sound(0.3), sound(0.2)].map((bytes) => Buffer.from(bytes).toString('hex'))
  const id = await done(await desk.add({ ...words, sound: sound(0.3) }))
  await done(await desk.replace({ ...words, prompt: id, sound: sound(0.2) }))
  expect(soundOf(id)).toBe(two)

  const [replaced] = (await desk.list({ connection: 'pbx' })).backups
  expect(replaced).toMatchObject({ prompt: id, reason: 'replaced', by: '张霞' })
  const back = await desk.restore({ backup: replaced!.id })
  expect(back.isNew).toBe(false)
  await done(back)
  expect(soundOf(id)).toBe(one)

  expect(await desk.remove({ connection: 'pbx', prompt: id, title: words.title })).toEqual({ backup: true })
  expect(fake.state.sounds.tones.has(id)).toBe(false)
  const [deleted] = (await desk.list({ connection: 'pbx' })).backups
  expect(deleted).toMatchObject({ prompt: id, reason: 'deleted' })
  const again = await desk.restore({ backup: deleted!.id })
  expect(again.isNew).toBe(true)
  expect(soundOf(await done(again))).toBe(one)
})

it('refuses what could not be told apart, what is no telephone sound, and what was changed elsewhere', async () => {
  const { fake, queue, desk } = await start()
  const { upload } = await desk.add({ ...words, sound: sound(0.3) })
  await vi.waitFor(() => expect(phaseOf(queue, upload)).toBe('confirmed'), wait)
  await expect(desk.add({ ...words, sound: sound(0.2) })).rejects.toMatchObject({
    code: 'conflict',
    details: { reason: 'prompt-same-words' },
  })
  await expect(desk.add({ ...words, title: '别的', sound: new Uint8Array(200) })).rejects.toMatchObject({
    code: 'bad-request',
    details: { field: 'sound' },
  })
  await expect(desk.remove({ connection: 'pbx', prompt: 2, title: '不是它' })).rejects.toMatchObject({
    details: { reason: 'prompt-changed' },
  })
  // Renamed by another desk: our copy may be of another sound, so it is no backup.
  const ours = oursOn(fake)[0]!
  ours.des = '别人改过的说明'
  const list = await desk.list({ connection: 'pbx' })
  expect(list.prompts.find(({ id }) => id === ours.id)?.copy?.isOutdated).toBe(true)
  expect(await desk.remove({ connection: 'pbx', prompt: ours.id, title: ours.titel })).toEqual({ backup: false })
})

it('a refused sound is not sent again, and says so', async () => {
  const { fake, queue, desk, proxy } = await start()
  fake.setResultStyle('body')
  fake.refuse(0, { opt: 'save' })
  const { upload } = await desk.rename({ ...words, prompt: 3 })
  await vi.waitFor(() => expect(phaseOf(queue, upload)).toBe('failed'), wait)
  expect(queue.list()[0]!.state).toMatchObject({ problem: { code: 'server-error', details: { vendorCode: '0' } } })
  expect(proxy.posts()).toBe(1)
  await desk.retryUpload({ upload })
  await vi.waitFor(() => expect(phaseOf(queue, upload)).toBe('confirmed'), wait)
  expect(fake.state.sounds.tones.get(3)).toMatchObject({ titel: words.title, des: words.description })
})
