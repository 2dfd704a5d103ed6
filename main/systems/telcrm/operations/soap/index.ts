import type { Operation } from '../../../kit/operation.ts'
import { soapCallrecordDownloadVoice, soapDownloadVoiceWithCallid, soapListCalllog } from './call-records.ts'
import { soapClick2call, soapClick2hungup, soapClick2ipcall, soapState4click } from './click-calls.ts'
import { soapListUnCalled, soapListWithToken, soapMakeCall, soapRemove } from './text-to-call.ts'
import { soapDeleteWithId, soapGetMails, soapGetMailsIncludePub, soapVoicemailDownloadVoice } from './voice-mails.ts'

/** The web services, manual 003 §25 to §28, in its order. */
export const telcrmSoapOperations: readonly Operation[] = [
  soapClick2call,
  soapClick2ipcall,
  soapClick2hungup,
  soapState4click,
  soapMakeCall,
  soapRemove,
  soapListWithToken,
  soapListUnCalled,
  soapGetMailsIncludePub,
  soapGetMails,
  soapVoicemailDownloadVoice,
  soapDeleteWithId,
  soapListCalllog,
  soapCallrecordDownloadVoice,
  soapDownloadVoiceWithCallid,
]
