import type { Operation } from '../../kit/operation.ts'
import { extnumState, setExtPresenceState } from './agents.ts'
import {
  clickToFixedlineCaptcha,
  clickToIpCaptcha,
  getCaptchaResult,
  ivrTtsCall,
  ivrTtsCallMonitor,
  ivrTtsCallResult,
} from './announcements.ts'
import { clickToDial, clickToHungup, clickToIpDial, clickToTransfer, talkingCallerToIvr } from './call-control.ts'
import { callLogGetWithCallid, callLogQuery } from './call-log.ts'
import { conferenceCreate, conferenceJoin } from './conferences.ts'
import { contactsCreate, preorderCreate } from './customers.ts'
import { fileDownByCallid, fileDownByFilename, recordPlayerByCallid, recordPlayerByFile } from './recordings.ts'
import { telcrmSoapOperations } from './soap/index.ts'
import { callMonitor, forceHungup, forcePickup } from './supervision.ts'
import {
  callThird,
  callThirdConference,
  callThirdGetThirdState,
  callThirdResume,
  callThirdTransfer,
} from './third-party.ts'
import { toneFileDelete, toneFileQuery, toneFileSave } from './tone-files.ts'

/** Every telcrm operation, in the order of the manual. */
export const telcrmOperations: readonly Operation[] = [
  clickToDial,
  clickToIpDial,
  clickToHungup,
  clickToIpCaptcha,
  clickToFixedlineCaptcha,
  getCaptchaResult,
  clickToTransfer,
  talkingCallerToIvr,
  setExtPresenceState,
  conferenceCreate,
  conferenceJoin,
  callThird,
  callThirdResume,
  callThirdGetThirdState,
  callThirdConference,
  callThirdTransfer,
  extnumState,
  callMonitor,
  forcePickup,
  forceHungup,
  ivrTtsCall,
  ivrTtsCallResult,
  ivrTtsCallMonitor,
  contactsCreate,
  preorderCreate,
  callLogQuery,
  callLogGetWithCallid,
  fileDownByCallid,
  fileDownByFilename,
  toneFileQuery,
  toneFileSave,
  toneFileDelete,
  // §27 describes these two plain pages among its web services.
  recordPlayerByFile,
  recordPlayerByCallid,
  ...telcrmSoapOperations,
]
