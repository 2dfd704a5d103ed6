import { expect, it } from 'vitest'
import { wireParams } from '../../main/systems/kit/operation.ts'
import { openSession } from '../../main/systems/kit/session.ts'
import { digestAuth } from '../../main/systems/voice-openapi/auth.ts'
import { voiceOpenapiCodes } from '../../main/systems/voice-openapi/codes.ts'
import { voiceOpenapiErrors } from '../../main/systems/voice-openapi/errors.ts'
import { voiceOpenapiInbound, voiceOpenapiOperations } from '../../main/systems/voice-openapi/operations/index.ts'
import { VoiceOpenapiConnection } from '../../preload/contract/index.ts'
import { fakeOperations } from '../fakes/voice-openapi/operations.ts'
import { codesSuite } from './codes-suite.ts'
import { operationSuite } from './operation-suite.ts'
import { recordedLog } from './recorded-log.ts'

const customer = { customer: 'C2', password: 'E416D0F85DC0CB67C85E070A32D9F0123AFF4762' }

operationSuite({
  system: 'voice-openapi',
  operations: voiceOpenapiOperations,
  open(origin) {
    const baseUrl = `${origin}/openapi/V2.0.6`
    const connection = VoiceOpenapiConnection.parse({ id: 'voice', system: 'voice-openapi', baseUrl, ...customer })
    return openSession({
      ...{ connection: 'voice', system: 'voice-openapi', baseUrl, errors: voiceOpenapiErrors, log: recordedLog() },
      // The moment and number of the manual's example.
      auth: digestAuth(connection, { now: () => 1_471_918_933_001, nextSeq: () => '5271' }),
    })
  },
})

codesSuite('voice-openapi', voiceOpenapiCodes)

it('every failure among the codes has one of our codes, every error code of the manual is one', () => {
  expect(Object.keys(voiceOpenapiErrors)).toHaveLength(9)
  const causes = voiceOpenapiCodes.find((one) => one.id === 'voice-openapi.releaseCause')!
  expect(Object.keys(causes.codes)).toHaveLength(57)
  const states = Object.entries(causes.codes).flatMap(([code, [core]]) => (core === null ? [code] : []))
  expect(states).toEqual(['0', '1'])
})

it.each(voiceOpenapiOperations.filter((one) => one.method === 'POST').map((one) => [one.id, one] as const))(
  '%s has the same parameters as the strict fake, written from the manual on its own',
  (_id, described) => {
    const fake = fakeOperations[described.path]!
    const names = (required: boolean) =>
      wireParams(described).flatMap((one) => (one.required === required ? [one.name] : []))
    expect(names(true).sort()).toEqual(fake.required.map((name) => `request.${name}`).sort())
    const params = fake.param ? ['param.debug', 'param.lang'] : []
    expect(names(false).sort()).toEqual([...params, ...fake.optional.map((name) => `request.${name}`)].sort())
  },
)

it('describes both pushes with everything that arrives', () => {
  expect(voiceOpenapiInbound.map(({ id, method, path }) => `${id} ${method} ${path}`)).toEqual([
    'voice-openapi.tts-audit-push POST /openapi/push',
    'voice-openapi.tts-voice-notify-billing-push POST /openapi/push',
  ])
})
