import { randomUUID } from 'node:crypto'
import type { PromptSoundFacts } from '../../preload/contract/index.ts'
import type {
  PromptBackup,
  PromptCopy,
  PromptSound,
  PromptStore,
  PromptUpload,
  UploadState,
} from '../core/ports/index.ts'
import type { Queries } from './queries.ts'
import type { Writer } from './writer.ts'

export type PromptReads = Pick<PromptStore, 'uploads' | 'copies' | 'backups' | 'backup' | 'sound'> & {
  isEmpty(connection: string): boolean
}

type WithText<Row extends { facts: unknown }> = Omit<Row, 'facts'> & { facts: string }

const backupColumns = 'b.id, b.connection, b.prompt, b.title, b.description, b.sound, b.reason, b.at, b.by, s.facts'

export function createPromptReads({ query }: Queries): PromptReads {
  const uploads = query<Omit<PromptUpload, 'state'> & { state: string }>(
    'prompt-uploads',
    `SELECT id, connection, prompt, title, description, sound, state, created_at AS createdAt, created_by AS createdBy
     FROM prompt_uploads ORDER BY id`,
  )
  const copies = query<WithText<PromptCopy>>(
    'prompt-copies',
    `SELECT c.connection, c.prompt, c.title, c.description, c.file, c.sound, s.facts, c.saved_at AS savedAt, c.saved_by AS savedBy
     FROM prompt_copies c CROSS JOIN prompt_sounds s ON s.hash = c.sound WHERE c.connection = ? ORDER BY c.prompt`,
  )
  const backups = query<WithText<PromptBackup>>(
    'prompt-backups',
    `SELECT ${backupColumns} FROM prompt_backups b INDEXED BY prompt_backups_by_time
     CROSS JOIN prompt_sounds s ON s.hash = b.sound WHERE b.connection = ? ORDER BY b.at DESC, b.id DESC`,
  )
  const backup = query<WithText<PromptBackup>>(
    'prompt-backup',
    `SELECT ${backupColumns} FROM prompt_backups b CROSS JOIN prompt_sounds s ON s.hash = b.sound WHERE b.id = ?`,
  )
  const sound = query<{ sound: Uint8Array }>('prompt-sound', 'SELECT sound FROM prompt_sounds WHERE hash = ?')
  const any = ['prompt_copies', 'prompt_backups'].map((table) =>
    query(`any-of-${table}`, `SELECT 1 FROM ${table} WHERE connection = ? LIMIT 1`),
  )
  return {
    uploads: () => uploads.all().map((row) => ({ ...row, state: JSON.parse(row.state) as UploadState })),
    copies: (connection) => copies.all(connection).map(withFacts),
    backups: (connection) => backups.all(connection).map(withFacts),
    backup(id) {
      const row = backup.get(id)
      return row ? withFacts(row) : null
    },
    sound: (hash) => sound.get(hash)?.sound ?? null,
    isEmpty: (connection) =>
      any.every((one) => one.get(connection) === undefined) &&
      !uploads.all().some((one) => one.connection === connection),
  }
}

/** Written by this program only (prompt-writes.ts). */
const withFacts = <Row extends { facts: string }>(row: Row) => ({
  ...row,
  facts: JSON.parse(row.facts) as PromptSoundFacts,
})

export function promptStore(reads: PromptReads, writer: Pick<Writer, 'write'>): PromptStore {
  const { isEmpty, ...rest } = reads
  const soundOf = (sound: PromptSound | null) =>
    sound && ([sound.hash, JSON.stringify(sound.facts), sound.bytes] as [string, string, Uint8Array])
  return {
    ...rest,
    enqueue: ({ connection, prompt, title, description, state, createdAt, createdBy }, sound) =>
      writer.write(
        'prompts.enqueue',
        [
          connection,
          prompt,
          title,
          description,
          sound?.hash ?? null,
          JSON.stringify(state),
          Math.round(createdAt),
          createdBy,
          randomUUID(),
        ],
        soundOf(sound),
      ),
    async setState(id, state) {
      await writer.write('prompts.set-state', id, JSON.stringify(state))
    },
    async confirm(id, { prompt, file, at, keepOld, state }) {
      await writer.write('prompts.confirm', id, prompt, file, Math.round(at), keepOld ? 1 : 0, JSON.stringify(state))
    },
    async dropUpload(id) {
      await writer.write('prompts.drop-upload', id)
    },
    async removed(connection, prompt, { at, by, keepOld }) {
      await writer.write('prompts.removed', connection, prompt, Math.round(at), by, keepOld ? 1 : 0)
    },
    async dropBackup(id) {
      await writer.write('prompts.drop-backup', id)
    },
    async prune(before, mostBytes) {
      await writer.write('prompts.prune', Math.round(before), mostBytes)
    },
    async keepCopy({ connection, prompt, title, description, file, savedAt, savedBy }, sound) {
      await writer.write(
        'prompts.keep-copy',
        [connection, prompt, title, description, file, sound.hash, Math.round(savedAt), savedBy],
        [sound.hash, JSON.stringify(sound.facts), sound.bytes],
      )
    },
    async forget(connection) {
      if (isEmpty(connection)) return
      await writer.write('prompts.forget', connection)
    },
  }
}
