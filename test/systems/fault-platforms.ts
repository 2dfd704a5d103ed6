import { answer } from './canned-server.ts'
import { numbers, type Subject } from './fault-clients.ts'
import {
  casesFor,
  type FaultCase,
  of,
  plain,
  quoting,
  undocumented,
  unexpected,
  type Verdict,
} from './fault-scripts.ts'

const [number] = numbers

const ctiRealtime: FaultCase[] = [
  ...casesFor(of('cti-realtime.ivr-get-clid', 'cti-realtime.self-record'), [
    ['a result that nobody knows', answer('{"result":"perhaps"}'), undocumented],
    ['a result that is an object', answer('{"result":{"a":1}}'), unexpected('missing-field', 'result')],
    ['a result that is null', answer('{"result":null}'), unexpected('missing-field', 'result')],
    ['words only', answer('{"description":"no"}'), undocumented],
    ['words that quote the request', quoting((words) => `{"result":"x","msg":"${words}"}`), undocumented],
    ['a result that quotes the request', quoting((words) => `{"result":"${words}","msg":"x"}`), undocumented],
    ['a result that is the number', answer(`{"result":"${number}","msg":"x"}`), undocumented],
    ['failure under status 200 as digits', answer('500'), ['server-error']],
    ['404', answer('', { status: '404 No' }), ['unavailable']],
  ]),
  ...casesFor(of('cti-realtime.identify-single'), [
    ['a part without =', plain('id=1&x'), unexpected('not-pairs')],
    ['no key field', plain('type=identify'), unexpected('missing-field', 'id')],
    ['__proto__ as a key', plain('__proto__=1&id=1&endpoint=e&type=t&match_header=h'), 'ok'],
    ['escapes that are none', plain('id=%zz%&endpoint=e&type=t&match_header=%E4%BD'), 'ok'],
    ['ten thousand rows', plain('id=1&endpoint=e\n'.repeat(3_000)), 'ok'],
  ]),
]

const meta = (facts: object, data?: unknown) =>
  answer(JSON.stringify({ meta: { success: true, message: 'ok', ...facts }, data }))

const dialback: FaultCase[] = [
  ...casesFor(of('dialback.voice-call', 'dialback.record-voice'), [
    [
      'no data',
      meta({}),
      unexpected('missing-field', 'data'),
      { expect: isRecords('ok', unexpected('missing-field', 'data')) },
    ],
    ['data of another kind', meta({}, { a: 1 }), unexpected('wrong-field', 'data')],
    ['meta that is a list', answer('{"meta":[true]}'), unexpected('wrong-field', 'meta')],
    ['meta that is null', answer('{"meta":null}'), unexpected('wrong-field', 'meta')],
    ['neither success nor failure', meta({ success: undefined }), unexpected('missing-field', 'meta.success')],
    ['success that is an object', meta({ success: {} }), unexpected('wrong-field', 'meta.success')],
    ['a refusal without words', meta({ success: false, message: null }), ['server-error']],
    ['words that nobody knows', meta({ success: false, message: '???' }), ['server-error']],
    [
      'words that quote the request',
      quoting((words) => `{"meta":{"success":false,"message":"${words}"}}`),
      ['auth-failed'],
    ],
    [
      'a success under status 500',
      answer('{"meta":{"success":true,"message":"ok"},"data":"x"}', { status: '500 No' }),
      ['server-error'],
    ],
    [
      'words under status 401',
      answer('{"meta":{"success":false,"message":"who"}}', { status: '401 No' }),
      ['auth-failed'],
    ],
  ]),
  ...casesFor(of('dialback.record-voice'), [
    ['a record without its id', meta({}, [{}]), unexpected('missing-field', 'data[0].id')],
    [
      'an id beyond all measure',
      answer('{"meta":{"success":true},"data":[{"id":1e999}]}'),
      unexpected('wrong-field', 'data[0].id'),
    ],
    [
      'an id of many digits',
      answer(`{"meta":{"success":true},"data":[{"id":${'9'.repeat(30)}}]}`),
      unexpected('wrong-field', 'data[0].id'),
    ],
    ['a record that is a text', meta({}, ['x']), unexpected('wrong-field', 'data[0]')],
    ['a negative duration', meta({}, [{ id: 1, duration: -5 }]), 'ok'],
  ]),
]

const result = (facts: object, more: object = {}) =>
  answer(JSON.stringify({ result: { error: 0, msg: '', ...facts }, ...more }))
const list = (data: object) => result({}, { data })

const voiceOpenapi: FaultCase[] = [
  ...casesFor(of('voice-openapi.get-cdr-list', 'voice-openapi.voice-notify'), [
    ['an error that nobody knows', result({ error: 777 }), undocumented],
    ['an error that is an object', result({ error: {} }), undocumented],
    ['an error that would be none as 32 bits', result({ error: 2 ** 32 }), undocumented],
    ['an error that would be none as 64 bits', answer('{"result":{"error":18446744073709551616}}'), undocumented],
    ['an error beyond all measure', answer('{"result":{"error":1e999}}'), undocumented],
    ['a negative error', result({ error: -251658232 }), ['not-found']],
    ['an error called constructor', result({ error: 'constructor' }), undocumented],
    ['an error that quotes the request', quoting((words) => `{"result":{"error":"${words}"}}`), undocumented],
    ['an error that is the number', result({ error: numbers[5] }), undocumented],
    ['words that quote the request', quoting((words) => `{"result":{"error":1,"msg":"${words}"}}`), ['auth-failed']],
    [
      'the answer to the command refuses',
      result({}, { data: { response: { result: { error: 5 } } } }),
      ['bad-request'],
    ],
    [
      'one of several answers refuses',
      result({}, { data: { responses: [{ result: { error: 0 } }, { result: { error: '0xF1000016' } }] } }),
      ['server-error'],
    ],
    ['a result that is a text', answer('{"result":"ok"}'), unexpected('missing-field', 'result')],
    ['a success under status 500', answer('{"result":{"error":0}}', { status: '500 No' }), ['server-error']],
  ]),
  ...casesFor(of('voice-openapi.get-cdr-list'), [
    ['a row without its key', list({ cdr: [{}], total: 1 }), unexpected('missing-field', 'data.cdr[0].key')],
    ['rows that are a text', list({ cdr: 'x', total: 1 }), unexpected('wrong-field', 'data.cdr[0]')],
    ['a total that is none', list({ cdr: [], total: 'x' }), unexpected('wrong-field', 'data.total')],
    [
      'a length beyond all measure',
      answer('{"data":{"cdr":[{"key":1,"timeLength":1e999}]}}'),
      unexpected('wrong-field', 'data.cdr[0].timeLength'),
    ],
  ]),
]

function isRecords(yes: Verdict, no: Verdict) {
  return ({ described }: Subject) => (described.id === 'dialback.record-voice' ? yes : no)
}

export const platformFaults: FaultCase[] = [...ctiRealtime, ...dialback, ...voiceOpenapi]
