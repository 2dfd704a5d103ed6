import { answer } from './canned-server.ts'
import { numbers, type Subject } from './fault-clients.ts'
import {
  casesFor,
  type FaultCase,
  laughs,
  of,
  outside,
  quoting,
  unexpected,
  type Verdict,
  xml,
} from './fault-scripts.ts'

const envelope = (body: string) =>
  `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><e:Body>${body}</e:Body></e:Envelope>`
const returned = (content: string) => xml(envelope(`<r>${content}</r>`))
const fault = (code: string, words: string) =>
  envelope(`<e:Fault><faultcode>${code}</faultcode><faultstring>${words}</faultstring></e:Fault>`)
const call = (id: string) => xml(envelope(`<r><out><Calllog>${id}</Calllog></out></r>`))

/** Answers of the web services. */
export const soapFaults: FaultCase[] = [
  ...casesFor(of('telcrm.soap-click2call', 'telcrm.soap-list-calllog', 'telcrm.soap-voicemail-download-voice'), [
    ['a fault', answer(fault('e:Server', 'no'), { status: '500 No' }), ['server-error', 'soap-fault']],
    ['a fault under status 200', xml(fault('e:Client', 'no')), ['bad-request', 'soap-fault']],
    ['a fault that nobody knows', xml(fault('x:Y.z', 'no')), ['server-error', 'soap-fault']],
    ['a fault called constructor', xml(fault('constructor', 'no')), ['server-error', 'soap-fault']],
    ['a fault that is empty', xml(envelope('<e:Fault/>')), ['server-error', 'soap-fault']],
    ['words that quote the request', quoting((words) => xml(fault('e:Server', words))), ['server-error', 'soap-fault']],
    [
      'a fault code that quotes the request',
      quoting((words) => xml(fault(words, 'no'))),
      ['server-error', 'soap-fault'],
    ],
    ['a fault code that is the number', xml(fault(numbers[3]!, 'no')), ['server-error', 'soap-fault']],
    ['a million laughs', xml(laughs('e') + envelope('<r><return>&j;</return></r>')), unexpected('doctype')],
    ['somebody’s file', xml(outside('e') + envelope('<r><return>&j;</return></r>')), unexpected('doctype')],
    ['a document type', xml(`<!DOCTYPE e SYSTEM "http://127.0.0.9/x.dtd">${envelope('<r/>')}`), unexpected('doctype')],
    ['XML cut off', xml(envelope('<r/>').slice(0, -6)), unexpected('not-xml')],
    ['XML with crossed elements', xml(envelope('<a><b></a></b>')), unexpected('not-xml')],
    ['XML without end', xml(envelope('<a>'.repeat(15_000))), unexpected('not-xml')],
    [
      'an envelope without a body',
      xml('<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"/>'),
      unexpected('missing-field', 'Envelope.Body'),
    ],
    ['two envelopes', xml(envelope('<r/>') + envelope('<r/>')), unexpected('not-xml')],
    ['an attribute without end', xml(envelope(`<r ${'a="1" '.repeat(8_000)}/>`)), unexpected('not-xml')],
    [
      'a reference to itself',
      xml(envelope('<r><return href="#a"/></r><m id="a" href="#a"/>')),
      unexpected('wrong-field', 'return'),
    ],
    ['elements called __proto__', returned('<__proto__><polluted>1</polluted></__proto__>'), unexpected('not-xml')],
    [
      'a prefix called constructor',
      xml(envelope('<constructor:r><constructor:return>x</constructor:return></constructor:r>')),
      'ok',
      { expect: prefix },
    ],
  ]),
  ...casesFor(of('telcrm.soap-list-calllog'), [
    ['a row without its id', call('<caller>1</caller>'), unexpected('missing-field', 'return[0].id')],
    ['an id that is none', call('<id>x</id>'), unexpected('wrong-field', 'return[0].id')],
    ['an id of many digits', call(`<id>${'9'.repeat(30)}</id>`), unexpected('wrong-field', 'return[0].id')],
    ['a negative duration', call('<id>1</id><caller>1</caller><callee>2</callee><duration>-5</duration>'), 'ok'],
    ['no rows', returned(''), 'ok'],
  ]),
  ...casesFor(of('telcrm.soap-voicemail-download-voice'), [
    ['no file', returned(''), ['not-found', 'empty', 'return']],
    ['a file that is null', returned('<return xsi:nil="true"/>'), ['not-found', 'empty', 'return']],
    ['an empty file', returned('<return></return>'), unexpected('empty', 'return')],
    ['a file in other letters', returned('<return>no base64!</return>'), unexpected('wrong-field', 'return')],
  ]),
  ...casesFor(
    ({ isWsdl }) => isWsdl,
    [
      ['a million laughs', xml(`${laughs('definitions')}<definitions>&j;</definitions>`), unexpected('doctype')],
      ['somebody’s file', xml(`${outside('definitions')}<definitions>&j;</definitions>`), unexpected('doctype')],
      ['an empty WSDL', xml('<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"/>'), ['not-found']],
      ['a WSDL without end', xml('<definitions>'.repeat(4_000)), unexpected('not-xml')],
      ['a WSDL that imports a file', imports('file:///etc/passwd'), ['not-found']],
      ['a WSDL that imports from elsewhere', imports('http://127.0.0.9:9/x.wsdl'), ['not-found']],
      ['a WSDL that imports itself', imports('?wsdl'), ['not-found'], { most: 2 }],
      [
        'a WSDL of another service',
        '',
        ['not-found'],
        { script: ({ good: { body } }) => xml(body.toString().replaceAll(/click2call|listCalllog/g, 'other')) },
      ],
      [
        'a WSDL whose address is elsewhere',
        '',
        'ok',
        {
          script: ({ good: { body } }) =>
            xml(body.toString().replace(/location="[^"]*"/, 'location="http://127.0.0.9:9/x"')),
        },
      ],
      [
        'a WSDL whose address is a file',
        '',
        'ok',
        {
          script: ({ good: { body } }) =>
            xml(body.toString().replace(/location="[^"]*"/, 'location="file:///etc/passwd"')),
        },
      ],
    ],
  ),
]

function imports(location: string) {
  return xml(
    `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"><import namespace="x" location="${location}"/></definitions>`,
  )
}
function prefix({ described: { id } }: Subject): Verdict {
  return id === 'telcrm.soap-voicemail-download-voice' ? unexpected('empty', 'return') : 'ok'
}
