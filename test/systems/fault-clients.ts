import { readFileSync } from 'node:fs'
import type { Log, UploadFile } from '../../main/core/ports/index.ts'
import { openCloudCsSession } from '../../main/systems/cloud-cs/index.ts'
import { cloudCsOperations } from '../../main/systems/cloud-cs/operations/index.ts'
import { createSigner } from '../../main/systems/cti-realtime/auth.ts'
import { ctiRealtimeErrors } from '../../main/systems/cti-realtime/errors.ts'
import { ctiRealtimeOperations } from '../../main/systems/cti-realtime/operations/index.ts'
import { appSecretAuth } from '../../main/systems/dialback/auth.ts'
import { dialbackOperations } from '../../main/systems/dialback/operations/index.ts'
import type { Operation } from '../../main/systems/kit/operation.ts'
import { type Limits, openSession, type Session } from '../../main/systems/kit/session.ts'
import { announcementAuth } from '../../main/systems/telcrm/auth.ts'
import { telcrmErrors } from '../../main/systems/telcrm/errors.ts'
import { telcrmOperations } from '../../main/systems/telcrm/operations/index.ts'
import { digestAuth, nextSeq } from '../../main/systems/voice-openapi/auth.ts'
import { voiceOpenapiErrors } from '../../main/systems/voice-openapi/errors.ts'
import { voiceOpenapiOperations } from '../../main/systems/voice-openapi/operations/index.ts'
import {
  CloudCsConnection,
  CtiRealtimeConnection,
  DialbackConnection,
  VoiceOpenapiConnection,
} from '../../preload/contract/index.ts'
import { wsdlDocuments } from '../fakes/telcrm-soap/wsdl.ts'
import { answer, type CannedRequest } from './canned-server.ts'

/** A telephony system as the fault matrix needs it. */
interface Client {
  operations: readonly Operation[]
  open(baseUrl: string, log: Log, limits: Partial<Limits>): Session
  /** Answers what a session asks on its own. */
  helper?(request: CannedRequest): Buffer | null
}

/** What nobody may read in a log line or an error. */
export const secrets = ['s3cret-of-the-desk', 'f497ee17-9380-4a97-b55d-ef3beef16541']
/** Of the fixtures; only the user himself may see them, as values that he typed. */
export const numbers = [
  '13500000002',
  '13227841198',
  '17600106536',
  '13500001111',
  '13918000010',
  '18151600000',
  '13801138001',
]

const [password, token] = secrets as [string, string]
const now = () => 1_700_000_000_123
export const connection = 'desk'
const facts = { id: connection, baseUrl: '' }

const wsdlOf = (target: string): string | undefined => {
  const service = /^\/bridge\/services\/(\w+)\?wsdl$/.exec(target)?.[1]
  return service && wsdlDocuments('xfire', service, 'http://pbx.invalid').wsdl
}

const telcrm: Client = {
  operations: telcrmOperations,
  helper: ({ target }) => {
    const wsdl = wsdlOf(target)
    return wsdl === undefined ? null : answer(wsdl, { headers: ['Content-Type: text/xml'] })
  },
  open: (baseUrl, log, limits) =>
    openSession({
      ...{ connection, system: 'telcrm', baseUrl, errors: telcrmErrors, log, limits },
      auth: announcementAuth(password, now),
    }),
}

const ctiRealtime: Client = {
  operations: ctiRealtimeOperations,
  open(baseUrl, log, limits) {
    const settings = { ...facts, system: 'cti-realtime', baseUrl, enterpriseId: '3000001', token: password }
    const auth = createSigner(CtiRealtimeConnection.parse(settings), now)
    return openSession({ connection, system: 'cti-realtime', baseUrl, errors: ctiRealtimeErrors, auth, log, limits })
  },
}

const cloudCs: Client = {
  operations: cloudCsOperations,
  open(baseUrl, log, limits) {
    const settings = { ...facts, system: 'cloud-cs', baseUrl, clientId: 'desk', clientSecret: password }
    return openCloudCsSession(CloudCsConnection.parse(settings), { log, limits })
  },
  helper: ({ target }) =>
    target === '/oauth/token' ? answer(JSON.stringify({ access_token: token, expires_in: 7199 })) : null,
}

const dialback: Client = {
  operations: dialbackOperations,
  open(baseUrl, log, limits) {
    const settings = { ...facts, system: 'dialback', baseUrl, appSecret: password, sendAuthWithDial: true }
    const auth = appSecretAuth(DialbackConnection.parse(settings))
    return openSession({ connection, system: 'dialback', baseUrl, errors: {}, auth, log, limits })
  },
}

const voiceOpenapi: Client = {
  operations: voiceOpenapiOperations,
  open(origin, log, limits) {
    const baseUrl = `${origin}/openapi/V2.0.6`
    const settings = { ...facts, system: 'voice-openapi', baseUrl, customer: 'C2', password }
    const auth = digestAuth(VoiceOpenapiConnection.parse(settings), { now, nextSeq })
    return openSession({ connection, system: 'voice-openapi', baseUrl, errors: voiceOpenapiErrors, auth, log, limits })
  },
}

const clients: Record<string, Client> = {
  ...{ telcrm, dialback, 'cti-realtime': ctiRealtime, 'cloud-cs': cloudCs, 'voice-openapi': voiceOpenapi },
}

/** One operation of one client, and how it goes well. */
export interface Subject {
  /** Operation id, and what is special. */
  name: string
  client: Client
  described: Operation
  params: Record<string, unknown>
  /** Where a failure is said to be. */
  blamed: string
  /** The documented answer. */
  good: { body: Buffer; headers: string[] }
  /** A file goes to a sink; it streams there unless it is wrapped in a document. */
  sinks: boolean
  streams: boolean
  /** Faults happen to the WSDL, before the operation itself is sent. */
  isWsdl: boolean
  uploads: boolean
}

interface Fixture {
  params: Record<string, unknown>
  response: { contentType?: string; body?: string; base64?: string }
}

/** The operation with the parameters and the answer that its fixture shows. */
function subject(id: string, more: { name?: string; sinks?: boolean; file?: string } = {}): Subject {
  const system = Object.keys(clients).find((one) => id.startsWith(`${one}.`))!
  const client = clients[system]!
  const described = client.operations.find((one) => one.id === id)!
  const url = new URL(`../fixtures/${system}/${id.slice(system.length + 1)}.json`, import.meta.url)
  const { params, response } = JSON.parse(readFileSync(url, 'utf8')) as Fixture
  const isFile = described.response.kind === 'binary' && !described.soap
  return {
    ...{ name: more.name ?? id, client, described, blamed: id },
    params: more.file ? { ...params, [more.file]: upload } : params,
    good: {
      body: isFile ? recording : Buffer.from(response.body ?? ''),
      headers: response.contentType ? [`Content-Type: ${response.contentType}`] : [],
    },
    ...{ sinks: more.sinks ?? false, streams: more.sinks === true && !described.soap, isWsdl: false },
    uploads: more.file !== undefined,
  }
}

/** Larger than what is looked at before a file counts as one, smaller than `maxBytes`. */
const recording = Buffer.concat([
  Buffer.from('RIFF\0\0\0\0WAVEfmt ', 'latin1'),
  Buffer.from(Array.from({ length: 40_000 }, (_one, at) => (at * 7919) & 0xff)),
])

/** Larger than one piece. */
const upload: UploadFile = fileOf(200_000)

export function fileOf(size: number): UploadFile {
  const piece = Buffer.alloc(Math.min(size, 50_000), 0x55)
  return {
    ...{ name: 'menu.wav', type: 'audio/wav', size },
    async *open() {
      for (let sent = 0; sent < size; sent += piece.length) yield piece.subarray(0, size - sent)
    },
  }
}

const { helper: _token, ...withoutToken } = cloudCs

/** The token request that goes before an operation. */
function tokenBefore(id: string): Subject {
  const { blamed, good } = subject('cloud-cs.oauth-token')
  const asked = subject(id, { name: `cloud-cs.oauth-token before ${id}` })
  const helper = ({ target }: CannedRequest) => (target === '/oauth/token' ? null : answer(asked.good.body))
  return { ...asked, client: { ...withoutToken, helper }, blamed, good }
}

/** The WSDL that is read before the first call of a web service. */
function wsdlBefore(id: string): Subject {
  const asked = subject(id, { name: `the WSDL before ${id}` })
  const helper = ({ target }: CannedRequest) => (wsdlOf(target) ? null : good(asked.good))
  const wsdl = wsdlOf(`${asked.described.path}?wsdl`)!
  const good = ({ body, headers }: Subject['good']) => answer(body, { headers })
  return {
    ...{ ...asked, client: { ...telcrm, helper }, isWsdl: true },
    good: { body: Buffer.from(wsdl), headers: ['Content-Type: text/xml'] },
  }
}

export const subjects: Subject[] = [
  subject('telcrm.extnum-state'),
  subject('telcrm.click-to-dial'),
  { ...subject('telcrm.click-to-ip-captcha'), ...withoutPassword('telcrm.click-to-ip-captcha') },
  subject('telcrm.ivr-tts-call-result'),
  subject('telcrm.call-third-get-third-state'),
  subject('telcrm.file-down-by-callid', { name: 'telcrm.file-down-by-callid to a disk', sinks: true }),
  subject('telcrm.file-down-by-callid'),
  subject('telcrm.tone-file-save', { file: 'file' }),
  subject('telcrm.soap-click2call'),
  subject('telcrm.soap-list-calllog'),
  subject('telcrm.soap-voicemail-download-voice', { sinks: true }),
  wsdlBefore('telcrm.soap-click2call'),
  subject('dialback.voice-call'),
  subject('dialback.record-voice'),
  subject('dialback.recording-download', { sinks: true }),
  subject('voice-openapi.get-cdr-list'),
  subject('voice-openapi.voice-notify'),
  subject('voice-openapi.recording-download', { sinks: true }),
  subject('cti-realtime.identify-single'),
  subject('cti-realtime.ivr-get-clid'),
  subject('cti-realtime.self-record'),
  subject('cti-realtime.send-online-call-url'),
  subject('cti-realtime.export-task-queue', { sinks: true }),
  { ...subject('cloud-cs.oauth-token'), client: withoutToken },
  tokenBefore('cloud-cs.files-rename'),
  subject('cloud-cs.call-history-page'),
  subject('cloud-cs.files-rename'),
  subject('cloud-cs.files-upload', { file: 'file' }),
  subject('cloud-cs.record-download', { sinks: true }),
]

/** The digest is ours to make. */
function withoutPassword(id: string): Pick<Subject, 'params'> {
  const { password: _password, ...params } = subject(id).params
  return { params }
}
