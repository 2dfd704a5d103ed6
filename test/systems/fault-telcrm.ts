import { answer } from './canned-server.ts'
import { casesFor, type FaultCase, of, plain, undocumented, unexpected } from './fault-scripts.ts'

const row = {
  telNum: '801',
  userName: '李阳',
  telRegState: 1,
  phoneType: 'x',
  state: 'IDEL',
  presence: 'online',
  missingCallCount: 0,
}
const board = (...rows: object[]) => answer(JSON.stringify(rows))
/** Answers that only the PBX gives. */
export const telcrmFaults: FaultCase[] = [
  ...casesFor(of('telcrm.extnum-state'), [
    ['a missing field', board({ ...row, state: undefined }), unexpected('missing-field', '[0].state')],
    ['a field of a wrong type', board(row, { ...row, telNum: {} }), unexpected('wrong-field', '[1].telNum')],
    ['a number that is none', board({ ...row, telRegState: 'yes' }), unexpected('wrong-field', '[0].telRegState')],
    [
      'a number too large',
      board({ ...row, missingCallCount: 2 ** 60 }),
      unexpected('wrong-field', '[0].missingCallCount'),
    ],
    ['a negative number', board({ ...row, missingCallCount: -1 }), 'ok'],
    ['a row that is null', board(row, null as never), unexpected('wrong-field', '[1]')],
    ['a row in a list', board([row]), unexpected('wrong-field', '[0]')],
    ['fields in capitals', answer(JSON.stringify([row]).toUpperCase()), 'ok'],
    ['a refusal as digits', answer('500'), ['server-error']],
    ['a refusal as digits with a line end', answer('404\r\n'), ['not-found']],
  ]),
  ...casesFor(of('telcrm.click-to-dial', 'telcrm.click-to-ip-captcha'), [
    ['500 as digits', plain('500'), ['server-error']],
    [
      '486 with a line end',
      plain('486\r\n'),
      ['busy'],
      { expect: (subject) => (subject.name.endsWith('dial') ? ['busy'] : ['rate-limited']) },
    ],
    ['a code that nobody knows', plain('777'), undocumented],
    ['zero', plain('0'), undocumented],
    ['200 under status 500', answer('200', { status: '500 No' }), ['server-error']],
    ['404 under status 500', answer('421', { status: '500 No' }), ['forbidden']],
    ['200 in other digits', plain('２００'), 'ok'],
  ]),
  ...casesFor(of('telcrm.tone-file-save'), [
    ['not saved', plain('0'), ['server-error']],
    ['a negative number', plain('-5'), undocumented],
    ['a number too large', plain('99999999999'), undocumented],
  ]),
  ...casesFor(of('telcrm.ivr-tts-call-result'), [
    ['a part without =', plain('state=1;x'), unexpected('not-pairs')],
    ['a part without a name', plain('=1;state=1'), unexpected('not-pairs')],
    ['separators only', plain(';;;'), unexpected('not-pairs')],
    ['no state', plain('satisfact=8'), unexpected('missing-field', 'state')],
    ['404 as the state', plain('state=404'), ['not-found']],
    ['__proto__ as a key', plain('__proto__=1;state=1'), 'ok'],
    ['a key twice', plain('state=1;state=2'), 'ok'],
  ]),
]
