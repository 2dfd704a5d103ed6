import type { TelcrmConnection } from '../../../preload/contract/index.ts'
import type { CallControl, ExtensionStates, PresenceControl, TelephonySystem } from '../../core/ports/index.ts'
import type { SystemDeps } from '../deps.ts'
import { call } from '../kit/call.ts'
import { createRunner } from '../kit/runner.ts'
import { openSession, type Session } from '../kit/session.ts'
import { announcementAuth } from './auth.ts'
import { conferenceControl, thirdPartyControl, voiceMenuControl } from './conversations.ts'
import { customerImport } from './customer-import.ts'
import { telcrmErrors } from './errors.ts'
import { callHistory } from './history.ts'
import { toExtensionState } from './map.ts'
import { extnumState, setExtPresenceState } from './operations/agents.ts'
import { clickToDial, clickToHungup, clickToIpDial, clickToTransfer } from './operations/call-control.ts'
import { telcrmOperations } from './operations/index.ts'
import { telcrmRecordings } from './recordings.ts'
import { soapCallControl } from './soap-calls.ts'
import { soapCallHistory } from './soap-history.ts'
import { supervision } from './supervision.ts'

/** A 国信 telcrm PBX (manual 003): no authentication but a digest with announcements, everything over its HTTP port. */
export function openTelcrm(connection: TelcrmConnection, deps: SystemDeps): TelephonySystem {
  const { id, system, baseUrl } = connection
  const auth = announcementAuth(connection.captchaSecret, deps.now ?? Date.now)
  const session = openSession({ connection: id, system, baseUrl, errors: telcrmErrors, auth, ...deps })
  return {
    connection: id,
    system,
    address: session.base.host,
    callControl:
      connection.callControl === 'soap' ? soapCallControl(session, callControl(session)) : callControl(session),
    presenceControl: presenceControl(session),
    extensionStates: extensionStates(session),
    thirdParty: thirdPartyControl(session),
    conference: conferenceControl(session),
    voiceMenus: voiceMenuControl(session),
    supervision: supervision(session),
    customerImport: customerImport(session),
    history: connection.callLog === 'soap' ? soapCallHistory(session) : callHistory(session),
    recordings: telcrmRecordings(session),
    operations: createRunner(session, telcrmOperations),
    async check(options) {
      await call(session, extnumState, {}, options)
    },
    close: () => session.close(),
  }
}

function callControl(session: Session): CallControl {
  return {
    lines: ['fixed', 'ip'],
    async dial({ extension, number, line }, options) {
      const { text } = await call(
        session,
        line === 'ip' ? clickToIpDial : clickToDial,
        { caller: extension, callee: number },
        options,
      )
      return { clickCallId: text !== null && isId(text) ? text : null }
    },
    async hangup({ extension, number }, options) {
      await call(session, clickToHungup, { caller: extension, callee: number }, options)
    },
    async transfer({ extension, target }, options) {
      await call(session, clickToTransfer, { extension, target }, options)
    },
  }
}

function presenceControl(session: Session): PresenceControl {
  return {
    async setPresence({ extension, presence }, options) {
      await call(session, setExtPresenceState, { extension, presence }, options)
    },
  }
}

function extensionStates(session: Session): ExtensionStates {
  return {
    async list(options) {
      return (await call(session, extnumState, {}, options)).map(toExtensionState)
    },
  }
}

/** The manual promises an id but shows none (§21): one word, and not one of those that only say yes. */
function isId(text: string): boolean {
  return /^[\w@.:%=+-]{1,200}$/.test(text) && !/^(ok|success|true|null)$/i.test(text)
}
