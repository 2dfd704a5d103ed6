import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ConnectionTest, SettingsSnapshot, Status } from '../../../preload/contract/index.ts'
import { go } from '../../app/route.ts'
import { rpc } from '../../rpc/index.ts'
import { defaultPbxId, isLocked, mainTelcrm, realSettings, withMainTelcrm } from '../settings/index.ts'

export const stepNames = ['connect', 'extension', 'notify', 'pop'] as const

/**
 * The wizard: which step, what was typed and chosen, and what each step saves. The connection is saved after the second
 * step, so that in the third one the PBX is already polled and allowed to report calls.
 */
export function useWizard(settings: SettingsSnapshot, status: Status | null) {
  // While the demo lies over the settings, the connection in them is not the user's own.
  const current = status?.demo.running ? null : mainTelcrm(settings.values.connections)
  const path = `connections.${current?.id ?? defaultPbxId}`
  const locked = {
    address: isLocked(`${path}.baseUrl`, settings.locked),
    extension: isLocked(`${path}.extension`, settings.locked),
  }
  const [step, setStep] = useState(0)
  const [address, setAddress] = useState(current?.baseUrl ?? '')
  const [extension, setExtension] = useState(current?.extension ?? '')

  const test = useMutation({
    mutationFn: (asked: string) => rpc.settings.testConnection({ address: asked }),
    meta: { inline: true },
  })
  const answer: ConnectionTest | null = test.variables === address.trim() ? (test.data ?? null) : null

  const save = useMutation({
    mutationFn: async (baseUrl: string) => {
      const real = await realSettings()
      const connections = withMainTelcrm(real.values.connections, { baseUrl, extension: extension || null })
      await rpc.settings.update({ patch: { connections } })
    },
    meta: { inline: true },
  })
  const finish = useMutation({
    mutationFn: () => rpc.settings.update({ patch: { setupDone: true } }),
    onSuccess: () => go('desk'),
    meta: { operation: 'settings' },
  })
  const demo = useMutation({ mutationFn: () => rpc.demo.start(), onSuccess: () => go('desk') })

  const move = (to: number) => setStep(Math.min(Math.max(to, 0), stepNames.length - 1))

  return {
    step,
    name: stepNames[step] ?? 'connect',
    locked,
    address,
    setAddress,
    extension,
    setExtension,
    answer,
    test,
    save,
    finish,
    demo,
    move,
    /** Ask the PBX; on an answer go on, unless `stay`. */
    async check(stay: boolean) {
      const result = await test.mutateAsync(address.trim()).catch(() => null)
      if (result?.ok && !stay) move(1)
    },
    async saveConnection() {
      const asked = (locked.address ? current?.baseUrl : answer?.baseUrl) ?? address.trim()
      const done =
        locked.extension ||
        (await save.mutateAsync(asked).then(
          () => true,
          () => false,
        ))
      if (done) move(2)
    },
  }
}

export type Wizard = ReturnType<typeof useWizard>
