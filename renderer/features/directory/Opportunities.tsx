import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Opportunity,
  type OpportunityStage,
  opportunityStages,
  type Person,
} from '../../../preload/contract/index.ts'
import { useErrorSentence } from '../../i18n/index.ts'
import { rpc } from '../../rpc/index.ts'
import { Button, DrawerHeading, Field } from '../../ui/index.ts'
import styles from './directory.module.css'
import { readAmount } from './person-draft.ts'
import { stageLook } from './stage-look.ts'
import { useMoney } from './use-money.ts'
import { useSaved } from './use-saved.ts'

/** What may come of somebody: what is under way first. */
export function Opportunities({ person }: { person: Person }) {
  const { t } = useTranslation('directory')
  /** 0 = a new one. */
  const [edited, setEdited] = useState<number | null>(null)
  const money = useMoney()
  const sorted = person.opportunities.toSorted(
    (a, b) =>
      Number(stageLook(a.stage) === 'over') - Number(stageLook(b.stage) === 'over') || b.updatedAt - a.updatedAt,
  )
  return (
    <section className={styles.section} data-testid="person-opportunities">
      <DrawerHeading>
        {t('opportunity.title')}
        {edited === null && (
          <Button small variant="link" className="end" onClick={() => setEdited(0)} data-testid="opportunity-new">
            {t('opportunity.new')}
          </Button>
        )}
      </DrawerHeading>
      {sorted.length === 0 && edited !== 0 && <p className="meta muted">{t('opportunity.none')}</p>}
      {edited === 0 && <OpportunityForm person={person} old={null} onClose={() => setEdited(null)} />}
      <ul>
        {sorted.map((one) =>
          edited === one.id ? (
            <li key={one.id}>
              <OpportunityForm person={person} old={one} onClose={() => setEdited(null)} />
            </li>
          ) : (
            <li key={one.id} className={styles.opportunity} data-look={stageLook(one.stage)}>
              <button
                type="button"
                onClick={() => setEdited(one.id)}
                aria-label={t('opportunity.edit', { product: one.product })}
              >
                <b className="cut">{one.product}</b>
                <span className={styles.stage}>{t(`stage.${one.stage}`)}</span>
                {one.amountFen !== null && <span className="num end">{money(one.amountFen)}</span>}
                <span className={`${styles.comment} meta secondary`}>
                  {[one.comment, one.expectedOn && t('opportunity.expected', { day: one.expectedOn })]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </button>
            </li>
          ),
        )}
      </ul>
    </section>
  )
}

function OpportunityForm({ person, old, onClose }: { person: Person; old: Opportunity | null; onClose(): void }) {
  const { t } = useTranslation(['directory', 'common'])
  const explain = useErrorSentence()
  const saved = useSaved()
  const [product, setProduct] = useState(old?.product ?? '')
  const [comment, setComment] = useState(old?.comment ?? '')
  const [stage, setStage] = useState<OpportunityStage>(old?.stage ?? 'open')
  const [amount, setAmount] = useState(old?.amountFen == null ? '' : String(old.amountFen / 100))
  const [expectedOn, setExpectedOn] = useState(old?.expectedOn ?? '')
  const amountFen = readAmount(amount)
  const save = useMutation({
    mutationFn: () =>
      rpc.directory.putOpportunity({
        over: { id: person.id, revision: person.revision },
        opportunity: {
          ...{ id: old?.id ?? null, product: product.trim(), comment: comment.trim(), stage },
          amountFen: amountFen ?? null,
          expectedOn: expectedOn === '' ? null : expectedOn,
        },
      }),
    meta: { operation: 'directory', inline: true },
    onSuccess({ change }) {
      saved(t('directory:opportunity.saved', { product: product.trim() }), change)
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (product.trim() !== '' && amountFen !== undefined) save.mutate()
  }
  return (
    <form
      className={styles.form}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <Field
        autoFocus
        label={t('directory:opportunity.product')}
        placeholder={t('directory:opportunity.product')}
        value={product}
        maxLength={100}
        onChange={(event) => setProduct(event.target.value)}
        data-testid="opportunity-product"
      />
      <textarea
        className={styles.text}
        aria-label={t('directory:opportunity.comment')}
        placeholder={t('directory:opportunity.comment')}
        rows={2}
        maxLength={2000}
        value={comment}
        onChange={(event) => setComment(event.target.value)}
      />
      <div className={styles.pair}>
        <select
          className={styles.select}
          aria-label={t('directory:opportunity.stage')}
          value={stage}
          onChange={(event) => setStage(event.target.value as OpportunityStage)}
          data-testid="opportunity-stage"
        >
          {opportunityStages.map((one) => (
            <option key={one} value={one}>
              {t(`directory:stage.${one}`)}
            </option>
          ))}
        </select>
        <Field
          label={t('directory:opportunity.amount')}
          placeholder={t('directory:opportunity.amount')}
          inputMode="decimal"
          value={amount}
          maxLength={20}
          invalid={amountFen === undefined}
          onChange={(event) => setAmount(event.target.value)}
          data-testid="opportunity-amount"
        />
      </div>
      <Field
        type="date"
        label={t('directory:opportunity.expectedOn')}
        value={expectedOn}
        onChange={(event) => setExpectedOn(event.target.value)}
        trailing={<span className="meta muted">{t('directory:opportunity.expectedOn')}</span>}
      />
      {amountFen === undefined && (
        <p className={styles.failed} role="alert">
          {t('directory:opportunity.amountWrong')}
        </p>
      )}
      {save.error && (
        <p className={styles.failed} role="alert">
          {explain(save.error, 'directory').sentence}
        </p>
      )}
      <div className={styles.formActions}>
        <Button
          type="submit"
          variant="primary"
          busy={save.isPending}
          disabled={product.trim() === '' || amountFen === undefined}
          data-testid="opportunity-save"
        >
          {t('common:save')}
        </Button>
        <Button onClick={onClose}>{t('common:cancel')}</Button>
      </div>
    </form>
  )
}
