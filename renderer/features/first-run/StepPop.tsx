import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Status } from '../../../preload/contract/index.ts'
import { useErrorSentence } from '../../i18n/index.ts'
import { rpc } from '../../rpc/index.ts'
import { Button, Icon } from '../../ui/index.ts'
import { platformOf } from './platform.ts'
import { StepPicture } from './StepPicture.tsx'
import styles from './steps.module.css'
import type { Wizard } from './use-wizard.ts'

/** Step 4: a test notification. Not seen? Then what to check on this system. */
export function StepPop({ wizard, status }: { wizard: Wizard; status: Status }) {
  const { t } = useTranslation('first-run')
  const explain = useErrorSentence()
  const [seen, setSeen] = useState<boolean | null>(null)
  const test = useMutation({
    mutationFn: () => rpc.settings.testNotification(),
    onMutate: () => setSeen(null),
    meta: { inline: true },
  })
  const failed = test.error ? explain(test.error) : null

  return (
    <>
      <StepPicture kind="pop" />
      <section className={styles.panel}>
        <div className={`${styles.block} ${styles.buttons}`}>
          <Button
            variant={test.isSuccess ? 'default' : 'tonal'}
            icon="bell"
            busy={test.isPending}
            onClick={() => test.mutate()}
          >
            {test.isPending ? t('pop.sending') : test.isSuccess ? t('pop.sendAgain') : t('pop.send')}
          </Button>
          {test.isSuccess && (
            <>
              <span className="grow" />
              <b>{t('pop.seen')}</b>
              <Button variant="tonal" icon="check" aria-pressed={seen === true} onClick={() => setSeen(true)}>
                {t('pop.yes')}
              </Button>
              <Button aria-pressed={seen === false} onClick={() => setSeen(false)}>
                {t('pop.no')}
              </Button>
            </>
          )}
        </div>
        <div aria-live="polite">
          {failed && (
            <div className={styles.block}>
              <b>{t('pop.failed')}</b>
              <p className="secondary">{failed.sentence}</p>
              {failed.details && <p className="mono">{failed.details}</p>}
            </div>
          )}
          {seen === true && (
            <p className={`${styles.block} row`}>
              <Icon name="check-circle" />
              {t('pop.great')}
            </p>
          )}
          {(seen === false || failed) && <PlatformAdvice />}
        </div>
        <TrainingCall status={status} extension={wizard.extension} />
      </section>
    </>
  )
}

function PlatformAdvice() {
  const { t } = useTranslation('first-run')
  const info = useQuery({
    queryKey: ['app', 'info'],
    queryFn: () => rpc.app.info(),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const platform = platformOf(info.data?.platform)
  return (
    <div className={`${styles.block} ${styles.fold}`} data-testid="notification-advice" data-platform={platform}>
      <b>{t('pop.adviceTitle')}</b>
      <ul>
        <li>{t(`pop.advice.${platform}.one`)}</li>
        <li>{t(`pop.advice.${platform}.two`)}</li>
        <li>{t(`pop.advice.${platform}.three`)}</li>
      </ul>
      <p className={`${styles.hint} meta muted`}>{t('pop.stillWorks')}</p>
    </div>
  )
}

/** In the demo a training caller rings; else another telephone has to. */
function TrainingCall({ status, extension }: { status: Status; extension: string }) {
  const { t } = useTranslation('first-run')
  const caller = status.demo.callers[0]
  const ring = useMutation({ mutationFn: (id: string) => rpc.demo.ring({ caller: id }) })
  if (!status.demo.running || !caller) {
    return extension ? <p className={`${styles.block} secondary`}>{t('pop.realHint', { extension })}</p> : null
  }
  return (
    <div className={`${styles.block} ${styles.buttons}`}>
      <span className="grow secondary" aria-live="polite">
        {ring.isSuccess ? t('pop.trainDone', { name: caller.name }) : t('pop.trainText', { name: caller.name })}
      </span>
      <Button icon="phone" busy={ring.isPending} onClick={() => ring.mutate(caller.id)}>
        {t('pop.train')}
      </Button>
    </div>
  )
}
