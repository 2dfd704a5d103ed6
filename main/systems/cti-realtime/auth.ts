import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { CtiRealtimeConnection } from '../../../preload/contract/index.ts'
import { CoreError } from '../../core/errors.ts'
import type { Authenticator } from '../kit/auth.ts'
import { appId, enterpriseId, enterpriseIdOrNone } from './values.ts'

type Values = Record<string, unknown>

/**
 * The module asks for no login; two operations carry a digest instead. This fills in what a caller left out: the
 * enterprise, `timestamp` (s) with `sign` (§17), `seed` with `pwd` (§11). The manual gives neither formula nor sample:
 * both formulas are settings of the connection. Errors: bad-request (no enterprise anywhere, or a digest without what
 * went into it), auth-failed (no token in the settings).
 */
export function createSigner(connection: CtiRealtimeConnection, now: () => number): Authenticator {
  const digests = [
    {
      ...{ param: 'sign', salt: 'timestamp', formula: connection.signFormula },
      fresh: () => Math.floor(now() / 1000),
    },
    { param: 'pwd', salt: 'seed', formula: connection.pwdFormula, fresh: () => String(now()) },
  ]
  return {
    complete({ params: { shape } }, given) {
      const values = { ...given, ...ownEnterprise(connection, shape, given) }
      for (const { param, salt, formula, fresh } of digests) {
        if (!Object.hasOwn(shape, param)) continue
        if (values[param] !== undefined) {
          if (values[salt] !== undefined) continue
          throw new CoreError('bad-request', { field: salt, reason: `must be given together with ${param}` })
        }
        if (!connection.token) {
          throw new CoreError('auth-failed', { field: 'token', reason: `the connection has no token to make ${param}` })
        }
        values[salt] ??= fresh()
        values[param] = createHash('md5')
          .update(fillFormula(formula, { ...values, token: connection.token }))
          .digest('hex')
      }
      return values
    },
    credentials: () => ({}),
    masked: () => ({}),
  }
}

/** `{name}` replaced by its value; text around it stays. */
export function fillFormula(formula: string, parts: Values): string {
  return formula.replace(/\{(\w+)\}/g, (_all, name: string) => String(parts[name] ?? ''))
}

/** The connection's enterprise for the parameters that want one and got none. */
function ownEnterprise(connection: CtiRealtimeConnection, shape: z.ZodRawShape, given: Values): Values {
  const own: Values = {}
  for (const [key, schema] of Object.entries(shape)) {
    const wanted = schema === enterpriseId || schema === appId
    if (given[key] !== undefined || !(wanted || schema === enterpriseIdOrNone)) continue
    if (connection.enterpriseId) own[key] = connection.enterpriseId
    else if (wanted) {
      throw new CoreError('bad-request', { field: key, reason: 'must be given: the connection names no enterprise' })
    }
  }
  return own
}
