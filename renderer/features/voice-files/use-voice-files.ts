import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PromptsSnapshot } from '../../../preload/contract/index.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'

const none: PromptsSnapshot = { libraries: [], recorders: [], uploads: [], listVersion: 0, keepDays: 30 }

/** The voice files of one connection, and what is on its way there. */
export function useVoiceFiles() {
  const snapshot = useSnapshot('prompts')
  const { libraries, recorders, uploads, listVersion, keepDays } = snapshot ?? none
  const [chosen, setChosen] = useState<string | null>(null)
  const connection = libraries.some(({ id }) => id === chosen) ? chosen : (libraries[0]?.id ?? null)
  const query = useQuery({
    queryKey: ['voice-files', connection, listVersion],
    queryFn: () => rpc.prompts.list({ connection: connection ?? '' }),
    enabled: connection !== null,
    // A list that changed is drawn over the old one, not over nothing.
    placeholderData: (before) => (before?.connection === connection ? before : undefined),
    meta: { operation: 'voice' },
  })
  return {
    isKnown: snapshot !== null,
    ...{ libraries, recorders, keepDays, connection, query },
    choose: setChosen,
    uploads: uploads.filter((one) => one.connection === connection),
  }
}
