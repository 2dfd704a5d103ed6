import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../rpc/index.ts'
import { Button, EmptyState, ErrorState, Loading, useNow } from '../../ui/index.ts'
import { DoneFollowUps } from './DoneFollowUps.tsx'
import { FollowUpRow } from './FollowUpRow.tsx'
import { groupFollowUps } from './follow-up-groups.ts'
import styles from './follow-ups.module.css'
import { isSame, useMoreFollowUps } from './use-more-follow-ups.ts'

/** Who is to be called back, by time: overdue, today, later; what is done on demand. */
export function PromisedSection() {
  const { t } = useTranslation('follow-ups')
  const snapshot = useSnapshot('dispositions')
  const now = useNow(30_000)
  const [showDone, setShowDone] = useState(false)
  const focus = snapshot?.focus ?? null
  const more = useMoreFollowUps(snapshot, focus)
  const shown = [...(snapshot?.followUps ?? []), ...more.rows]
  const left = (snapshot?.openCount ?? 0) - shown.length
  const isThere = focus !== null && shown.some((one) => isSame(one, focus))
  useEffect(() => {
    if (!focus || !isThere) return
    document
      .querySelector(`[data-testid="follow-up-row"][data-call-id="${CSS.escape(focus.callId)}"]`)
      ?.scrollIntoView({
        block: 'nearest',
      })
  }, [focus, isThere])
  return (
    <section className={styles.section} aria-labelledby="promised-title">
      <header className={styles.sectionHead}>
        <h2 id="promised-title">{t('promised')}</h2>
        {snapshot && snapshot.openCount > 0 && <span className={`${styles.count} num`}>{snapshot.openCount}</span>}
        <Button
          small
          variant="quiet"
          className="end"
          aria-expanded={showDone}
          data-testid="follow-ups-done"
          onClick={() => setShowDone(!showDone)}
        >
          {t('done')}
        </Button>
      </header>
      {!snapshot && <Loading rows={4} />}
      {snapshot?.followUps.length === 0 && !showDone && (
        <EmptyState icon="clock" title={t('none')} text={t('noneText')} />
      )}
      {snapshot &&
        groupFollowUps(shown, now).map(({ group, rows }, at, groups) => (
          <div key={group}>
            <h3 className={styles.groupHead} data-due={group}>
              {t(`group.${group}`)}
              {/* What is not shown yet belongs to the last group or to a later one. */}
              <span className="num">{left > 0 && at === groups.length - 1 ? `${rows.length}+` : rows.length}</span>
            </h3>
            <ul>
              {rows.map((one) => (
                <FollowUpRow
                  key={`${one.connection} ${one.callId}`}
                  followUp={one}
                  focused={focus !== null && isSame(one, focus)}
                />
              ))}
            </ul>
          </div>
        ))}
      {left > 0 && (
        <p className={styles.note}>
          {t('more', { count: left })}
          <Button small variant="link" busy={more.isFetching} data-testid="follow-ups-more" onClick={more.show}>
            {t('showMore')}
          </Button>
        </p>
      )}
      {more.error && <ErrorState error={more.error} operation="followUp" onRetry={more.retry} />}
      {showDone && (
        <>
          <h3 className={styles.groupHead}>{t('done')}</h3>
          <DoneFollowUps />
        </>
      )}
    </section>
  )
}
