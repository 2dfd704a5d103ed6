import type { PromptLibrary, UploadFile } from '../../core/ports/index.ts'
import { call } from '../kit/call.ts'
import type { Session } from '../kit/session.ts'
import { toneFileDelete, toneFileQuery, toneFileSave } from './operations/tone-files.ts'

const pieceBytes = 16 * 1024

/** Voice files of the PBX. The manual has no way to fetch a sound. Manual 003 §24. */
export function telcrmPrompts(session: Session): PromptLibrary {
  return {
    async list(options) {
      const rows = await call(session, toneFileQuery, {}, options)
      return rows.map(({ id, titel, des, path }) => ({ id, title: titel, description: des ?? '', file: path ?? '' }))
    },
    async save({ id, title, description, sound }, { signal, onProgress } = {}) {
      const file = sound === null ? undefined : waveFile(sound)
      const saved = await call(
        session,
        toneFileSave,
        { id: id ?? undefined, title, description, file },
        {
          signal,
          onProgress: ({ direction, bytes, total }) => {
            if (direction === 'upload') onProgress?.({ bytes, total })
          },
        },
      )
      return saved.id
    },
    async remove(id, options) {
      await call(session, toneFileDelete, { id }, options)
    },
  }
}

/** The name is only a form field: the PBX gives the file a name of its own. */
function waveFile(sound: Uint8Array): UploadFile {
  return {
    name: 'voice.wav',
    type: 'audio/wav',
    size: sound.length,
    async *open() {
      for (let at = 0; at < sound.length; at += pieceBytes) yield sound.subarray(at, at + pieceBytes)
    },
  }
}
