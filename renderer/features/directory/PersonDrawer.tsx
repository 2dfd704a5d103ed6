import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Drawer, ErrorState, Loading } from '../../ui/index.ts'
import { PersonCard } from './PersonCard.tsx'
import { PersonForm } from './PersonForm.tsx'
import { usePerson } from './use-directory.ts'

/** One person: their card, or the form that changes it. */
export function PersonDrawer(props: { id: number; onClose(): void; onPerson(id: number): void }) {
  const { t } = useTranslation(['directory', 'common'])
  const [isEditing, setIsEditing] = useState(false)
  const query = usePerson(props.id)
  const person = query.data
  if (!person || query.isError)
    return (
      <Drawer
        id="person-card"
        label={t('directory:card.loading')}
        testId="person-card"
        title={query.isError ? t('directory:card.gone') : t('common:loading')}
        onClose={props.onClose}
      >
        {query.isError ? (
          <ErrorState error={query.error} operation="directory" onRetry={() => void query.refetch()} />
        ) : (
          <Loading rows={6} />
        )}
      </Drawer>
    )
  if (isEditing)
    return (
      <PersonForm
        person={person}
        number=""
        name=""
        onClose={() => setIsEditing(false)}
        onSaved={() => setIsEditing(false)}
      />
    )
  return (
    <PersonCard person={person} onEdit={() => setIsEditing(true)} onClose={props.onClose} onPerson={props.onPerson} />
  )
}
