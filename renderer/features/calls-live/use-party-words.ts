import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Party } from '../../../preload/contract/calls.ts'

/** How a person is called: by name, else by number, and in words when the number was withheld. */
export interface PartyWords {
  /** Name, else number. */
  who(party: Party): string
  number(party: Party): string
}

/** The same object until the language changes. */
export function usePartyWords(): PartyWords {
  const { t } = useTranslation('common')
  return useMemo(() => {
    const number = (party: Party) => party.display || t('hiddenNumber')
    return { number, who: (party) => party.name ?? number(party) }
  }, [t])
}
