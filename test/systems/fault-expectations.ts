import type { Subject } from './fault-clients.ts'
import { undocumented, unexpected, type Verdict } from './fault-scripts.ts'

const kindOf = ({ described }: Subject) => described.response.kind
export const isJson: (subject: Subject) => boolean = (subject: Subject) => kindOf(subject) === 'json'
/** SOAP, and the WSDL before it. */
const isXml = ({ described }: Subject) => described.soap !== null
export const isText = (subject: Subject) => kindOf(subject) !== 'binary'
export const own = (subject: Subject, verdicts: Record<string, Verdict>, usual: Verdict): Verdict =>
  verdicts[subject.name] ?? verdicts[subject.described.id] ?? verdicts[kindOf(subject)] ?? usual

/** A web page, whatever it claims to be. */
export const page = (subject: Subject): Verdict =>
  // The manual shows no refusal: a page means that there is no such recording.
  own(subject, { 'telcrm.file-down-by-callid': ['not-found', 'html-page'] }, unexpected('html-page'))

export const nothing = (subject: Subject): Verdict =>
  own(
    subject,
    {
      'telcrm.file-down-by-callid': ['not-found', 'empty'],
      'telcrm.tone-file-save': unexpected('empty'),
      'cti-realtime.identify-single': ['not-found', 'empty'],
      'result-code': 'ok',
      text: 'ok',
    },
    unexpected('empty'),
  )

/** 204: nothing as well, and for most commands of the PBX not one of their codes. */
export const noContent = (subject: Subject): Verdict =>
  own(
    subject,
    { 'telcrm.click-to-ip-captcha': undocumented, 'telcrm.call-third-get-third-state': undocumented },
    nothing(subject),
  )

/** Words where a document should be. The manual has a code there, as the status or as digits: then they mean nothing. */
export const words = (subject: Subject): Verdict =>
  isXml(subject)
    ? unexpected('not-xml')
    : own(
        subject,
        { 'telcrm.tone-file-save': undocumented, pairs: unexpected('not-pairs'), json: unexpected('not-json') },
        'ok',
      )

/** Words with a `=`. */
export const equation = (subject: Subject): Verdict =>
  own(
    subject,
    {
      'telcrm.ivr-tts-call-result': unexpected('missing-field', 'state'),
      'cti-realtime.identify-single': unexpected('missing-field', 'id'),
    },
    words(subject),
  )

const isXmlToo = ({ described: { id } }: Subject) => id.startsWith('cloud-cs.')
export const xml = (subject: Subject): Verdict => {
  if (subject.isWsdl) return unexpected('unreadable-wsdl')
  if (isXml(subject)) return unexpected('missing-field', 'Envelope.Body')
  return isJson(subject) && isXmlToo(subject) && subject.blamed !== 'cloud-cs.oauth-token'
    ? unexpected('not-xml')
    : equation(subject)
}

/** JSON of another shape: for the platform that also answers so about files, for the PBX that never does, for all others. */
const documentFor = (subject: Subject, verdict: Verdict, forFile: Verdict = verdict): Verdict => {
  const { id } = subject.described
  if (isJson(subject)) return verdict
  if (id === 'cloud-cs.record-download') return forFile
  const isRecording = /\.(file-down-by-callid|recording-download)$/.test(id)
  return isRecording ? unexpected('not-a-file') : words(subject)
}
const document = unexpected('wrong-field', '(document)')
export const wrongShape = (subject: Subject): Verdict =>
  isJson(subject) && subject.described.id.startsWith('voice-openapi.')
    ? unexpected('missing-field', 'result')
    : documentFor(subject, document)

/** An object without what is looked at first. */
export const otherObject = (subject: Subject): Verdict => {
  const token = subject.blamed === 'cloud-cs.oauth-token'
  const isDialback = subject.described.id.startsWith('dialback.')
  const field = isXmlToo(subject) ? (token ? 'access_token' : 'success') : isDialback ? 'meta' : 'result'
  if (subject.described.id === 'telcrm.extnum-state') return document
  return documentFor(subject, unexpected('missing-field', field))
}
export const tooDeep = (subject: Subject): Verdict => documentFor(subject, unexpected('too-deep'))
/** A failure of this operation is an object, a success anything else. */
export const deepObject = (subject: Subject): Verdict =>
  own(subject, { 'cti-realtime.send-online-call-url': unexpected('too-deep') }, tooDeep(subject))
