import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../rpc/index.ts'
import { Button, EmptyState, Loading, useNow } from '../../ui/index.ts'
import { DoneFollowUps } from './DoneFollowUps.tsx'
import { FollowUpRow } from './FollowUpRow.tsx'
import { groupFollowUps } from './follow-up-groups.ts'
import styles from './follow-ups.module.css'

/** Who is to be called back, by time: overdue, today, later; what is done on demand. */
export function PromisedSection() {
  const { t } = useTranslation('follow-ups')
  const snapshot = useSnapshot('dispositions')
  const now = useNow(30_000)
  const [showDone, setShowDone] = useState(false)
  const focus = snapshot?.focus
  useEffect(() => {
    if (!focus) return
    document
      .querySelector(`[data-testid="follow-up-row"][data-call-id="${CSS.escape(focus.callId)}"]`)
      ?.scrollIntoView({
        block: 'nearest',
      })
  }, [focus])
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
        groupFollowUps(snapshot.followUps, now).map(({ group, rows }) => (
          <div key={group}>
            <h3 className={styles.groupHead} data-due={group}>
              {t(`group.${group}`)}
              <span className="num">{rows.length}</span>
            </h3>
            <ul>
              {rows.map((one) => (
                <FollowUpRow
                  key={`${one.connection} ${one.callId}`}
                  followUp={one}
                  focused={focus?.callId === one.callId && focus.connection === one.connection}
                />
              ))}
            </ul>
          </div>
        ))}
      {snapshot && snapshot.openCount > snapshot.followUps.length && (
        <p className={styles.note}>{t('more', { count: snapshot.openCount - snapshot.followUps.length })}</p>
      )}
      {showDone && (
        <>
          <h3 className={styles.groupHead}>{t('done')}</h3>
          <DoneFollowUps />
        </>
      )}
    </section>
  )
}
