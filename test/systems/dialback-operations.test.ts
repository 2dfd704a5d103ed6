import { expect, it } from 'vitest'
import { dialbackCodes } from '../../main/systems/dialback/codes.ts'
import { dialbackOperations } from '../../main/systems/dialback/operations/index.ts'
import { wireParams } from '../../main/systems/kit/operation.ts'
import { openSession } from '../../main/systems/kit/session.ts'
import { fakeOperations } from '../fakes/dialback/operations.ts'
import { codesSuite } from './codes-suite.ts'
import { dialbackAuth } from './dialback-connection.ts'
import { operationSuite } from './operation-suite.ts'
import { recordedLog } from './recorded-log.ts'

operationSuite({
  system: 'dialback',
  operations: dialbackOperations,
  open: (baseUrl) =>
    openSession({
      ...{ connection: 'back', system: 'dialback', baseUrl, errors: {}, log: recordedLog() },
      auth: dialbackAuth(baseUrl),
    }),
})

codesSuite('dialback', dialbackCodes)

it.each(dialbackOperations.filter((one) => one.method === 'POST').map((one) => [one.id, one] as const))(
  '%s has the same parameters as the strict fake, written from the manual on its own',
  (_id, described) => {
    const fake = fakeOperations[described.path]!
    const names = wireParams(described).map((one) => one.name)
    expect([...names].sort()).toEqual([...fake.required, ...fake.optional].sort())
    expect(described.doc).toMatch(/^001 /)
  },
)
