import type { PhoneRecorder } from '../../core/ports/index.ts'
import { call } from '../kit/call.ts'
import type { Session } from '../kit/session.ts'
import { ivrSaveSelfRecord, selfRecord } from './operations/platform.ts'

/** Voice files spoken into a telephone. Manual 000 IVR §18, §19. */
export function phoneRecorder(session: Session): PhoneRecorder {
  return {
    async ring(number, options) {
      await call(session, selfRecord, { tel: number }, options)
    },
    async keep(path, options) {
      await call(session, ivrSaveSelfRecord, { path }, options)
    },
  }
}
