import { z } from 'zod'
import { Fault } from '../../kit/fault.ts'
import { operation } from '../../kit/operation.ts'
import { says } from '../../kit/params.ts'
import { is2xx, type ResponseKind, readBy } from '../../kit/response.ts'
import { wireInteger, wireRecord, wireText } from '../../kit/tolerant.ts'
import { oauthError, scope } from '../codes.ts'
import { data } from '../envelope.ts'
import { tokenErrors } from '../errors.ts'
import { someText } from '../values.ts'

/** `expires_in` is the remaining life in seconds. */
export const Token = wireRecord({
  access_token: wireText,
  token_type: wireText.optional(),
  expires_in: wireInteger.optional(),
  scope: wireText.optional(),
})
export type Token = z.output<typeof Token>

/** No envelope here; a refusal is `{error, error_description}`, whatever the status. */
const token: ResponseKind<Token> = {
  ...data(z.unknown()),
  accept: 'application/json',
  judge(answer) {
    const isOurs = is2xx(answer.status) && isRecord(answer.document) && answer.document.error === undefined
    return isOurs && answer.document.success === undefined ? { ok: true, code: null } : data(z.unknown()).judge(answer)
  },
  read(answer) {
    const found = readBy(Token, answer.document, answer)
    // It becomes a header: nothing but the characters that one may hold.
    if (/^[\x21-\x7e]+$/.test(found.access_token)) return found
    throw new Fault('unexpected-response', 'wrong-field', { status: answer.status, field: 'access_token' })
  },
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A token for every other operation. The program asks for its own and keeps it; one more may end the life of that one, which
 * is then renewed. Id, secret and scope come from the connection unless given. Manual 004 §6.1.1.
 */
export const oauthToken = operation({
  id: 'cloud-cs.oauth-token',
  title: 'Get an access token',
  titleZh: '获取 access_token',
  doc: '004 §6.1.1',
  method: 'POST',
  path: '/oauth/token',
  body: 'form',
  params: z.object({
    clientId: says(
      someText,
      'Client id; from the connection unless given',
      '客户端唯一 ID（不填时取自连接设置）',
    ).optional(),
    clientSecret: says(
      someText,
      'Client secret; from the connection unless given',
      '客户端密钥（不填时取自连接设置）',
      { secret: true },
    ).optional(),
    grantType: says(z.enum(['client_credentials', 'client_credential']), 'Grant type', '鉴权方式', {
      values: {
        client_credentials: ['client mode, spelling of the sample', '客户端模式（示例的写法）'],
        client_credential: ['client mode, spelling of the table', '客户端模式（表中的写法）'],
      },
    }).default('client_credentials'),
    scope: says(
      z.string(),
      'Scope, several with commas: read,write; from the connection unless given',
      '权限范围，多个用“,”分割，如 read,write（不填时取自连接设置）',
    ).optional(),
  }),
  wire: { clientId: 'client_id', clientSecret: 'client_secret', grantType: 'grant_type' },
  response: token,
  errors: tokenErrors,
  retry: 'safe',
  auth: false,
  codes: { error: oauthError, scope },
})
