import { answer } from './canned-server.ts'
import { numbers, type Subject } from './fault-clients.ts'
import {
  casesFor,
  type FaultCase,
  good,
  laughs,
  of,
  outside,
  quoting,
  undocumented,
  unexpected,
  xml,
} from './fault-scripts.ts'

const [number] = numbers
const envelope = (facts: object) => answer(JSON.stringify({ success: true, code: 0, message: '成功', ...facts }))
const page = (facts: object) => envelope({ data: { pageData: [], total: 0, ...facts } })
const result = (inner: string) => xml(`<?xml version="1.0" encoding="UTF-8"?><Result>${inner}</Result>`)
const fine = '<success>true</success><code>0</code><message>ok</message>'
const cloudOperations = of('cloud-cs.call-history-page', 'cloud-cs.files-rename', 'cloud-cs.files-upload')
const isCloud = (subject: Subject) => cloudOperations(subject) && subject.blamed !== 'cloud-cs.oauth-token'
const isHistory = (subject: Subject) => isCloud(subject) && subject.described.id === 'cloud-cs.call-history-page'

/** Answers that only the cloud platform gives, and its tokens. */
export const cloudFaults: FaultCase[] = [
  ...casesFor(isHistory, [
    ['success without data', envelope({}), unexpected('missing-field', 'data')],
    ['data that is null', envelope({ data: null }), unexpected('wrong-field', 'data')],
    ['data that is a text', envelope({ data: 'none' }), unexpected('wrong-field', 'data')],
    ['data that is a list', envelope({ data: [] }), unexpected('wrong-field', 'data')],
    ['data without rows', envelope({ data: { total: 5 } }), unexpected('missing-field', 'data.pageData')],
    ['a row without its id', page({ pageData: [{}] }), unexpected('missing-field', 'data.pageData[0].id')],
    ['a row that is a number', page({ pageData: [5] }), unexpected('wrong-field', 'data.pageData[0]')],
    ['rows that are a number', page({ pageData: 5 }), unexpected('wrong-field', 'data.pageData')],
    ['a total that is none', page({ total: 'many' }), unexpected('wrong-field', 'data.total')],
    [
      'a total beyond all measure',
      answer('{"success":true,"code":0,"data":{"pageData":[],"total":1e999}}'),
      unexpected('wrong-field', 'data.total'),
    ],
    [
      'a total of many digits',
      answer(`{"success":true,"code":0,"data":{"pageData":[],"total":${'9'.repeat(40)}}}`),
      unexpected('wrong-field', 'data.total'),
    ],
    ['a negative total', page({ total: -1 }), 'ok'],
    ['an XML page', result(`${fine}<data><pageData><item><id>1</id></item></pageData><total>1</total></data>`), 'ok'],
    ['an XML page without data', result(fine), unexpected('wrong-field', 'data')],
  ]),
  ...casesFor(isCloud, [
    ['a code that nobody knows', envelope({ success: false, code: 987654 }), undocumented],
    ['a code that nobody knows, called success', envelope({ code: 987654 }), undocumented],
    ['failure without a code', envelope({ success: false, code: undefined }), ['bad-request']],
    ['neither success nor failure', envelope({ success: 'perhaps' }), ['bad-request']],
    ['a code that is an object', envelope({ code: { a: 1 } }), unexpected('wrong-field', 'code')],
    ['a message that is an object', envelope({ success: false, message: {} }), unexpected('wrong-field', 'message')],
    [
      'words that quote the request',
      quoting((words) => `{"success":false,"code":5,"message":"${words}"}`),
      undocumented,
    ],
    ['a code that quotes the request', quoting((words) => `{"success":false,"code":"${words}"}`), undocumented],
    ['a code that is the number', envelope({ success: false, code: number }), undocumented],
    ['success under status 500', answer('{"success":true,"code":0}', { status: '500 No' }), ['server-error']],
    ['a refused token for ever', answer('{"error":"invalid_token"}'), ['auth-failed']],
    [
      'a refused token for ever, in the middle of the day',
      (socket, nth) => void socket.write(nth === 0 ? 'x' : 'x'),
      ['auth-failed'],
      {
        again: true,
        most: 3,
        script: (subject) => (socket, nth) =>
          void socket.write(nth === 0 ? good(subject) : answer('', { status: '401 No' })),
      },
    ],
    [
      'a token that has expired',
      '',
      'ok',
      {
        again: true,
        most: 3,
        script: (subject) => (socket, nth) =>
          void socket.write(nth === 1 ? answer('', { status: '401 No' }) : good(subject)),
      },
    ],
    [
      'a million laughs',
      xml(`${laughs('Result')}<Result>${fine.replace('ok', '&j;')}</Result>`),
      unexpected('not-xml'),
    ],
    [
      'somebody’s file',
      xml(`${outside('Result')}<Result>${fine.replace('ok', '&j;')}</Result>`),
      unexpected('not-xml'),
    ],
    [
      'a document type',
      xml(`<!DOCTYPE Result SYSTEM "http://127.0.0.9/x.dtd"><Result>${fine}</Result>`),
      unexpected('not-xml'),
    ],
    ['XML cut off', xml(`<Result>${fine}`), unexpected('not-xml')],
    ['XML with crossed elements', xml('<Result><a><b></a></b></Result>'), unexpected('not-xml')],
    ['XML without end', xml(`<Result>${'<a>'.repeat(15_000)}`), unexpected('not-xml')],
    ['XML of another kind', xml('<feed><entry/></feed>'), unexpected('not-xml')],
    ['XML with two roots', xml(`<Result>${fine}</Result><Result>${fine}</Result>`), unexpected('not-xml')],
    ['an empty XML result', result(''), unexpected('wrong-field', '(document)')],
    [
      'XML that names __proto__',
      result(`<success>false</success><code>5</code><__proto__><polluted>1</polluted></__proto__>`),
      unexpected('not-xml'),
    ],
    ['XML that refuses', result('<success>false</success><code>5</code>'), undocumented],
    [
      'XML with attributes without end',
      xml(`<Result ${'a="1" '.repeat(5_000)}>${fine}</Result>`),
      unexpected('not-xml'),
    ],
  ]),
  ...casesFor(
    ({ blamed, client }) => blamed === 'cloud-cs.oauth-token' && client.helper !== undefined,
    [
      ['no token', answer('{"token_type":"bearer"}'), unexpected('missing-field', 'access_token')],
      ['a token that is an object', answer('{"access_token":{}}'), unexpected('wrong-field', 'access_token')],
      [
        'a token with a line break',
        answer('{"access_token":"a\\r\\nX: y"}'),
        unexpected('wrong-field', 'access_token'),
      ],
      ['a token of other letters', answer('{"access_token":"令牌"}'), unexpected('wrong-field', 'access_token')],
      ['a token with a zero byte', answer('{"access_token":"a\\u0000b"}'), unexpected('wrong-field', 'access_token')],
      ['a token of 50,000 letters', answer(`{"access_token":"${'a'.repeat(50_000)}"}`), 'ok'],
      [
        'a life that is none',
        answer('{"access_token":"abcdefgh","expires_in":"long"}'),
        unexpected('wrong-field', 'expires_in'),
      ],
      ['a negative life', answer('{"access_token":"abcdefgh","expires_in":-1}'), 'ok'],
      [
        'a life without end',
        answer('{"access_token":"abcdefgh","expires_in":1e999}'),
        unexpected('wrong-field', 'expires_in'),
      ],
      ['an error that nobody knows', answer('{"error":"no_such_word"}'), undocumented],
      [
        'an error that quotes the request',
        quoting((words) => `{"error":"invalid_client","error_description":"${words}"}`),
        ['auth-failed'],
      ],
      [
        'the wrong grant for ever',
        answer('{"error":"invalid_request"}', { status: '400 No' }),
        ['bad-request'],
        { most: 2 },
      ],
      ['a wrong client', answer('{"error":"invalid_client"}', { status: '401 No' }), ['auth-failed']],
    ],
  ),
]
