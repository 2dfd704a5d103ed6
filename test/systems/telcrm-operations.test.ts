import { expect, it } from 'vitest'
import { wireParams } from '../../main/systems/kit/operation.ts'
import { openSession } from '../../main/systems/kit/session.ts'
import { telcrmErrors } from '../../main/systems/telcrm/errors.ts'
import { telcrmOperations } from '../../main/systems/telcrm/operations/index.ts'
import { fakeOperations } from '../fakes/telcrm/operations.ts'
import { wsdlDocuments } from '../fakes/telcrm-soap/wsdl.ts'
import { operationSuite } from './operation-suite.ts'
import { recordedLog } from './recorded-log.ts'

operationSuite({
  system: 'telcrm',
  operations: telcrmOperations,
  open: (baseUrl) =>
    openSession({ connection: 'pbx', system: 'telcrm', baseUrl, errors: telcrmErrors, log: recordedLog() }),
  helper({ method, target }) {
    const service = /^\/bridge\/services\/(\w+)\?wsdl$/.exec(target)?.[1]
    const body = service && wsdlDocuments('xfire', service, 'http://pbx.invalid').wsdl
    return method === 'GET' && body ? { status: 200, contentType: 'text/xml', body } : null
  },
})

it.each(telcrmOperations.filter((one) => !one.soap).map((one) => [one.id, one] as const))(
  '%s has the same parameters as the strict fake, written from the manual on its own',
  (_id, described) => {
    const fake = fakeOperations[described.fixed.opt!]!
    expect(described.path).toBe(fake.path)
    const names = (required: boolean): string[] =>
      wireParams(described)
        .filter((one) => one.required === required)
        .map((one) => one.name)
    expect(names(true)).toEqual(fake.required)
    expect(names(false)).toEqual(fake.optional ?? [])
    expect(described.doc).toMatch(/^003 §\d+$/)
  },
)
