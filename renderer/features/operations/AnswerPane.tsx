import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperationInfo, OperationResult } from '../../../preload/contract/index.ts'
import { Button, Elapsed, EmptyState, StateWord } from '../../ui/index.ts'
import { AnswerTree } from './AnswerTree.tsx'
import styles from './answer.module.css'
import { Failure } from './Failure.tsx'
import type { Run } from './operation-store.ts'
import { RawView } from './RawView.tsx'
import { SavedFile } from './SavedFile.tsx'
import { sizeText } from './sizes.ts'
import { useCopy } from './use-copy.ts'

/** What came back: whether it worked, how long it took, what it means, and the bytes as they came. */
export function AnswerPane({ info, run }: { info: OperationInfo; run: Run | undefined }) {
  const { t } = useTranslation('operations')
  return (
    <section
      className={styles.answer}
      aria-label={t('answer')}
      aria-busy={run?.phase === 'running' || undefined}
      data-testid="operation-answer"
      data-phase={run?.phase ?? 'none'}
    >
      <p className="vh" role="status">
        {run?.phase === 'running' && t('running')}
        {run?.phase === 'done' && (run.result.problem ? t('failed') : t('worked'))}
      </p>
      {run === undefined && <EmptyState icon="send" title={t('notSentYet')} text={t('notSentYetText')} />}
      {run?.phase === 'running' && <Running run={run} />}
      {run?.phase === 'failed' && <Failure info={info} error={run.error} />}
      {run?.phase === 'done' && <Done key={run.at} info={info} run={run} />}
    </section>
  )
}

function Running({ run }: { run: Extract<Run, { phase: 'running' }> }) {
  const { t } = useTranslation('operations')
  const { progress } = run
  const part = progress && {
    done: sizeText(progress.bytes),
    total: progress.total === null ? '' : sizeText(progress.total),
  }
  return (
    <div className={styles.running}>
      <StateWord tone="plain" icon="clock" word={t('running')}>
        <Elapsed since={run.since} />
      </StateWord>
      <progress
        aria-label={progress ? t(progress.direction) : t('running')}
        max={progress?.total ?? undefined}
        value={progress?.total ? progress.bytes : undefined}
      />
      {progress && part && (
        <span className="meta muted num">
          {t(progress.direction)} {part.done}
          {part.total && ` / ${part.total}`}
        </span>
      )}
      <Button small icon="stop" onClick={run.cancel}>
        {t('cancel')}
      </Button>
    </div>
  )
}

type View = 'decoded' | 'text' | 'hex'

function Done({ info, run }: { info: OperationInfo; run: Extract<Run, { phase: 'done' }> }) {
  const { t } = useTranslation('operations')
  const { result, file } = run
  const [view, setView] = useState<View>('decoded')
  const hasBytes = result.raw !== null || file !== null
  const views: { value: View; label: string }[] = [
    { value: 'decoded', label: t('decoded') },
    ...(hasBytes
      ? [
          { value: 'text' as const, label: t('text') },
          { value: 'hex' as const, label: t('hex') },
        ]
      : []),
  ]
  return (
    <>
      <header className={styles.head}>
        <StatusWords result={result} file={file} />
        {hasBytes && (
          <SegmentedControl
            className={styles.views}
            aria-label={t('view')}
            size="xs"
            value={view}
            onChange={(value) => setView(value as View)}
            data={views}
          />
        )}
      </header>
      {view !== 'decoded' && <RawView result={result} file={file} view={view} />}
      {view === 'decoded' && result.problem && <Failure info={info} error={result.problem} />}
      {view === 'decoded' && !result.problem && (
        <>
          {file && <SavedFile operation={info.id} at={run.at} result={result} file={file} />}
          <Decoded result={result} />
        </>
      )}
    </>
  )
}

function StatusWords({ result, file }: { result: OperationResult; file: Uint8Array | null }) {
  const { t } = useTranslation('operations')
  const bytes = file?.length ?? result.raw?.bytes
  const type = result.raw?.contentType ?? null
  const worked = result.problem === null
  return (
    <div className={styles.status} data-testid="answer-status">
      <StateWord
        tone={worked ? 'talking' : 'failed'}
        icon={worked ? 'check' : 'warn'}
        word={<b>{result.status ?? t('noAnswer')}</b>}
      />
      <span className="meta muted num">{t('ms', { ms: Math.round(result.ms) })}</span>
      {bytes !== undefined && <span className="meta muted num">{sizeText(bytes)}</span>}
      {type && (
        <span className="meta muted cut" translate="no">
          {type.split(';')[0]}
        </span>
      )}
    </div>
  )
}

function Decoded({ result }: { result: OperationResult }) {
  const { t } = useTranslation('operations')
  const copy = useCopy()
  return (
    <>
      <AnswerTree value={result.data} explained={result.explained} />
      <div className={styles.foot}>
        <Button small variant="quiet" icon="copy" onClick={() => copy(JSON.stringify(result.data, null, 2))}>
          {t('copyAnswer')}
        </Button>
      </div>
    </>
  )
}
