import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../../preload/contract/index.ts'
import { EmptyState } from '../../../ui/index.ts'
import { SectionIcon } from '../../../ui/SectionIcon.tsx'
import { isLocked } from '../locked.ts'
import { Panel, useIsShown } from '../SettingRow.tsx'
import type { SectionProps } from '../SettingsPage.tsx'
import styles from '../settings.module.css'
import { useSave } from '../use-setting.ts'
import { ConfirmRemove } from './ConfirmRemove.tsx'
import { DemoBanner } from './ConnectionsSection.tsx'
import { GroupForm } from './GroupForm.tsx'
import { ListActions } from './ListActions.tsx'
import { RowButtons } from './RowButtons.tsx'

export type Group = Settings['groups'][number]

/** Names and members of the PBX's groups; the PBX itself tells only their numbers. */
export function GroupsSection({ settings, status }: SectionProps) {
  const { t } = useTranslation('settings')
  const [editing, setEditing] = useState<string | null>(null)
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<Group | null>(null)
  const save = useSave()
  const shown = useIsShown('groups')
  const { groups } = settings.values
  const byPolicy = isLocked('groups', settings.locked)
  const locked = byPolicy || status.demo.running
  const store = async (next: Group[]) => {
    const done = await save.save({ groups: next })
    if (done) {
      setEditing(null)
      setAdding(false)
    }
    return done
  }
  return (
    <>
      {status.demo.running && shown && <DemoBanner />}
      <Panel
        title={t('groups.title')}
        rows={['groups']}
        action={
          <ListActions
            list={{ ...save, locked: byPolicy }}
            label={t('groups.add')}
            busy={adding}
            onAdd={locked ? null : () => setAdding(true)}
            testId="group-add"
          />
        }
      >
        <p className={styles.prose}>{t('groups.text')}</p>
        {groups.map((group) =>
          editing === group.id ? (
            <GroupForm
              key={group.id}
              group={group}
              others={groups.filter((one) => one.id !== group.id)}
              save={save}
              onSave={(changed) => void store(groups.map((one) => (one.id === group.id ? changed : one)))}
              onClose={() => setEditing(null)}
            />
          ) : (
            <GroupRow
              key={group.id}
              group={group}
              locked={locked}
              onEdit={() => setEditing(group.id)}
              onRemove={() => setRemoving(group)}
            />
          ),
        )}
        {adding && (
          <GroupForm
            group={null}
            others={groups}
            save={save}
            onSave={(added) => void store([...groups, added])}
            onClose={() => setAdding(false)}
          />
        )}
        {groups.length === 0 && !adding && <EmptyState icon="grid" title={t('groups.empty')} />}
      </Panel>
      {removing && (
        <ConfirmRemove
          title={t('groups.removeConfirm', { name: removing.name })}
          text={t('groups.removeText')}
          yes={t('answers.remove', { name: removing.name })}
          save={save}
          onRemove={() => store(groups.filter((one) => one.id !== removing.id))}
          onClose={() => setRemoving(null)}
        />
      )}
    </>
  )
}

function GroupRow({
  group,
  locked,
  onEdit,
  onRemove,
}: {
  group: Group
  locked: boolean
  onEdit: () => void
  onRemove: () => void
}) {
  const { t } = useTranslation('settings')
  return (
    <div className={styles.groupRow}>
      <span className="row num">
        <SectionIcon name="team" />
        {group.id}
      </span>
      <b className="cut">{group.name}</b>
      <span className="cut secondary num" title={group.extensions.join(' ')}>
        {group.extensions.length === 0 ? t('groups.membersNone') : group.extensions.join(' ')}
      </span>
      {!locked && <RowButtons name={group.name} onEdit={onEdit} onRemove={onRemove} busy={false} />}
    </div>
  )
}
