import { describe, expect, it } from 'vitest'
import type { PromptSound, PromptUpload, Store } from '../../main/core/ports/index.ts'
import { open, tempFile } from './temp-store.ts'

const at = 1_760_000_000_000
const soundOf = (mark: number, bytes = 50): PromptSound => ({
  hash: `hash-${mark}`,
  bytes: new Uint8Array(bytes).fill(mark),
  facts: { durationMs: 1000, peaks: [1, 2], lufs: -18.5, peakDb: -2, clips: 0 },
})
const upload = (over: Partial<PromptUpload> = {}): Omit<PromptUpload, 'id'> => ({
  ...{ connection: 'pbx', prompt: null, title: '停电', description: '周六', sound: 'hash-1' },
  ...{ state: { phase: 'queued', sent: 0, problem: null }, createdAt: at, createdBy: '张霞' },
  ...over,
})

async function confirmed({ prompts }: Store, prompt: number, sound: PromptSound, keepOld = true): Promise<void> {
  const id = await prompts.enqueue(upload({ prompt, sound: sound.hash }), sound)
  const state = { phase: 'confirmed', prompt, file: 'a.wav' } as const
  await prompts.confirm(id, { prompt, file: 'a.wav', at, keepOld, state })
  await prompts.dropUpload(id)
}

describe('voice files in the store', () => {
  it('an upload survives the end of the program with its state and its sound', async () => {
    const file = tempFile()
    const first = await open(file)
    const id = await first.prompts.enqueue(upload(), soundOf(1))
    const before = [{ id: 3, title: '静音', description: '', file: 'mute.wav' }]
    await first.prompts.setState(id, { phase: 'sending', sent: 1, before })
    await first.close()
    const { prompts } = await open(file)
    expect(prompts.uploads()).toEqual([{ ...upload(), id, state: { phase: 'sending', sent: 1, before } }])
    expect(Uint8Array.from(prompts.sound('hash-1')!)).toEqual(soundOf(1).bytes)
  })

  it('a confirmed sound is the copy; the one before it is a backup, unless it was not what played', async () => {
    const store = await open()
    const { prompts } = store
    await confirmed(store, 7, soundOf(1))
    expect(prompts.copies('pbx')).toMatchObject([
      { prompt: 7, sound: 'hash-1', savedBy: '张霞', facts: { lufs: -18.5 } },
    ])
    expect(prompts.backups('pbx')).toEqual([])
    await confirmed(store, 7, soundOf(2))
    expect(prompts.backups('pbx')).toMatchObject([{ prompt: 7, sound: 'hash-1', reason: 'replaced', by: '张霞' }])
    await confirmed(store, 7, soundOf(3), false)
    expect(prompts.backups('pbx')).toHaveLength(1)
    expect(prompts.copies('other')).toEqual([])
    // Nothing names the second one any more.
    expect(prompts.sound('hash-2')).toBeNull()
  })

  it('the same sound again makes no backup; other words alone keep the sound', async () => {
    const store = await open()
    const { prompts } = store
    await confirmed(store, 7, soundOf(1))
    await confirmed(store, 7, soundOf(1))
    expect(prompts.backups('pbx')).toEqual([])
    const id = await prompts.enqueue(upload({ prompt: 7, title: '新标题', sound: null }), null)
    const state = { phase: 'confirmed', prompt: 7, file: 'b.wav' } as const
    await prompts.confirm(id, { prompt: 7, file: 'b.wav', at, keepOld: true, state })
    expect(prompts.copies('pbx')).toMatchObject([{ title: '新标题', file: 'b.wav', sound: 'hash-1' }])
  })

  it('a deleted one becomes a backup', async () => {
    const store = await open()
    const { prompts } = store
    await confirmed(store, 7, soundOf(1))
    await prompts.removed('pbx', 7, { at: at + 5, by: '孙丽', keepOld: true })
    await prompts.removed('pbx', 7, { at: at + 9, by: '孙丽', keepOld: true })
    expect(prompts.copies('pbx')).toEqual([])
    const [backup, ...others] = prompts.backups('pbx')
    expect(others).toEqual([])
    expect(backup).toMatchObject({ reason: 'deleted', at: at + 5, by: '孙丽', sound: 'hash-1' })
    expect(prompts.backup(backup!.id)).toEqual(backup)
  })

  it('old backups go, then the oldest of what is too much; the newest stay', async () => {
    const store = await open()
    const { prompts } = store
    for (let mark = 1; mark <= 4; mark += 1) {
      await confirmed(store, mark, soundOf(mark, 100))
      await prompts.removed('pbx', mark, { at: at + mark, by: null, keepOld: true })
    }
    await prompts.prune(at + 2, 250)
    expect(prompts.backups('pbx').map(({ prompt }) => prompt)).toEqual([4, 3])
    expect([1, 2, 3, 4].map((mark) => prompts.sound(`hash-${mark}`) !== null)).toEqual([false, false, true, true])
  })

  it('forgets a connection, and only that', async () => {
    const store = await open()
    const { prompts } = store
    await confirmed(store, 7, soundOf(1))
    await prompts.keepCopy(
      { ...{ connection: 'demo', prompt: 1, title: 'a', description: 'b' }, file: 'x.wav', savedAt: at, savedBy: null },
      soundOf(2),
    )
    await prompts.forget('demo')
    expect(prompts.copies('demo')).toEqual([])
    expect(prompts.sound('hash-2')).toBeNull()
    expect(prompts.copies('pbx')).toHaveLength(1)
  })
})
