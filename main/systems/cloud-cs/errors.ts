import type { CodeTable } from '../kit/codes.ts'
import type { ErrorTable } from '../kit/operation.ts'
import { oauthError, returnCode } from './codes.ts'

/** Stands for a code where `success` is false and `code` says nothing (manual 004 §6.3.3.9 shows one). */
export const refusedWithoutCode = 'success=false'

const failures = ({ codes }: CodeTable): ErrorTable =>
  Object.fromEntries(Object.entries(codes).flatMap(([code, [core, zh, en]]) => (core ? [[code, [core, zh, en]]] : [])))

/** What the token interface refuses with, manual 004 §6.1.1.4.2. */
export const tokenErrors = failures(oauthError)

/** What the platform refuses with, whatever was asked: appendix 1, and OAuth's own words for a token that does not hold. */
export const cloudCsErrors: ErrorTable = {
  ...failures(returnCode),
  ...tokenErrors,
  [refusedWithoutCode]: [
    'bad-request',
    '平台拒绝了请求，原因见返回的消息',
    'the platform refused; its message says why',
  ],
  invalid_token: ['auth-failed', '令牌无效或已过期', 'the token is not valid or has expired'],
  unauthorized: ['auth-failed', '请求未带有效令牌', 'the request came without a valid token'],
  unsupported_grant_type: ['bad-request', '平台不支持该鉴权方式', 'the platform does not know this grant type'],
  insufficient_scope: ['forbidden', '令牌的权限范围不够', 'the token was not granted enough'],
  access_denied: ['forbidden', '没有权限', 'not allowed'],
}
