import type { Statement } from './sqlite.ts'

type Sound = [hash: string, facts: string, bytes: Uint8Array]

export interface PromptWrites {
  /** Columns of `prompt_uploads` after `id`. → row id */
  'prompts.enqueue': [
    columns: [string, number | null, string, string, string | null, string, number, string | null, token: string],
    sound: Sound | null,
  ]
  'prompts.set-state': [id: number, state: string]
  /** The upload's sound becomes the copy; the copy before it a backup. */
  'prompts.confirm': [id: number, prompt: number, file: string, at: number, keepOld: number, state: string]
  'prompts.drop-upload': [id: number]
  'prompts.removed': [connection: string, prompt: number, at: number, by: string | null, keepOld: number]
  'prompts.drop-backup': [id: number]
  'prompts.prune': [before: number, mostBytes: number]
  /** Columns of `prompt_copies`. */
  'prompts.keep-copy': [columns: [string, number, string, string, string, string, number, string | null], sound: Sound]
  /** → rows dropped */
  'prompts.forget': [connection: string]
}

interface UploadRow {
  connection: string
  title: string
  description: string
  sound: string | null
  by: string | null
}

export function promptWrites(statement: (sql: string) => Statement): {
  [N in keyof PromptWrites]: (...args: PromptWrites[N]) => number
} {
  const addSound = statement('INSERT OR IGNORE INTO prompt_sounds (hash, facts, sound) VALUES (?, ?, ?)')
  const addUpload = statement(`
    INSERT INTO prompt_uploads (connection, prompt, title, description, sound, state, created_at, created_by, token)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (token) DO UPDATE SET token = excluded.token RETURNING id`).pluck()
  const setState = statement('UPDATE prompt_uploads SET state = ? WHERE id = ?')
  const upload = statement(
    'SELECT connection, title, description, sound, created_by AS by FROM prompt_uploads WHERE id = ?',
  )
  const dropUpload = statement('DELETE FROM prompt_uploads WHERE id = ?')
  const copiedSound = statement('SELECT sound FROM prompt_copies WHERE connection = ? AND prompt = ?').pluck()
  const backUp = statement(`
    INSERT INTO prompt_backups (connection, prompt, title, description, sound, reason, at, by)
    SELECT connection, prompt, title, description, sound, ?, ?, ? FROM prompt_copies WHERE connection = ? AND prompt = ?`)
  const keepCopy = statement(`
    INSERT INTO prompt_copies (connection, prompt, title, description, file, sound, saved_at, saved_by)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (connection, prompt) DO UPDATE SET title = excluded.title, description = excluded.description,
      file = excluded.file, sound = excluded.sound, saved_at = excluded.saved_at, saved_by = excluded.saved_by`)
  const rename = statement(
    'UPDATE prompt_copies SET title = ?, description = ?, file = ? WHERE connection = ? AND prompt = ?',
  )
  const dropCopy = statement('DELETE FROM prompt_copies WHERE connection = ? AND prompt = ?')
  const dropBackup = statement('DELETE FROM prompt_backups WHERE id = ?')
  const dropAged = statement('DELETE FROM prompt_backups WHERE at < ?')
  // From the newest down: what no longer fits goes.
  const dropLarge = statement(`
    DELETE FROM prompt_backups WHERE id IN (
      SELECT id FROM (SELECT b.id, sum(length(s.sound)) OVER (ORDER BY b.at DESC, b.id DESC) AS bytes
        FROM prompt_backups b JOIN prompt_sounds s ON s.hash = b.sound) WHERE bytes > ?)`)
  const dropOrphans = statement(`
    DELETE FROM prompt_sounds WHERE hash NOT IN (
      SELECT sound FROM prompt_copies UNION SELECT sound FROM prompt_backups
      UNION SELECT sound FROM prompt_uploads WHERE sound IS NOT NULL)`)
  const forgets = ['prompt_copies', 'prompt_backups', 'prompt_uploads'].map((table) =>
    statement(`DELETE FROM ${table} WHERE connection = ?`),
  )

  return {
    'prompts.enqueue'(columns, sound) {
      if (sound) addSound.run(...sound)
      return Number(addUpload.get(...columns))
    },
    'prompts.set-state': (id, state) => setState.run(state, id).changes,
    'prompts.confirm'(id, prompt, file, at, keepOld, state) {
      const row = upload.get(id) as UploadRow | undefined
      if (!row) return 0
      const { connection, title, description, sound, by } = row
      const old = copiedSound.get(connection, prompt)
      if (sound === null) rename.run(title, description, file, connection, prompt)
      else {
        if (keepOld && old !== undefined && old !== sound) backUp.run('replaced', at, by, connection, prompt)
        keepCopy.run(connection, prompt, title, description, file, sound, at, by)
      }
      return setState.run(state, id).changes
    },
    'prompts.drop-upload'(id) {
      const dropped = dropUpload.run(id).changes
      dropOrphans.run()
      return dropped
    },
    'prompts.removed'(connection, prompt, at, by, keepOld) {
      if (keepOld) backUp.run('deleted', at, by, connection, prompt)
      return dropCopy.run(connection, prompt).changes
    },
    'prompts.drop-backup'(id) {
      const dropped = dropBackup.run(id).changes
      dropOrphans.run()
      return dropped
    },
    'prompts.prune'(before, mostBytes) {
      const dropped = dropAged.run(before).changes + dropLarge.run(mostBytes).changes
      return dropped + dropOrphans.run().changes
    },
    'prompts.keep-copy'(columns, sound) {
      addSound.run(...sound)
      return keepCopy.run(...columns).changes
    },
    'prompts.forget'(connection) {
      const dropped = forgets.reduce((sum, forget) => sum + forget.run(connection).changes, 0)
      dropOrphans.run()
      return dropped
    },
  }
}
