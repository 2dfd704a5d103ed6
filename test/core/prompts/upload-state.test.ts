import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ListedPrompt, UploadState } from '../../../main/core/ports/index.ts'
import { newUpload, nextUploadState, stepOf } from '../../../main/core/prompts/upload-state.ts'

const wanted = { prompt: null, title: '停电检修', description: '周六上午检修' }
const cut = { code: 'unexpected-response', details: { reason: 'connection-closed' } } as const
const row = (id: number, title = `旧${id}`): ListedPrompt => ({
  id,
  title,
  description: `说明${id}`,
  file: `${id}.wav`,
})

/** What may befall one sending: when the line is cut, and what the system has done with it by then. */
type Fate =
  | 'fine'
  | 'unsent' // no connection
  | 'cut-before-the-end' // not everything arrived: the system throws it away
  | 'cut-after-the-end' // saved, the answer is lost
  | 'cut-and-late' // saved only after the list was looked at once more
  | 'killed-before' // the program dies, nothing arrived
  | 'killed-after' // the program dies, it was saved
  | 'refused'

/** A system that saves what arrives whole, and the machine that uploads to it, until there is nothing more to do. */
function run(fates: Fate[], looksFail: boolean[], prompt: number | null = null) {
  const upload = { ...wanted, prompt }
  const rows = [row(1), row(2)]
  let next = 3
  let late: (() => void) | null = null
  const save = () => {
    const saved = { ...upload, id: prompt ?? next++, file: `${next}-${rows.length}.wav` }
    const at = rows.findIndex(({ id }) => id === saved.id)
    const { title, description, id, file } = saved
    if (at < 0) rows.push({ id, title, description, file })
    else rows[at] = { id, title, description, file }
    return id
  }
  let state: UploadState = newUpload
  let sends = 0
  const apply = (event: Parameters<typeof nextUploadState>[2]) => {
    state = nextUploadState(upload, state, event)
  }
  for (let turn = 0; stepOf(state) !== null && turn < 60; turn += 1) {
    if (looksFail[turn]) {
      apply({ kind: 'look-failed', problem: { code: 'unreachable', details: {} } })
      continue
    }
    if (stepOf(state) === 'look') {
      apply({ kind: 'seen', rows: structuredClone(rows) })
      late?.()
      late = null
      continue
    }
    apply({ kind: 'begun', rows: structuredClone(rows) })
    if (stepOf(state) !== null || (state as UploadState).phase !== 'sending') continue
    const fate = fates[sends++] ?? 'fine'
    if (fate === 'fine') apply({ kind: 'answered', prompt: save() })
    else if (fate === 'unsent') apply({ kind: 'unsent', problem: { code: 'unreachable', details: {} } })
    else if (fate === 'refused') apply({ kind: 'refused', problem: { code: 'server-error', details: {} } })
    else {
      if (fate === 'cut-after-the-end' || fate === 'killed-after') save()
      if (fate === 'cut-and-late') late = save
      apply(fate.startsWith('killed') ? { kind: 'restarted' } : { kind: 'lost', problem: cut })
    }
  }
  return { state, rows, ours: rows.filter(({ title }) => title === wanted.title), sends }
}

const fate = fc.constantFrom<Fate[]>(
  'fine',
  'unsent',
  'cut-before-the-end',
  'cut-after-the-end',
  'cut-and-late',
  'killed-before',
  'killed-after',
  'refused',
)

describe('an upload of a new voice file', () => {
  it('is on the system at most once, whatever is cut when; and it is there exactly when it says so', () => {
    fc.assert(
      fc.property(fc.array(fate, { maxLength: 12 }), fc.array(fc.boolean(), { maxLength: 20 }), (fates, looks) => {
        const { state, ours } = run(fates, looks)
        expect(ours.length).toBeLessThanOrEqual(1)
        expect(['confirmed', 'failed']).toContain(state.phase)
        if (state.phase === 'confirmed') expect(ours.map(({ id }) => id)).toEqual([state.prompt])
        else expect(ours).toEqual([])
      }),
      { numRuns: 3000 },
    )
  })

  it('gets there in the end when the line holds', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<Fate[]>('unsent', 'cut-after-the-end'), { maxLength: 12 }), (fates) => {
        expect(run(fates, []).state.phase).toBe('confirmed')
      }),
    )
  })

  it('is doubled by a machine that sends again without looking: the test sees it', () => {
    const rows = [row(1)]
    const blind = (state: UploadState): UploadState =>
      state.phase === 'unsure' ? { phase: 'queued', sent: state.sent, problem: null } : state
    let state: UploadState = newUpload
    for (let turn = 0; turn < 2; turn += 1) {
      state = nextUploadState(wanted, state, { kind: 'begun', rows })
      rows.push({ ...wanted, id: rows.length + 1, file: `${turn}.wav` })
      state = blind(nextUploadState(wanted, state, { kind: 'lost', problem: cut }))
    }
    expect(rows.filter(({ title }) => title === wanted.title)).toHaveLength(2)
  })

  it('asks somebody to look when the list shows a newcomer that may be ours garbled', () => {
    let state = nextUploadState(wanted, newUpload, { kind: 'begun', rows: [row(1)] })
    state = nextUploadState(wanted, state, { kind: 'lost', problem: cut })
    state = nextUploadState(wanted, state, { kind: 'seen', rows: [row(1), row(2, '????')] })
    expect(state).toMatchObject({ phase: 'failed', problem: { details: { reason: 'prompt-ambiguous' } } })
    // Who tries it again has looked: it is sent against the list as it is then.
    expect(nextUploadState(wanted, state, { kind: 'retried' })).toEqual(newUpload)
  })

  it('stopped half-way, it is looked for before it is sent again', () => {
    let state = nextUploadState(wanted, newUpload, { kind: 'begun', rows: [row(1)] })
    state = nextUploadState(wanted, state, { kind: 'cancelled' })
    expect(state.phase).toBe('failed')
    state = nextUploadState(wanted, state, { kind: 'retried' })
    expect(stepOf(state)).toBe('look')
    state = nextUploadState(wanted, state, { kind: 'seen', rows: [row(1), { ...wanted, id: 7, file: '7.wav' }] })
    expect(state).toEqual({ phase: 'confirmed', prompt: 7, file: '7.wav' })
  })

  it('fails when the system says it saved it and never lists it', () => {
    let state = nextUploadState(wanted, newUpload, { kind: 'begun', rows: [] })
    state = nextUploadState(wanted, state, { kind: 'answered', prompt: 9 })
    for (let look = 0; look < 3; look += 1) state = nextUploadState(wanted, state, { kind: 'seen', rows: [] })
    expect(state).toMatchObject({ phase: 'failed', problem: { details: { reason: 'not-listed' } } })
  })
})

describe('another sound for a voice file', () => {
  it('ends with one voice file of that number, whatever is cut when', () => {
    fc.assert(
      fc.property(fc.array(fate, { maxLength: 12 }), fc.array(fc.boolean(), { maxLength: 20 }), (fates, looks) => {
        const { state, rows } = run(fates, looks, 2)
        expect(rows.map(({ id }) => id)).toEqual([1, 2])
        if (state.phase === 'confirmed') expect(rows[1]).toMatchObject({ title: wanted.title, file: state.file })
      }),
      { numRuns: 2000 },
    )
  })

  it('is not sent when the number is gone', () => {
    const state = nextUploadState({ ...wanted, prompt: 5 }, newUpload, { kind: 'begun', rows: [row(1)] })
    expect(state).toMatchObject({ phase: 'failed', problem: { code: 'not-found' } })
  })
})
