/** The four web services as the manual's Java signatures have them. 003 §25-28. */

export type JavaType =
  | 'String'
  | 'int'
  | 'Integer'
  | 'Boolean'
  | 'Date'
  | 'byte[]'
  | 'void'
  | RecordName
  | `${RecordName}[]`
export type RecordName = 'Texttocal' | 'VoiceMailInfo' | 'Calllog'
export type Named = readonly [name: string, type: JavaType]

export interface JavaMethod {
  args: readonly Named[]
  returns: JavaType
}

const parties = [
  ['extnum', 'String'],
  ['callee', 'String'],
] as const
const clickCallId = [['clickCallId', 'String']] as const
const tokenQuery = [
  ['first', 'Integer'],
  ['maxResults', 'Integer'],
  ['servicetype', 'String'],
  ['linkkey', 'Integer'],
] as const
const filepath = [['filepath', 'String']] as const

export const services: Record<string, Record<string, JavaMethod>> = {
  Click2CallControl: {
    click2call: { args: parties, returns: 'String' },
    click2ipcall: { args: parties, returns: 'String' },
    click2hungup: { args: clickCallId, returns: 'void' },
    state4click: { args: clickCallId, returns: 'int' },
  },
  TextToCallService: {
    makeCall: { args: [['info', 'Texttocal']], returns: 'int' },
    remove: { args: [['texttocallId', 'Integer']], returns: 'void' },
    listWithToken: { args: tokenQuery, returns: 'Texttocal[]' },
    listUnCalled: { args: tokenQuery, returns: 'Texttocal[]' },
  },
  VoiceMailHome: {
    getMailsIncludePub: {
      args: [
        ['first', 'Integer'],
        ['maxresults', 'Integer'],
        ['extnum', 'String'],
        ['begin', 'Date'],
        ['end', 'Date'],
      ],
      returns: 'VoiceMailInfo[]',
    },
    getMails: { args: [['extnum', 'String']], returns: 'VoiceMailInfo[]' },
    downloadVoice: { args: filepath, returns: 'byte[]' },
    deleteWithId: { args: [['mailId', 'Integer']], returns: 'void' },
  },
  CallRecordHome: {
    listCalllog: {
      args: [
        ['first', 'Integer'],
        ['maxResults', 'Integer'],
        ['beginDate', 'String'],
        ['endDate', 'String'],
        ['telnum', 'String'],
        ['dirction', 'Integer'],
      ],
      returns: 'Calllog[]',
    },
    downloadVoice: { args: filepath, returns: 'byte[]' },
    downloadVoiceWithCallId: { args: [['callid', 'String']], returns: 'byte[]' },
  },
}

export const records: Record<RecordName, readonly Named[]> = {
  Texttocal: [
    ['id', 'Integer'],
    ['caller', 'String'],
    ['callee', 'String'],
    ['content', 'String'],
    ['assisid', 'Integer'],
    ['calldate', 'Date'],
    ['voipcall', 'Boolean'],
    ['servicetype', 'String'],
    ['linkkey', 'Integer'],
    ['createTime', 'Date'],
    ['state', 'String'],
    ['ttsfile', 'String'],
    ['calltime', 'Integer'],
    ['playingtime', 'Integer'],
  ],
  VoiceMailInfo: [
    ['id', 'Integer'],
    ['caller', 'String'],
    ['ivrInput', 'String'],
    ['beginTime', 'Date'],
    ['duration', 'Integer'],
    ['publicMail', 'Boolean'],
    ['filepath', 'String'],
  ],
  Calllog: [
    ['id', 'Integer'],
    ['caller', 'String'],
    ['callee', 'String'],
    ['channel', 'String'],
    ['beginTime', 'Integer'],
    ['duration', 'Integer'],
    ['state', 'String'],
    ['callType', 'String'],
    ['estimate', 'Integer'],
    ['record', 'String'],
    ['recordVoice', 'String'],
  ],
}

export const isRecord = (type: JavaType): type is RecordName => type in records
export const elementType = (type: JavaType): RecordName | null =>
  type.endsWith('[]') && type !== 'byte[]' ? (type.slice(0, -2) as RecordName) : null

/** What kind of Java server it is, as far as one can tell from outside. */
export type WsdlStyle = 'axis' | 'cxf' | 'xfire' | 'imported'
export const wsdlStyles: readonly WsdlStyle[] = ['axis', 'cxf', 'xfire', 'imported']

export interface Dialect {
  rpc: boolean
  /** Local elements carry the namespace. */
  qualified: boolean
  /** Of the wrapper of a call. */
  namespace: string
  /** Of the fields of a record. */
  recordNamespace: string
  /** What an argument is called there. */
  argument(method: JavaMethod, at: number): string
  /** What an answer's value is called. */
  result(method: string): string
  /** Absent arguments: left out, or there as nil. */
  optional: boolean
}

const ownNames: Record<string, string> = { texttocallId: 'taskKey', dirction: 'direction', maxresults: 'limit' }

export const dialects: Record<WsdlStyle, Dialect> = {
  axis: {
    rpc: true,
    qualified: false,
    namespace: 'http://control.bridge.telcrm.com',
    recordNamespace: 'http://bean.bridge.telcrm.com',
    argument: (_method, at) => `in${at}`,
    result: (method) => `${method}Return`,
    optional: false,
  },
  cxf: {
    rpc: false,
    qualified: false,
    namespace: 'http://service.bridge.telcrm.com/',
    recordNamespace: 'http://service.bridge.telcrm.com/',
    argument: (_method, at) => `arg${at}`,
    result: () => 'return',
    optional: true,
  },
  xfire: {
    rpc: false,
    qualified: true,
    namespace: 'http://service.telcrm.com',
    recordNamespace: 'http://model.telcrm.com',
    argument: (_method, at) => `in${at}`,
    result: () => 'out',
    optional: false,
  },
  // Somebody chose the names by hand, and not those of the manual.
  imported: {
    rpc: false,
    qualified: true,
    namespace: 'urn:telcrm:services',
    recordNamespace: 'urn:telcrm:services',
    argument: (method, at) => ownNames[method.args[at]![0]] ?? method.args[at]![0],
    result: () => 'return',
    optional: true,
  },
}
