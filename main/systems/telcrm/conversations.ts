import { CoreError } from '../../core/errors.ts'
import type { ConferenceControl, ThirdPartyControl, VoiceMenuControl } from '../../core/ports/index.ts'
import { call } from '../kit/call.ts'
import type { Session } from '../kit/session.ts'
import { talkingCallerToIvr } from './operations/call-control.ts'
import { conferenceCreate, conferenceJoin } from './operations/conferences.ts'
import {
  callThird,
  callThirdConference,
  callThirdGetThirdState,
  callThirdResume,
  callThirdTransfer,
} from './operations/third-party.ts'

/** Manual 003 §11 to 13. */
export function thirdPartyControl(session: Session): ThirdPartyControl {
  return {
    async call(request, options) {
      await call(session, callThird, request, options)
    },
    async state(request, options) {
      return (await call(session, callThirdGetThirdState, request, options)).state
    },
    async transfer(request, options) {
      await call(session, callThirdTransfer, request, options)
    },
    async conference(request, options) {
      await call(session, callThirdConference, request, options)
    },
    async resume(request, options) {
      await call(session, callThirdResume, request, options)
    },
  }
}

/** Manual 003 §9, §10: a conference has the number of the caller whose call it was made from. */
export function conferenceControl(session: Session): ConferenceControl {
  return {
    async create(request, options) {
      await call(session, conferenceCreate, request, options).catch(tellResources)
    },
    async join({ caller, target }, options) {
      await call(session, conferenceJoin, { conference: caller, target }, options).catch(tellResources)
    },
  }
}

/** Manual 003 §6. */
export function voiceMenuControl(session: Session): VoiceMenuControl {
  return {
    async transfer(request, options) {
      await call(session, talkingCallerToIvr, request, options)
    },
  }
}

/** 503 is documented here and means that nothing was done; any other server error leaves that open. */
function tellResources(error: unknown): never {
  if (error instanceof CoreError && error.code === 'server-error' && error.details.vendorCode === '503')
    throw new CoreError('server-error', { ...error.details, reason: 'no-resources' }, error)
  throw error
}
