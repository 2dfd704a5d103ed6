import type { Desk } from '../../main/core/desk.ts'
import type { OperationField, OperationInfo, OperationTry, RunEvent } from '../../preload/contract/index.ts'

type Ask = <I, O>(procedure: string, answer: (input: I) => O) => (input: I) => Promise<O>

export const field = (name: string, over: Partial<OperationField> = {}): OperationField => ({
  key: name,
  name,
  place: 'query',
  required: true,
  preset: null,
  kind: 'text',
  choices: [],
  en: '',
  zh: '',
  secret: false,
  long: false,
  ...over,
})

export const operationInfo = (id: string, over: Partial<OperationInfo> = {}): OperationInfo => ({
  id,
  system: id.slice(0, id.indexOf('.')),
  direction: 'client',
  title: 'Transfer a call blindly',
  titleZh: '来电点击转话（盲转）',
  doc: '003 §5',
  method: 'GET',
  path: '/bridge/callctrl',
  changes: false,
  download: false,
  fields: [],
  ...over,
})

const direction = [
  { value: '0', en: 'all', zh: '全部' },
  { value: '1', en: 'answered', zh: '接听' },
  { value: '2', en: 'dialled', zh: '拨打' },
]

/** A few operations of every kind that a form must be able to show. */
export const sampleCatalogue: OperationInfo[] = [
  operationInfo('telcrm.click-to-transfer', {
    changes: true,
    fields: [
      field('extnum', { key: 'extension', en: 'Extension with the call', zh: '有通话的分机' }),
      field('target', { en: 'Extension to transfer to', zh: '转到的分机' }),
    ],
  }),
  operationInfo('telcrm.call-log-query', {
    title: 'Query call logs',
    titleZh: '呼叫日志查询',
    doc: '003 §21',
    fields: [
      field('first', { kind: 'number', en: 'From row', zh: '从第几条' }),
      field('maxResults', { kind: 'number', en: 'At most', zh: '最多几条' }),
      field('telnum', { key: 'number', required: false, en: 'Number', zh: '号码' }),
      field('dirction', {
        kind: 'choice',
        choices: direction,
        required: false,
        preset: 0,
        en: 'Direction',
        zh: '方向',
      }),
    ],
  }),
  operationInfo('telcrm.tone-file-save', {
    title: 'Save a voice file',
    titleZh: '保存语音文件',
    doc: '003 §30',
    method: 'POST',
    changes: true,
    fields: [
      field('file', { kind: 'file', place: 'multipart', en: 'WAV file', zh: '语音文件' }),
      field('pin', { secret: true, place: 'multipart', required: false, en: 'PIN', zh: '密码' }),
      field('numbers', { kind: 'list', place: 'multipart', required: false, en: 'Numbers', zh: '号码列表' }),
      field('extra', { kind: 'json', place: 'multipart', required: false, en: 'More', zh: '其他' }),
      field('publish', { kind: 'flag', place: 'multipart', required: false, en: 'Publish', zh: '发布' }),
    ],
  }),
  operationInfo('telcrm.file-down-by-callid', {
    title: 'Download a recording',
    titleZh: '下载录音',
    doc: '003 §23',
    download: true,
    fields: [field('callid')],
  }),
  operationInfo('telcrm.screen-pop', {
    direction: 'inbound',
    title: 'Screen pop',
    titleZh: '来电弹屏',
    doc: '003 §4',
    path: '/srvlt',
    fields: [field('caller', { en: 'Caller', zh: '主叫' })],
  }),
]

/** Answers of a made-up PBX: a log of two calls, a recording of five bytes, anything else done. */
export function createFixtureOperations(ask: Ask): Desk['operations'] {
  let tries: OperationTry[] = []
  const list = ask('operations.list', () => sampleCatalogue)
  return {
    list: () => list(undefined),
    preview: ask('operations.preview', ({ operation }: { operation: string }) => ({
      method: 'GET',
      url: `http://192.168.1.82:12121/bridge/callctrl?opt=${operation}`,
      headers: { accept: '*/*' },
      body: null,
      curl: `curl -X GET 'http://192.168.1.82:12121/bridge/callctrl?opt=${operation}'`,
    })),
    async run(input) {
      await ask('operations.run', () => undefined)(input)
      const typed = Object.entries(input.values).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      )
      const one: OperationTry = {
        id: tries.length + 1,
        at: Date.now(),
        operation: input.operation,
        connection: input.connection,
        values: Object.fromEntries(typed),
        ms: 14,
        status: 200,
        code: null,
        vendorCode: null,
      }
      tries = [one, ...tries]
      return answer(input.operation)
    },
    history: () => tries,
    received: () => [],
    clearHistory() {
      tries = []
    },
  }
}

async function* answer(operation: string): AsyncGenerator<RunEvent, void> {
  const isFile = operation.endsWith('file-down-by-callid')
  const rows = [
    { id: 37, caller: '60610123', callee: '816', beginTime: 1_763_605_647_375, state: 'STATE_RECEIVED' },
    { id: 36, caller: '60610123', callee: '3888', beginTime: 1_763_604_647_375, state: 'STATE_NO_ANSWER' },
  ]
  if (isFile) yield { kind: 'progress', direction: 'download', bytes: 2, total: 5 }
  const text = JSON.stringify(rows)
  yield {
    kind: 'done',
    file: isFile ? new TextEncoder().encode('RIFF!') : null,
    result: {
      operation,
      status: 200,
      code: null,
      ms: 14,
      data: isFile ? { bytes: 5, sha256: '00'.repeat(32), contentType: 'audio/x-wav' } : rows,
      problem: null,
      explained: isFile ? [] : [{ path: '[0].state', value: 'STATE_RECEIVED', zh: '成功', en: 'answered' }],
      raw: isFile
        ? null
        : {
            contentType: 'application/json',
            bytes: Buffer.byteLength(text),
            base64: Buffer.from(text).toString('base64'),
            text,
          },
    },
  }
}
