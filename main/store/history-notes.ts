import { spaced } from '../core/history/words.ts'
import type { Statement } from './sqlite.ts'

/** Notes that a log gives its calls. */
export interface NoteWrites {
  begin(): void
  set(id: number, before: string | null, note: string | null): void
  /**
   * Index what was set since `begin`. Words are written in one go at the end: a statement on another table in between makes
   * FTS5 write down what it has gathered, which costs more than all the rest.
   */
  index(): void
}

export function noteWrites(statement: (sql: string) => Statement): NoteWrites {
  const add = statement('INSERT INTO history_notes (id, note) VALUES (?, ?)')
  const drop = statement('DELETE FROM history_notes WHERE id = ?')
  const addWords = statement('INSERT INTO note_words (rowid, words) VALUES (?, ?)')
  const dropWords = statement('DELETE FROM note_words WHERE rowid = ?')
  let waiting: [id: number, note: string | null][] = []

  return {
    begin() {
      waiting = []
    },
    set(id, before, note) {
      if (before === note) return
      if (before !== null) {
        drop.run(id)
        waiting.push([id, null])
      }
      if (note === null) return
      add.run(id, note)
      waiting.push([id, note])
    },
    index() {
      for (const [id, note] of waiting) {
        if (note === null) dropWords.run(id)
        else addWords.run(id, spaced(note))
      }
      waiting = []
    },
  }
}
