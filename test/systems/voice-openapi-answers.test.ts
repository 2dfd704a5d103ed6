import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CoreError } from '../../main/core/errors.ts'
import { call } from '../../main/systems/kit/call.ts'
import { openSession } from '../../main/systems/kit/session.ts'
import { digestAuth, nextSeq } from '../../main/systems/voice-openapi/auth.ts'
import { errorCodeOf } from '../../main/systems/voice-openapi/error-code.ts'
import { voiceOpenapiErrors } from '../../main/systems/voice-openapi/errors.ts'
import { getOneCdr } from '../../main/systems/voice-openapi/operations/cdr.ts'
import { fillTemplate, templateProblem, variablesOf } from '../../main/systems/voice-openapi/template.ts'
import { VoiceOpenapiConnection } from '../../preload/contract/index.ts'
import { startCapturingServer } from './capturing-server.ts'
import { recordedLog } from './recorded-log.ts'

function openSessionTo(baseUrl: string) {
  const settings = { id: 'voice', system: 'voice-openapi', baseUrl, customer: 'C2', password: 'secret' }
  const auth = digestAuth(VoiceOpenapiConnection.parse(settings), { now: Date.now, nextSeq })
  const facts = { connection: 'voice', system: 'voice-openapi', baseUrl, errors: voiceOpenapiErrors }
  return openSession({ ...facts, log: recordedLog(), auth })
}

describe('error codes', () => {
  it.each([
    [0, '0'],
    ['0', '0'],
    [5, '5'],
    ['05', '5'],
    ['0x5', '5'],
    ['0xF1000008', '0xF1000008'],
    ['0xf1000008', '0xF1000008'],
    ['F1000008', '0xF1000008'],
    [4_043_309_064, '0xF1000008'],
    ['4043309064', '0xF1000008'],
    [-251_658_232, '0xF1000008'],
    ['-251658232', '0xF1000008'],
    ['18446744073457893384', '0xF1000008'],
    [' 0xFFFFFFFFF1000008 ', '0xF1000008'],
    ['E_SOMETHING', 'E_SOMETHING'],
    // Losing bits would make a success of them.
    [4_294_967_296, '4294967296'],
    ['18446744073709551616', '18446744073709551616'],
    ['-18446744073709551616', '-18446744073709551616'],
    ['0x100000000', '0x100000000'],
    ['', null],
    [null, null],
    [undefined, null],
  ])('%j is %j', (value, code) => expect(errorCodeOf(value)).toBe(code))

  it('every spelling of a 32-bit number is one code', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (number) => {
        const spellings = [number, number | 0, String(number), String(number | 0), `0x${number.toString(16)}`]
        const [first, ...others] = spellings.map(errorCodeOf)
        expect(others).toEqual(others.map(() => first))
        expect(Number(first)).toBe(number)
      }),
    )
  })
})

describe('answers', () => {
  const cdr = { key: '1', timeLen: '3', voiceSign: 's' }
  async function ask(body: unknown, status = 200): Promise<unknown> {
    const server = await startCapturingServer({ status, contentType: 'application/json', body: JSON.stringify(body) })
    const session = openSessionTo(`${server.baseUrl}/openapi/V2.0.1`)
    try {
      return await call(session, getOneCdr, { session: 's' })
    } finally {
      await session.close()
      await server.stop()
    }
  }
  const result = { error: 0, msg: '' }
  const found = { total: 1, cdr: [{ ...cdr, timeLength: 3, timeLen: 3, session: 's' }] }

  it.each([
    ['in data', { result, data: { response: { result }, total: 1, cdr: [cdr] } }],
    ['in the command', { result, data: { response: { result, total: '1', cdr: [cdr] } } }],
    ['in the data of the command', { result, data: { response: { result, data: { total: '1', cdr: [cdr] } } } }],
    ['in a list of commands', { result, data: { responses: [{ result, total: 1, cdr: [cdr] }] } }],
    ['without any word about success', { data: { response: { total: 1, cdr: [cdr] } } }],
    ['with empty words about it', { result: { error: '' }, data: { response: { result: '', total: 1, cdr: [cdr] } } }],
    ['with other capitals', { Result: result, Data: { Response: { Result: result, Total: 1, CDR: [cdr] } } }],
  ])('are found %s', async (_where, body) => expect(await ask(body)).toEqual(found))

  it('nothing found is an empty list', async () => {
    for (const data of [{ response: { result, total: 0, cdr: [] } }, { response: { result, cdr: '' } }, '']) {
      expect(await ask({ result, data })).toEqual({ total: 0, cdr: [] })
    }
  })

  it.each([
    ['of the request', { result: { error: '0xF1000013', msg: '工号' } }, 'not-found', '0xF1000013', '工号'],
    [
      'of the command',
      { result, data: { response: { result: { error: 4 } } } },
      'server-error',
      '4',
      '数据库操作失败。请稍后再试。',
    ],
    [
      'of the second command',
      { result, data: { responses: [{ result }, { result: { error: '5' } }] } },
      'bad-request',
      '5',
      '参数错误。请检查填写的内容。',
    ],
    ['that nobody documented', { result: { error: 77, msg: 'odd' } }, 'unexpected-response', '77', 'odd'],
  ])('refusal %s', async (_where, body, code, vendorCode, vendorText) => {
    const error = await ask(body).catch((one: unknown) => one)
    expect(error).toBeInstanceOf(CoreError)
    expect(error).toMatchObject({ code, details: { vendorCode, vendorText } })
  })

  it('an HTTP error may bring the code along', async () => {
    const failure = (body: unknown, status: number) => ask(body, status).catch((one: unknown) => one)
    expect(await failure({ result: { error: 1 } }, 500)).toMatchObject({ code: 'auth-failed' })
    expect(await failure('nothing', 500)).toMatchObject({ code: 'server-error', details: { vendorCode: '500' } })
  })

  it('a row without its key, or no answer at all, is named', async () => {
    const failure = (body: unknown) => ask(body).catch((one: unknown) => one)
    expect(await failure({ result, data: { cdr: [{ agent: '7' }] } })).toMatchObject({
      code: 'unexpected-response',
      details: { field: 'data.cdr[0].key', reason: 'missing-field' },
    })
    for (const body of [{}, [], 'text', { result: 0 }]) {
      expect(await failure(body)).toMatchObject({ code: 'unexpected-response', details: { field: 'result' } })
    }
  })
})

describe('templates', () => {
  it('are filled in with the first value for {1}', () => {
    expect(fillTemplate('{1}您好，请您于{2}时间，再见{1}', ['王先生', '三点'])).toBe(
      '王先生您好，请您于三点时间，再见王先生',
    )
    expect(fillTemplate('没有变量', [])).toBe('没有变量')
  })

  it.each([
    ['{1}{2}', ['a'], 'variable {2} has no value'],
    ['{1}{2}', ['a', ' '], 'variable {2} has no value'],
    ['{1}', ['a', 'b'], 'value 2 has no variable {2}'],
    ['{11}', ['a'], 'variable {11}'],
  ])('%s with %j: %s', (content, values, reason) => {
    expect(() => fillTemplate(content, values)).toThrow(reason)
  })

  it('a filled text has no variables left, and every value is in it', () => {
    const word = fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom('a', '好', '3') })
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 10 }), (values) => {
        const content = values.map((_value, at) => `{${at + 1}}，`).join('')
        expect(templateProblem(content)).toBeNull()
        const text = fillTemplate(content, values)
        expect(text).toBe(values.map((value) => `${value}，`).join(''))
        expect(variablesOf(text)).toEqual([])
      }),
    )
  })
})
