import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Person } from '../../../preload/contract/index.ts'
import { useTimeText } from '../../i18n/index.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { Button, Drawer, DrawerHeading, Icon, showToast, useKeys, useNow } from '../../ui/index.ts'
import { useDial } from '../dial/index.ts'
import styles from './directory.module.css'
import { NumberActions } from './NumberActions.tsx'
import { Opportunities } from './Opportunities.tsx'
import { PersonCalls } from './PersonCalls.tsx'
import { useSaved } from './use-saved.ts'

/** Somebody in full: numbers, what is known, opportunities, calls. */
export function PersonCard(props: { person: Person; onEdit(): void; onClose(): void; onPerson(id: number): void }) {
  const { t } = useTranslation(['directory', 'common'])
  const { person, onClose, onPerson } = props
  const { day } = useTimeText()
  const now = useNow(60_000)
  const dial = useDial()
  const saved = useSaved()
  const canAdd = useSnapshot('directory', (directory) => directory?.canAddToPbx ?? false)
  const [first] = person.numbers
  const remove = useMutation({
    mutationFn: () => rpc.directory.remove({ id: person.id }),
    meta: { operation: 'directory' },
    onSuccess({ id, change }) {
      onClose()
      saved(t('directory:removed', { name: person.name }), change, () => onPerson(id))
    },
  })
  const add = useMutation({
    mutationFn: () => rpc.directory.addToPbx({ id: person.id }),
    meta: { operation: 'add-to-pbx' },
    onSuccess: () => showToast({ tone: 'done', text: t('directory:addedToPbx', { name: person.name }) }),
  })
  useKeys({ e: props.onEdit })
  const facts: [label: string, value: string | null][] = [
    [t('directory:field.group'), person.group],
    [t('directory:field.owner'), person.owner && [person.ownerName, person.owner].filter(Boolean).join(' ')],
    ['QQ', person.qq],
    ...person.fields.map(({ label, value }): [string, string] => [label, value]),
  ]
  const known = facts.filter(([, value]) => value !== null && value !== '')
  return (
    <Drawer
      id="person-card"
      label={t('directory:card.label', { name: person.name })}
      testId="person-card"
      title={person.name}
      beside={person.company && <span className="cut secondary">{person.company}</span>}
      buttons={
        <Button
          only
          variant="quiet"
          icon="pencil"
          aria-label={t('directory:card.edit')}
          onClick={props.onEdit}
          data-testid="person-edit"
        />
      }
      onClose={onClose}
    >
      {person.numbers.length === 0 && <p className={styles.hint}>{t('directory:card.noNumber')}</p>}
      <ul className={styles.numbers}>
        {person.numbers.map((one) => (
          <li key={one.canonical}>
            <span className={`${styles.label} meta muted`}>{t(`directory:label.${one.label}`)}</span>
            <span className="grow cut">
              <span className="num">{one.display}</span>
              {one.suffix !== null && <span className="num"> {t('directory:suffix', { suffix: one.suffix })}</span>}
              {one.home && <span className="meta secondary"> {one.home}</span>}
            </span>
            <NumberActions number={one.canonical} display={one.display} />
            <Button
              small
              only
              variant="quiet"
              icon="phone"
              aria-label={t('directory:card.callNumber', { number: one.display })}
              onClick={() => dial(one.canonical)}
            />
          </li>
        ))}
      </ul>
      <div className={styles.actions}>
        {first && (
          <Button
            data-first
            variant="primary"
            icon="phone"
            onClick={() => dial(first.canonical)}
            data-testid="person-call"
          >
            {t('directory:card.call')}
          </Button>
        )}
        {canAdd && person.pbx === null && first && (
          <Button icon="plus" busy={add.isPending} onClick={() => add.mutate()} data-testid="person-add-to-pbx">
            {t('directory:card.addToPbx')}
          </Button>
        )}
        <Button icon="minus-circle" busy={remove.isPending} onClick={() => remove.mutate()} data-testid="person-remove">
          {t('directory:card.remove')}
        </Button>
      </div>
      {person.pbx && (
        <p className={styles.hint}>
          <Icon name="check" size="s" /> {t('directory:card.inPbx', { day: day(person.pbx.at, now) })}
        </p>
      )}
      {known.length > 0 && (
        <dl className={styles.facts}>
          {known.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {person.note !== '' && (
        <section className={styles.section}>
          <DrawerHeading>{t('directory:field.note')}</DrawerHeading>
          <p className={styles.note}>{person.note}</p>
        </section>
      )}
      <Opportunities person={person} />
      <PersonCalls name={person.name} who={{ person: person.id, version: person.revision }} />
    </Drawer>
  )
}
