import type { ErrorCode } from '../../../preload/contract/index.ts'
import { codeTable } from '../kit/codes.ts'
import type { ErrorEntry, ErrorTable } from '../kit/operation.ts'

/** Codes of the result blocks, in the spelling of errorCodeOf(). Manual 002 §2. */
export const errorCodes = codeTable('voice-openapi.error', '错误码', 'Open API error code', {
  0: [null, '成功', 'Success'],
  1: [
    'auth-failed',
    '认证失败。请检查客户名称、密码和电脑时间。',
    "Authentication failed. Check customer name, password and this computer's clock.",
  ],
  4: ['server-error', '数据库操作失败。请稍后再试。', 'Database operation failed. Try again later.'],
  5: [
    'bad-request',
    '参数错误。请检查填写的内容。',
    'Invalid parameter in the request block. Check what was filled in.',
  ],
  8: ['bad-request', '请求数据格式错误。', 'Malformed request message.'],
  10: [
    'unavailable',
    '不支持的API版本。请检查连接地址中的版本号，如 V2.0.6。',
    'Unsupported API version. Check the version in the address of the connection, like V2.0.6.',
  ],
  11: [
    'unavailable',
    '不支持的API请求。这个版本没有该接口，或连接地址不对。',
    'Unsupported API name or malformed URL. This version lacks the interface, or the address of the connection is wrong.',
  ],
  '0xF1000008': [
    'not-found',
    '资源不存在，如坐席工号、任务ID不存在。',
    'Resource does not exist, e.g. agent number or task id.',
  ],
  '0xF1000013': ['not-found', '指定工号不存在。', 'Agent number does not exist.'],
  '0xF1000016': ['server-error', '数据同步失败。请稍后再试。', 'Data synchronisation failed. Try again later.'],
})

const isFailure = (entry: readonly [ErrorCode | null, string, string]): entry is readonly [ErrorCode, string, string] =>
  entry[0] !== null

/** The same table as every operation's refusals. */
export const voiceOpenapiErrors: ErrorTable = Object.fromEntries(
  Object.entries(errorCodes.codes).flatMap(([code, entry]): [string, ErrorEntry][] =>
    isFailure(entry) ? [[code, entry]] : [],
  ),
)
