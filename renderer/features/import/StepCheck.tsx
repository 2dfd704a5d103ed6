import { useTranslation } from 'react-i18next'
import { useErrorSentence } from '../../i18n/index.ts'
import { Banner, Button, Details, Icon } from '../../ui/index.ts'
import { FindingPanel } from './FindingPanel.tsx'
import styles from './import.module.css'
import { useNumber } from './use-number.ts'
import { actions, type Wizard } from './wizard.ts'

/** What was found without writing anything, grouped, to be put right here. */
export function StepCheck({ wizard }: { wizard: Wizard }) {
  const { t } = useTranslation('imports')
  const number = useNumber()
  const explain = useErrorSentence()
  const { check, checking } = wizard
  const explained = wizard.problem === null ? null : explain(wizard.problem, 'import')
  const wrong =
    check?.groups.flatMap(({ group, count }) =>
      group === 'known' || group === 'pbx-known' ? [] : [{ group, count }],
    ) ?? []
  const left = wrong.reduce((sum, { count }) => sum + count, 0)
  const isClean = check !== null && wrong.length === 0
  return (
    <>
      <div className={styles.work} aria-busy={checking !== null}>
        {explained && (
          <div data-testid="import-problem">
            <Banner tone="failed">
              {explained.sentence}
              <Details explained={explained} />
            </Banner>
          </div>
        )}
        {check === null && checking && (
          <section className={`${styles.panel} ${styles.padded}`}>
            <p role="status">{t('check.running', { rows: number(checking.rows) })}</p>
            <progress className={styles.bar} aria-label={t('check.label')} value={checking.share} max={1} />
            <Button onClick={actions.cancelCheck}>{t('cancel')}</Button>
          </section>
        )}
        {check && (
          <>
            <p className={styles.sumLine} role="status" data-testid="import-summary" data-ready={check.ready}>
              <Sum value={number(check.ready)} words={t('check.ready', { count: check.ready })} />
              {wrong.map(({ group, count }) => (
                <Sum key={group} value={number(count)} words={t(`check.sum.${group}`, { count })} />
              ))}
              {check.skipped > 0 && (
                <Sum value={number(check.skipped)} words={t('check.skipped', { count: check.skipped })} />
              )}
              {check.empty > 0 && <Sum value={number(check.empty)} words={t('check.empty', { count: check.empty })} />}
            </p>
            {check.groups.map(({ group, count, suggestions }) => (
              <FindingPanel key={group} group={group} count={count} suggestions={suggestions} wizard={wizard} />
            ))}
            {check.unused.length > 0 && (
              <section className={styles.panel}>
                <div className={styles.panelHead}>
                  <Icon name="info" />
                  <b>{t('check.unused', { count: check.unused.length })}</b>
                  <span className="meta muted cut">{check.unused.join(t('and'))}</span>
                  <span className="grow" />
                  <Button variant="quiet" small onClick={() => actions.to('columns')}>
                    {t('check.columns')}
                  </Button>
                </div>
              </section>
            )}
            {isClean && (
              <section className={styles.panel}>
                <div className={styles.panelHead}>
                  <Icon name="check-circle" />
                  <b>{t('check.clean')}</b>
                  <span className="meta muted num">{t('check.cleanText', { rows: number(check.rows) })}</span>
                </div>
              </section>
            )}
          </>
        )}
      </div>
      <footer className={styles.actionBar}>
        <span className="secondary">
          {left > 0 ? t('check.left', { count: left, rows: number(left) }) : t('check.text')}
        </span>
        <span className="grow" />
        <Button onClick={() => actions.to('columns')}>{t('back')}</Button>
        <Button
          variant="primary"
          disabled={check === null || check.ready === 0 || checking !== null}
          busy={wizard.starting}
          onClick={() => void actions.start()}
          data-testid="import-start"
        >
          {t('check.start', { count: check?.ready ?? 0, rows: number(check?.ready ?? 0) })}
        </Button>
      </footer>
    </>
  )
}

function Sum({ value, words }: { value: string; words: string }) {
  return (
    <span>
      <b className="num">{value}</b> <span className="secondary">{words}</span>
    </span>
  )
}
