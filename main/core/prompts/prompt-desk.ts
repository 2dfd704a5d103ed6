import type { PromptFile, PromptUploadView } from '../../../preload/contract/index.ts'
import type { Desk } from '../desk.ts'
import { CoreError } from '../errors.ts'
import type { Clock, ListedPrompt, Log, PromptCopy, PromptLibrary, PromptSound, PromptStore } from '../ports/index.ts'
import { inspectPrompt } from './prompt-sound.ts'
import type { RunningUpload, UploadQueue } from './upload-queue.ts'
import { mayHaveArrived, stepOf } from './upload-state.ts'

/** Replaced and deleted sounds are kept so long, and so many bytes of them. */
export const backupKeepDays = 30
const backupMostBytes = 64 * 1024 * 1024
const dayMs = 24 * 3600_000
const pruneEveryMs = 3600_000

/** Without the microphone and the recording by telephone (compose/prompts.ts). */
export type PromptDesk = Omit<Desk['prompts'], 'microphone' | 'ringRecorder' | 'keepRecorded'>

/** Voice files: list, change, put back. */
export function createPromptDesk(deps: {
  clock: Clock
  log: Log
  store: PromptStore
  queue: UploadQueue
  libraryOf(connection: string): Promise<PromptLibrary>
  /** SHA-256, lower-case hex. */
  digest(bytes: Uint8Array): string | Promise<string>
  /** Who sits at this desk: a name, or null. */
  author(): string | null
  onListChanged(connection: string): void
}): PromptDesk {
  const { clock, log, store, queue } = deps

  async function listed(connection: string): Promise<ListedPrompt[]> {
    const rows = await (await deps.libraryOf(connection)).list()
    await forgetLost(connection, rows)
    return rows
  }

  /** What was deleted elsewhere: our copy of it is worth keeping. */
  async function forgetLost(connection: string, rows: readonly ListedPrompt[]): Promise<void> {
    const known = new Set(rows.map(({ id }) => id))
    for (const { prompt } of store.copies(connection))
      if (!known.has(prompt)) await store.removed(connection, prompt, { at: clock.now(), by: null, keepOld: true })
  }

  async function rowOf(connection: string, prompt: number): Promise<ListedPrompt> {
    const row = (await listed(connection)).find(({ id }) => id === prompt)
    if (!row) throw new CoreError('not-found', { connection, field: 'prompt', reason: 'prompt-gone' })
    return row
  }

  const copyOf = (connection: string, prompt: number) =>
    store.copies(connection).find((copy) => copy.prompt === prompt) ?? null

  /** Two voice files with the same words could not be told apart after a cut. */
  function refuseSame(rows: readonly ListedPrompt[], connection: string, wanted: Words, except: number | null): void {
    const isSame = (one: Words) => one.title === wanted.title && one.description === wanted.description
    const taken = rows.find((row) => row.id !== except && isSame(row))
    if (taken) throw new CoreError('conflict', { connection, field: 'title', reason: 'prompt-same-words' })
    const isWaiting = (one: RunningUpload) =>
      one.connection === connection && isUnderWay(one) && one.prompt === except && isSame(one)
    if (queue.list().some(isWaiting))
      throw new CoreError('conflict', { connection, field: 'title', reason: 'prompt-on-its-way' })
  }

  const add = (connection: string, prompt: number | null, words: Words, sound: PromptSound | null) =>
    queue.add(
      {
        ...{ connection, prompt, title: words.title, description: words.description },
        ...{ sound: sound?.hash ?? null, createdAt: clock.now(), createdBy: deps.author() },
      },
      sound,
    )

  const backupOf = (id: number) => {
    const backup = store.backup(id)
    if (!backup) throw new CoreError('not-found', { field: 'backup', reason: 'backup-gone' })
    return backup
  }

  const soundOf = (hash: string): { bytes: Uint8Array } => {
    const bytes = store.sound(hash)
    if (!bytes) throw new CoreError('not-found', { field: 'sound', reason: 'no-copy' })
    return { bytes }
  }

  let prunedMono = Number.NEGATIVE_INFINITY
  async function prune(): Promise<void> {
    if (clock.mono() - prunedMono < pruneEveryMs) return
    prunedMono = clock.mono()
    await store.prune(clock.now() - backupKeepDays * dayMs, backupMostBytes)
  }

  return {
    async list({ connection }) {
      const rows = await listed(connection)
      await prune()
      const copies = new Map(store.copies(connection).map((copy) => [copy.prompt, copy]))
      return {
        connection,
        checkedAt: clock.now(),
        prompts: rows.map((row): PromptFile => ({ ...row, copy: shown(row, copies.get(row.id)) })),
        backups: store.backups(connection).map(({ connection: _connection, sound: _sound, ...backup }) => backup),
      }
    },
    sound({ connection, prompt }) {
      const copy = copyOf(connection, prompt)
      if (!copy) throw new CoreError('not-found', { connection, field: 'prompt', reason: 'no-copy' })
      return soundOf(copy.sound)
    },
    backupSound: ({ backup }) => soundOf(backupOf(backup).sound),
    async add({ connection, title, description, sound }) {
      const inspected = await inspectPrompt(sound, deps.digest)
      refuseSame(await listed(connection), connection, { title, description }, null)
      return { upload: await add(connection, null, { title, description }, inspected) }
    },
    async replace({ connection, prompt, title, description, sound }) {
      const inspected = await inspectPrompt(sound, deps.digest)
      await rowOf(connection, prompt)
      refuseSame(await listed(connection), connection, { title, description }, prompt)
      return { upload: await add(connection, prompt, { title, description }, inspected) }
    },
    async rename({ connection, prompt, title, description }) {
      const row = await rowOf(connection, prompt)
      refuseSame(await listed(connection), connection, { title, description }, prompt)
      // The manual does not say that a changed entry keeps its sound: where we have it for certain, it goes along.
      const copy = copyOf(connection, prompt)
      const bytes = copy && !isOutdated(row, copy) ? store.sound(copy.sound) : null
      const sound = bytes && copy ? { hash: copy.sound, bytes, facts: copy.facts } : null
      return { upload: await add(connection, prompt, { title, description }, sound) }
    },
    async remove({ connection, prompt, title }) {
      const library = await deps.libraryOf(connection)
      const row = await rowOf(connection, prompt)
      if (row.title !== title) throw new CoreError('conflict', { connection, field: 'title', reason: 'prompt-changed' })
      const copy = copyOf(connection, prompt)
      const isOurs = copy !== null && !isOutdated(row, copy)
      try {
        await library.remove(prompt)
      } catch (error) {
        // It may be gone all the same: the list knows.
        const rows = await library.list().catch(() => null)
        if (!rows || rows.some(({ id }) => id === prompt)) throw error
      }
      await store.removed(connection, prompt, { at: clock.now(), by: deps.author(), keepOld: isOurs })
      log.info('prompt-removed', { connection, prompt, kept: isOurs })
      deps.onListChanged(connection)
      return { backup: isOurs }
    },
    async restore({ backup: id }) {
      const backup = backupOf(id)
      const { connection, prompt, title, description, facts } = backup
      const { bytes } = soundOf(backup.sound)
      const rows = await listed(connection)
      const isThere = backup.reason === 'replaced' && rows.some((row) => row.id === prompt)
      refuseSame(rows, connection, { title, description }, isThere ? prompt : null)
      const sound = { hash: backup.sound, bytes, facts }
      return { upload: await add(connection, isThere ? prompt : null, { title, description }, sound), isNew: !isThere }
    },
    async dropBackup({ backup }) {
      const { connection } = backupOf(backup)
      await store.dropBackup(backup)
      deps.onListChanged(connection)
    },
    cancelUpload: ({ upload }) => queue.cancel(upload),
    retryUpload: ({ upload }) => queue.retry(upload),
    dismissUpload: ({ upload }) => queue.dismiss(upload),
  }
}

interface Words {
  title: string
  description: string
}

const isUnderWay = ({ state }: RunningUpload) => stepOf(state) !== null || state.phase === 'sending'

function shown(row: ListedPrompt, copy: PromptCopy | undefined): PromptFile['copy'] {
  if (!copy) return null
  const { facts, savedAt, savedBy } = copy
  return { facts, savedAt, savedBy, isOutdated: isOutdated(row, copy) }
}

const isOutdated = (row: ListedPrompt, copy: PromptCopy) =>
  row.file !== copy.file || row.title !== copy.title || row.description !== copy.description

/** What the page sees of an upload. */
export function uploadView({
  state,
  sound: _sound,
  createdAt: _at,
  createdBy: _by,
  ...upload
}: RunningUpload): PromptUploadView {
  const { id, connection, title, progress, nextAt } = upload
  return {
    ...{ id, connection, title, progress, nextAt },
    prompt: 'prompt' in state ? state.prompt : upload.prompt,
    isNew: upload.prompt === null,
    phase: state.phase,
    problem: 'problem' in state ? state.problem : null,
    mayHaveArrived: mayHaveArrived(state),
  }
}
