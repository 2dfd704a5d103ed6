import { z } from 'zod'
import { says } from '../kit/params.ts'
import { epochOf } from '../kit/wall-time.ts'
import { leftVariable, templateProblem } from './template.ts'

/** Text that is left out when it is empty: the platform takes an empty filter for a value. */
export const optionalText = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .transform((text) => (text === '' ? undefined : text))
    .optional()

/** A whole number, sent as text like in the manual's samples. */
export const numberText = (least: number) => z.number().int().min(least).transform(String)

export const optionalNumber = (least: number) => numberText(least).optional()

/** `yyyy-MM-dd HH:mm:ss` in the platform's time zone; left out when empty. */
export const optionalTime = z
  .string()
  .trim()
  .refine((text) => text === '' || epochOf(text, '+00:00') !== null, 'must be a time as yyyy-MM-dd HH:mm:ss')
  .transform((text) => (text === '' ? undefined : text))
  .optional()

/** Text that is spoken as it stands. */
export const spokenText = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(5000)
  .superRefine((text, context) => {
    const left = leftVariable(text)
    if (left !== null) context.addIssue({ code: 'custom', message: `variable {${left}} has no value` })
  })

/** Text of a template. */
export const templateText = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(5000)
  .superRefine((text, context) => {
    const problem = templateProblem(text)
    if (problem !== null) context.addIssue({ code: 'custom', message: problem })
  })

/** What every command may carry. The manual limits `userData` to 40 characters with calls, to 64 elsewhere, and cuts the rest. */
export const commandParams = (userDataLength: 40 | 64) => ({
  seq: says(optionalText(20), 'Command number, returned in pushes', '命令序列号，推送消息时使用'),
  userData: says(optionalText(userDataLength), 'Your own data, returned', '用户数据，异步响应会回传'),
})

export const commandWire = { seq: 'request.seq', userData: 'request.userData' } as const

/** How the answer should look. */
export const answerParams = {
  debug: says(z.enum(['true', 'false']).optional(), 'Debug log in the answer', '是否开启调试', {
    values: { true: ['on', '开启'], false: ['off', '关闭'] },
  }),
  lang: says(z.enum(['zh_CN', 'zh_CH', 'en_US']).optional(), 'Language of the answer', '响应中的语种', {
    values: {
      zh_CN: ['Chinese (as in the sample)', '中文（示例写法）'],
      zh_CH: ['Chinese (as in the table)', '中文（表格写法）'],
      en_US: ['English', '英文'],
    },
  }),
}

export const answerWire = { debug: 'param.debug', lang: 'param.lang' } as const
