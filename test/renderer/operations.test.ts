import { describe, expect, test } from 'vitest'
import { maxFileBytes } from '../../preload/contract/index.ts'
import { columnsOf, scalarText, shapeOf, timeIn } from '../../renderer/features/operations/answer-shape.ts'
import {
  fieldFault,
  fieldWidths,
  formValues,
  missingFields,
  namedField,
  refusedValue,
  wireValues,
} from '../../renderer/features/operations/field-values.ts'
import { downloadName } from '../../renderer/features/operations/file-name.ts'
import { findOperations, shortId } from '../../renderer/features/operations/find-operations.ts'
import { hexDump } from '../../renderer/features/operations/hex-dump.ts'
import { urlParts } from '../../renderer/features/operations/request-parts.ts'
import { sizeText } from '../../renderer/features/operations/sizes.ts'
import { field, sampleCatalogue } from './operations-fixture.ts'

describe('what was typed', () => {
  const fields = [
    field('extnum', { key: 'extension' }),
    field('request.calleeNbr', { key: 'callee', required: false, kind: 'number' }),
    field('tone', { kind: 'file' }),
  ]
  const file = new File(['abc'], 'a.wav', { type: 'audio/wav' })

  test('goes under the vendor’s names, without what is empty', () => {
    expect(wireValues(fields, { extension: '802', callee: '', tone: file }, ({ name }) => name)).toEqual({
      extnum: '802',
      tone: 'a.wav',
    })
  })

  test('what is missing is required and empty', () => {
    expect(missingFields(fields, { tone: file, extension: '' }).map(({ name }) => name)).toEqual(['extnum'])
    expect(missingFields(fields, { tone: file, extension: ' ' })).toEqual([])
  })

  test('comes back from the history by either name', () => {
    expect(formValues(fields, { extnum: '802', callee: '139', other: 'x' })).toEqual({
      extension: '802',
      callee: '139',
    })
  })

  test('an error names its field by the vendor’s short name, ours, or a place below it', () => {
    const named = (text: string | undefined) => namedField(fields, text)?.key
    expect([named('calleeNbr'), named('request.calleeNbr'), named('extension'), named('tone.0.size')]).toEqual([
      'callee',
      'callee',
      'extension',
      'tone',
    ])
    expect([named('nobody'), named(''), named(undefined)]).toEqual([undefined, undefined, undefined])
  })

  test('a field of the answer, or a reason with a sentence of its own, blames no value that was typed', () => {
    const refused = (code: string, reason?: string) =>
      refusedValue(fields, code, { field: 'extnum', reason })?.field.key ?? null
    expect(refused('bad-request', 'must be a number')).toBe('extension')
    expect(refused('unexpected-response', 'missing-field')).toBeNull()
    expect(refused('unexpected-response', 'must be a number')).toBeNull()
    expect(refused('bad-request', 'wrong-address')).toBeNull()
    expect(refused('bad-request')).toBeNull()
  })

  test.each([
    [{ kind: 'number' }, 'x', 'must be a number'],
    [{ kind: 'number' }, '7.5', null],
    [{ kind: 'json' }, '{"a":1}', null],
    [{ kind: 'json' }, '{"a":', 'is not valid JSON'],
    [{ kind: 'json' }, '7', 'must be JSON'],
    [{ kind: 'list' }, 'a, b', null],
    [{ kind: 'list' }, '["a"', 'is not valid JSON'],
    [{ kind: 'text' }, '{', null],
  ] as const)('%j %j → %s', (over, text, fault) => expect(fieldFault(field('x', over), text)).toBe(fault))

  test('a file may have 20 MB', () => {
    const ofSize = (size: number) => new File([new Uint8Array(size)], 'x')
    expect(fieldFault(field('x', { kind: 'file' }), ofSize(maxFileBytes))).toBeNull()
    expect(fieldFault(field('x', { kind: 'file' }), ofSize(maxFileBytes + 1))).toBe(
      'files must be at most 20 MB together',
    )
  })

  test('two short fields stand side by side, a lone one is as wide as the form', () => {
    const widths = (...list: [string, string][]) =>
      fieldWidths(
        list.map(([name, text]) => field(name, { zh: text })),
        (one) => one.zh,
      )
    expect(widths(['first', '从第几条'], ['maxResults', '最多'], ['telnum', '号码'])).toEqual([true, true, false])
    expect(widths(['first', '从第几条'], ['x', '一段很长很长很长的说明'], ['y', '短'])).toEqual([false, false, false])
  })
})

describe('finding an operation', () => {
  const ids = (text: string) => findOperations(sampleCatalogue, text).map(({ id }) => shortId(id))
  test('by id, Chinese or English title, or section; every word must be found', () => {
    expect(ids('盲转')).toEqual(['click-to-transfer'])
    expect(ids('CALL LOG')).toEqual(['call-log-query'])
    expect(ids('file save')).toEqual(['tone-file-save'])
    expect(ids('§21')).toEqual(['call-log-query'])
    expect(ids('recording transfer')).toEqual([])
    expect(ids('  ')).toHaveLength(sampleCatalogue.length)
  })
})

describe('the request', () => {
  test('is cut at its parameters and says nothing else', () => {
    const url = 'http://pbx:1/bridge/callctrl?a=1&b=%E6%9D%8E%3D&c'
    const { base, params } = urlParts(url)
    expect(base + params.map(({ mark, name, value }) => mark + name + value).join('')).toBe(url)
    expect(params[1]).toEqual({ mark: '&', name: 'b', value: '=%E6%9D%8E%3D' })
    expect(urlParts('http://pbx/').params).toEqual([])
  })
})

describe('the answer', () => {
  test('bytes as offset, hexadecimal and characters', () => {
    expect(hexDump(new TextEncoder().encode('RIFF\n李 0123456789'))).toBe(
      [
        '000000  52 49 46 46 0a e6 9d 8e  20 30 31 32 33 34 35 36  RIFF.... 0123456',
        '000010  37 38 39                                          789',
      ].join('\n'),
    )
    expect(hexDump(new Uint8Array())).toBe('')
  })

  test('shapes', () => {
    expect([{}, [], { a: 1 }, [{ a: 1 }], [1, { a: 1 }], 'x', null].map(shapeOf)).toEqual([
      'empty',
      'empty',
      'record',
      'records',
      'list',
      'scalar',
      'scalar',
    ])
  })

  test('columns: simple fields that hold something, of any record', () => {
    expect(
      columnsOf(
        [
          { id: 1, note: '', deep: {} },
          { id: 2, state: 'x' },
        ],
        8,
      ),
    ).toEqual(['id', 'state'])
    expect(columnsOf([{ a: 1, b: 2, c: 3 }], 2)).toEqual(['a', 'b'])
  })

  test('values as text', () => {
    expect([null, 0, false, '', 'x', new Date(0)].map(scalarText)).toEqual([
      'null',
      '0',
      'false',
      '',
      'x',
      '1970-01-01T00:00:00.000Z',
    ])
  })

  test('only a field named after a time is a time, and only in this century', () => {
    const at = 1_763_605_647_375
    expect([timeIn('beginTime', at), timeIn('createdAt', String(at)), timeIn('timestamp', at)]).toEqual([at, at, at])
    expect([timeIn('caller', at), timeIn('beginTime', 95), timeIn('duration', at), timeIn('what', at)]).toEqual([
      null,
      null,
      null,
      null,
    ])
  })

  test('a file is called after its operation and its kind', () => {
    const name = (type: string | null, start: string) =>
      downloadName('telcrm.file-down', Date.UTC(2026, 10, 20, 8, 5, 9), type, new TextEncoder().encode(start))
    expect(name('audio/x-wav; charset=x', '')).toBe('file-down-20261120-080509.wav')
    expect(name('application/octet-stream', 'RIFF')).toBe('file-down-20261120-080509.wav')
    expect(name(null, 'PK\u0003')).toBe('file-down-20261120-080509.zip')
    expect(name('x/y', '')).toBe('file-down-20261120-080509.bin')
  })

  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1949, '1.9 kB'],
    [20_480, '20 kB'],
    [3_240_000, '3.2 MB'],
  ])('%d bytes are %s', (bytes, text) => expect(sizeText(bytes)).toBe(text))
})
