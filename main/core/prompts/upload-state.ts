import type { Problem } from '../../../preload/contract/index.ts'
import type { ListedPrompt, PromptUpload, UploadState } from '../ports/index.ts'

/**
 * How an upload goes on. The system gives no token by which a repetition could be told from a second voice file, so what may
 * have arrived is looked for in its list before it is sent again:
 *
 *   queued → sending → saved → confirmed
 *              ↓ cut, or the program ended
 *            unsure → confirmed, when the list shows it
 *                   → queued, when it stayed away in every look
 *                   → failed, when the list shows something that cannot be told from it
 */
export type UploadEvent =
  /** The list as it is before anything is sent. */
  | { kind: 'begun'; rows: ListedPrompt[] }
  /** The system named its number. */
  | { kind: 'answered'; prompt: number }
  /** The system said no: nothing was saved. */
  | { kind: 'refused'; problem: Problem }
  /** No connection: not a byte was sent. */
  | { kind: 'unsent'; problem: Problem }
  /** Nobody knows whether it arrived. */
  | { kind: 'lost'; problem: Problem }
  | { kind: 'seen'; rows: ListedPrompt[] }
  | { kind: 'look-failed'; problem: Problem }
  /** The program was started; whatever was on its way was cut. */
  | { kind: 'restarted' }
  /** Somebody wants it no longer; what is under way is broken off. */
  | { kind: 'cancelled' }
  /** Somebody wants a failed one tried once more. */
  | { kind: 'retried' }

/** What is to be done next; null = nothing. */
export type UploadStep = 'send' | 'look' | null

/** So often the list is looked at before what was cut counts as lost: a request may be worked on after its line is gone. */
export const looksNeeded = 3
/** So often it is sent by itself. */
const sendsAllowed = 3

const ended: Problem = { code: 'cancelled', details: { reason: 'program-ended' } }
const stopped: Problem = { code: 'cancelled', details: {} }

export const newUpload: UploadState = { phase: 'queued', sent: 0, problem: null }

export function stepOf({ phase }: UploadState): UploadStep {
  if (phase === 'queued') return 'send'
  return phase === 'unsure' || phase === 'saved' ? 'look' : null
}

/** It may lie on the system already, or may get there still. */
export function mayHaveArrived(state: UploadState): boolean {
  return (
    state.phase === 'sending' ||
    state.phase === 'unsure' ||
    state.phase === 'saved' ||
    (state.phase === 'failed' && state.before !== null)
  )
}

type Wanted = Pick<PromptUpload, 'prompt' | 'title' | 'description'>

/** The state after an event; an event that has no meaning in this state changes nothing. */
export function nextUploadState(upload: Wanted, state: UploadState, event: UploadEvent): UploadState {
  switch (event.kind) {
    case 'begun':
      if (state.phase !== 'queued') return state
      if (upload.prompt !== null && !event.rows.some(({ id }) => id === upload.prompt))
        return { phase: 'failed', sent: state.sent, before: null, problem: gone }
      return { phase: 'sending', sent: state.sent + 1, before: event.rows }
    case 'answered':
      if (state.phase !== 'sending') return state
      return { ...state, phase: 'saved', prompt: event.prompt, looks: 0, problem: null }
    case 'refused':
      if (state.phase !== 'sending') return state
      return { phase: 'failed', sent: state.sent, before: null, problem: event.problem }
    case 'unsent':
      if (state.phase !== 'sending') return state
      return { phase: 'queued', sent: state.sent - 1, problem: event.problem }
    case 'lost':
      if (state.phase !== 'sending') return state
      return { ...state, phase: 'unsure', looks: 0, problem: event.problem }
    case 'restarted':
      return state.phase === 'sending' ? { ...state, phase: 'unsure', looks: 0, problem: ended } : state
    case 'look-failed':
      if (state.phase === 'queued' || state.phase === 'unsure' || state.phase === 'saved')
        return { ...state, problem: event.problem }
      return state
    case 'cancelled':
      if (state.phase === 'queued') return { phase: 'failed', sent: state.sent, before: null, problem: stopped }
      if (state.phase === 'sending' || state.phase === 'unsure')
        return { phase: 'failed', sent: state.sent, before: state.before, problem: stopped }
      return state
    case 'retried':
      if (state.phase !== 'failed') return state
      // Whoever tries an ambiguous one again has looked.
      if (state.before === null || state.problem.details.reason === ambiguous.details.reason) return newUpload
      return { phase: 'unsure', sent: 0, before: state.before, looks: 0, problem: stopped }
    case 'seen':
      if (state.phase === 'saved') return afterAnswer(state, event.rows)
      return state.phase === 'unsure' ? afterCut(upload, state, event.rows) : state
  }
}

const gone: Problem = { code: 'not-found', details: { reason: 'prompt-gone' } }
const notListed: Problem = { code: 'unexpected-response', details: { reason: 'not-listed' } }
const ambiguous: Problem = { code: 'conflict', details: { reason: 'prompt-ambiguous' } }

/** The system named a number: its list must show it. */
function afterAnswer(state: Extract<UploadState, { phase: 'saved' }>, rows: ListedPrompt[]): UploadState {
  const row = rows.find(({ id }) => id === state.prompt)
  if (row) return { phase: 'confirmed', prompt: row.id, file: row.file }
  const looks = state.looks + 1
  if (looks < looksNeeded) return { ...state, looks }
  return { phase: 'failed', sent: state.sent, before: null, problem: notListed }
}

function afterCut(upload: Wanted, state: Extract<UploadState, { phase: 'unsure' }>, rows: ListedPrompt[]): UploadState {
  const { before, sent, problem } = state
  const looks = state.looks + 1
  const again = (): UploadState => {
    if (looks < looksNeeded) return { ...state, looks }
    // What the system answered wrongly it will answer wrongly again.
    if (sent >= sendsAllowed || !isCut(problem)) return { phase: 'failed', sent, before, problem }
    return { phase: 'queued', sent, problem }
  }
  if (upload.prompt !== null) {
    const row = rows.find(({ id }) => id === upload.prompt)
    if (!row) return { phase: 'failed', sent, before: null, problem: gone }
    const old = before.find(({ id }) => id === upload.prompt)
    const isNew = !old || old.file !== row.file || old.title !== row.title || old.description !== row.description
    if (isNew && hasWords(row, upload)) return { phase: 'confirmed', prompt: row.id, file: row.file }
    // Replacing twice leaves the same as replacing once.
    return again()
  }
  const added = rows.filter((row) => !before.some((old) => isSame(old, row)))
  const ours = added.filter((row) => hasWords(row, upload))
  const [one] = ours
  if (one && ours.length === 1) return { phase: 'confirmed', prompt: one.id, file: one.file }
  // Several of our title, or a newcomer whose words may be ours garbled: somebody has to look.
  const isNewcomer = (row: ListedPrompt) => !before.some(({ id }) => id === row.id)
  if (ours.length > 1 || added.some(isNewcomer)) return { phase: 'failed', sent, before, problem: ambiguous }
  return again()
}

const isCut = ({ code, details }: Problem) =>
  code === 'timeout' || code === 'cancelled' || details.reason === 'connection-closed'

const hasWords = (row: ListedPrompt, { title, description }: Wanted) =>
  row.title === title.trim() && row.description === description.trim()

const isSame = (one: ListedPrompt, other: ListedPrompt) =>
  one.id === other.id && one.title === other.title && one.description === other.description && one.file === other.file
