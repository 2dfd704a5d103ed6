import type { Desk } from '../../../main/core/desk.ts'
import type { AnswerRecording } from '../../../main/core/ports/index.ts'

/** A host without any recording. */
export const answerNoRecording: AnswerRecording = async () => ({ status: 404, headers: {}, body: null })

/** A desk without any recording. */
export const noRecordings: Desk['recordings'] = {
  async *open() {
    yield { kind: 'absent' as const }
  },
  usage: () => ({ files: 0, bytes: 0, limitBytes: 1 }),
  clear: () => ({ files: 0 }),
} as unknown as Desk['recordings']
