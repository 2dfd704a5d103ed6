import type { ErrorCode } from '../../../preload/contract/index.ts'

/**
 * The manual (001) lists no codes and no texts: a refusal is `meta.success: false` with words of its own. These are the words
 * that can only mean one thing; everything else is the other side's failure, with its words in the details.
 */
const wordings: readonly (readonly [RegExp, ErrorCode])[] = [
  // Before dialling, a caller number must be bound to the seat.
  [/未绑定|没有绑定|not\s+(yet\s+)?bound|unbound/i, 'unavailable'],
  [/已(被)?绑定|已存在|already\s+(bound|exist)/i, 'conflict'],
  [/欠费|(余额|时长|分钟)(不足|已用完|为0)|(insufficient|no)\s+(balance|minutes|credit)/i, 'forbidden'],
  [/appsecret|鉴权|认证|密钥|未授权|authori[sz]ation|authenticat|unauthori[sz]ed/i, 'auth-failed'],
  [/不存在|未找到|找不到|not\s+found|(not|n't)\s+exist/i, 'not-found'],
  [/参数|格式|不能为空|必填|号码(错误|不正确|非法)|invalid|illegal|malformed|required/i, 'bad-request'],
  [/频繁|超频|too\s+(many|frequent)/i, 'rate-limited'],
  [/(?<!繁)忙(?!碌)|\bbusy\b/i, 'busy'],
]

/** What a refusal in the vendor's words means. */
export function meaningOf(message: string): ErrorCode {
  return wordings.find(([pattern]) => pattern.test(message))?.[1] ?? 'server-error'
}
