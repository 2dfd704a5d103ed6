import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mostNumbers, type NumberLabel, numberLabels, type Person } from '../../../preload/contract/index.ts'
import { useErrorSentence } from '../../i18n/index.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { Button, Details, Drawer, Field } from '../../ui/index.ts'
import styles from './directory.module.css'
import { draftOf, type FormDraft, numberDraft, sentDraft } from './person-draft.ts'
import { useGroups } from './use-directory.ts'
import { useSaved } from './use-saved.ts'

/** A new person, or all of one. It stays, with everything typed, while saving does not work. */
export function PersonForm(props: {
  person: Person | null
  number: string
  name: string
  onClose(): void
  onSaved(id: number): void
}) {
  const { t } = useTranslation(['directory', 'common'])
  const { person, onClose } = props
  const explain = useErrorSentence()
  const saved = useSaved()
  const [draft, setDraft] = useState<FormDraft>(() => draftOf(person, props.number, props.name))
  const [over] = useState(person && { id: person.id, revision: person.revision })
  const groups = useGroups().data ?? []
  const colleagues = useSnapshot('board', (board) => board?.extensions ?? [])
  const listId = useId()
  const set = (change: Partial<FormDraft>) => setDraft((old) => ({ ...old, ...change }))
  const setNumber = (key: number, change: Partial<FormDraft['numbers'][number]>) =>
    set({ numbers: draft.numbers.map((one) => (one.key === key ? { ...one, ...change } : one)) })
  const save = useMutation({
    mutationFn: () => rpc.directory.put({ person: sentDraft(draft), over }),
    meta: { operation: 'directory', inline: true },
    onSuccess({ id, change }) {
      saved(t(person ? 'directory:saved' : 'directory:created', { name: draft.name.trim() }), change)
      props.onSaved(id)
    },
  })
  const form = useRef<HTMLFormElement>(null)
  // From the button the focus goes to what has to be corrected.
  useEffect(() => {
    const at = document.activeElement
    const isAtButton = at?.matches('[type="submit"]') === true && form.current?.contains(at) === true
    if (save.error && isAtButton)
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [type="submit"]')?.focus()
  }, [save.error])
  const failed = save.error ? explain(save.error, 'directory') : null
  const wrongNumber = placeOfNumber(save.error, draft)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (draft.name.trim() !== '') save.mutate()
  }
  const title = person ? t('directory:form.edit', { name: person.name }) : t('directory:form.new')
  return (
    <Drawer id="person-card" label={title} testId="person-form" title={title} onClose={onClose}>
      <form
        ref={form}
        className={styles.form}
        onSubmit={submit}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
            event.stopPropagation()
            onClose()
          }
        }}
      >
        <Labelled label={t('directory:field.name')}>
          <Field
            autoFocus
            label={t('directory:field.name')}
            value={draft.name}
            maxLength={60}
            onChange={(event) => set({ name: event.target.value })}
            data-testid="person-name"
          />
        </Labelled>
        <Labelled label={t('directory:field.company')}>
          <Field
            label={t('directory:field.company')}
            value={draft.company}
            maxLength={100}
            onChange={(event) => set({ company: event.target.value })}
            data-testid="person-company"
          />
        </Labelled>
        <fieldset className={styles.fieldset}>
          <legend>{t('directory:field.numbers')}</legend>
          {draft.numbers.map((one, at) => (
            <div key={one.key} className={styles.numberLine}>
              <select
                className={styles.select}
                aria-label={t('directory:form.kindOfNumber', { place: at + 1 })}
                value={one.label}
                onChange={(event) => setNumber(one.key, { label: event.target.value as NumberLabel })}
              >
                {numberLabels.map((label) => (
                  <option key={label} value={label}>
                    {t(`directory:label.${label}`)}
                  </option>
                ))}
              </select>
              <Field
                className="grow"
                label={t('directory:form.number', { place: at + 1 })}
                placeholder={at === 0 ? t('directory:form.numberHint') : undefined}
                type="tel"
                value={one.number}
                maxLength={60}
                invalid={wrongNumber === one.key}
                onChange={(event) => setNumber(one.key, { number: event.target.value })}
                data-testid="person-number"
              />
              <Button
                only
                variant="quiet"
                icon="close"
                aria-label={t('directory:form.removeNumber', { place: at + 1 })}
                onClick={() => set({ numbers: draft.numbers.filter(({ key }) => key !== one.key) })}
              />
            </div>
          ))}
          <KnownNumbers draft={draft} except={person?.id ?? null} />
          {draft.numbers.length < mostNumbers && (
            <Button
              small
              variant="link"
              icon="plus"
              onClick={() => set({ numbers: [...draft.numbers, numberDraft('', 'work')] })}
              data-testid="person-add-number"
            >
              {t('directory:form.addNumber')}
            </Button>
          )}
        </fieldset>
        <div className={styles.pair}>
          <Labelled label={t('directory:field.group')}>
            <Field
              label={t('directory:field.group')}
              list={`${listId}-groups`}
              value={draft.group}
              maxLength={40}
              onChange={(event) => set({ group: event.target.value })}
              data-testid="person-group"
            />
          </Labelled>
          <Labelled label="QQ">
            <Field
              label="QQ"
              inputMode="numeric"
              value={draft.qq}
              maxLength={20}
              onChange={(event) => set({ qq: event.target.value.normalize('NFKC').replace(/\D/g, '') })}
            />
          </Labelled>
        </div>
        <datalist id={`${listId}-groups`}>
          {groups.map((group) => (
            <option key={group} value={group} />
          ))}
        </datalist>
        <Labelled label={t('directory:field.owner')}>
          <select
            className={styles.select}
            aria-label={t('directory:field.owner')}
            value={draft.owner}
            onChange={(event) => set({ owner: event.target.value })}
          >
            <option value="">{t('directory:form.nobody')}</option>
            {draft.owner !== '' && !colleagues.some(({ extension }) => extension === draft.owner) && (
              <option value={draft.owner}>{draft.owner}</option>
            )}
            {colleagues.map(({ extension, name }) => (
              <option key={extension} value={extension}>
                {`${extension} ${name}`.trim()}
              </option>
            ))}
          </select>
        </Labelled>
        <Labelled label={t('directory:field.note')}>
          <textarea
            className={styles.text}
            aria-label={t('directory:field.note')}
            rows={3}
            maxLength={4000}
            value={draft.note}
            onChange={(event) => set({ note: event.target.value })}
            data-testid="person-note"
          />
        </Labelled>
        {failed && (
          <div className={styles.failed} role="alert" data-testid="person-failed">
            <p>{failed.sentence}</p>
            <Details explained={failed} />
          </div>
        )}
        <div className={styles.formActions}>
          <Button
            type="submit"
            variant="primary"
            busy={save.isPending}
            disabled={draft.name.trim() === ''}
            data-testid="person-save"
          >
            {t('common:save')}
          </Button>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
        </div>
      </form>
    </Drawer>
  )
}

function Labelled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className={styles.labelled}>
      <span aria-hidden="true">{label}</span>
      {children}
    </div>
  )
}

/** Somebody else has one of these numbers: said before it is saved, and no hindrance. */
function KnownNumbers({ draft, except }: { draft: FormDraft; except: number | null }) {
  const { t } = useTranslation('directory')
  const numbers = draft.numbers.map(({ number }) => number.trim()).filter((number) => number.length > 4)
  const { data } = useQuery({
    queryKey: ['directory', 'known', numbers],
    queryFn: async () => {
      const ids = new Set((await Promise.all(numbers.map((number) => rpc.directory.withNumber({ number })))).flat())
      const others = [...ids].filter((id) => id !== except).slice(0, 3)
      return Promise.all(others.map((id) => rpc.directory.get({ id })))
    },
    enabled: numbers.length > 0,
    meta: { operation: 'directory' },
    placeholderData: (before) => before,
  })
  if (numbers.length === 0 || !data || data.length === 0) return null
  return (
    <p className={styles.caution} role="status" data-testid="person-known-number">
      {t('form.knownNumber', { names: data.map(({ name }) => name).join('、') })}
    </p>
  )
}

/** The row that the core names at fault (`numbers.2` counts the filled rows). */
function placeOfNumber(error: unknown, draft: FormDraft): number | null {
  const data = typeof error === 'object' && error !== null && 'data' in error ? error.data : null
  const field = typeof data === 'object' && data !== null && 'field' in data ? String(data.field) : ''
  const place = /^numbers\.(\d+)$/.exec(field)?.[1]
  const filled = draft.numbers.filter(({ number }) => number.trim() !== '')
  return place === undefined ? null : (filled[Number(place) - 1]?.key ?? null)
}
