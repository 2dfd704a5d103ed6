import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Elapsed, Icon } from '../../ui/index.ts'
import editor from './editor.module.css'
import { type Microphone, MicrophoneError, type MicrophoneFault, openMicrophone } from './microphone.ts'

type Phase =
  | { is: 'opening' }
  | { is: 'recording'; since: number }
  | { is: 'ending' }
  | { is: 'failed'; fault: MicrophoneFault }

/** Speak into the microphone: a level that moves, the time, and the button that ends it. */
export function MicrophonePart(props: { onRecorded(recording: Blob): void; onCancel(): void }) {
  const { t } = useTranslation(['voice', 'common'])
  const [phase, setPhase] = useState<Phase>({ is: 'opening' })
  const [attempt, setAttempt] = useState(0)
  const microphone = useRef<Microphone | null>(null)
  const bar = useRef<HTMLElement>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens it anew
  useEffect(() => {
    let isGone = false
    let frame = 0
    setPhase({ is: 'opening' })
    const follow = () => {
      const level = microphone.current?.level() ?? 0
      if (bar.current) bar.current.style.width = `${Math.min(100, Math.sqrt(level) * 100)}%`
      if (bar.current) bar.current.dataset.level = level > 0.97 ? 'clipped' : 'good'
      frame = requestAnimationFrame(follow)
    }
    openMicrophone().then(
      (opened) => {
        if (isGone) return opened.discard()
        microphone.current = opened
        setPhase({ is: 'recording', since: Date.now() })
        follow()
      },
      (error: unknown) => {
        if (!isGone) setPhase({ is: 'failed', fault: error instanceof MicrophoneError ? error.fault : 'failed' })
      },
    )
    return () => {
      isGone = true
      cancelAnimationFrame(frame)
      microphone.current?.discard()
      microphone.current = null
    }
  }, [attempt])

  const finish = useCallback(async () => {
    const open = microphone.current
    if (!open) return
    setPhase({ is: 'ending' })
    const recording = await open.finish()
    microphone.current = null
    if (recording) props.onRecorded(recording)
    else setPhase({ is: 'failed', fault: 'failed' })
  }, [props.onRecorded])

  if (phase.is === 'failed')
    return (
      <div className={editor.recorder}>
        <p className={editor.fault} role="alert" data-testid="voice-mic-fault">
          <Icon name="warn" size="s" />
          {t(`voice:mic.${phase.fault}`)}
        </p>
        <div className={editor.line}>
          <Button small onClick={() => setAttempt((before) => before + 1)}>
            {t('common:retry')}
          </Button>
          <Button small variant="quiet" onClick={props.onCancel}>
            {t('common:cancel')}
          </Button>
        </div>
      </div>
    )
  return (
    <div className={editor.recorder} data-phase={phase.is} data-testid="voice-recorder">
      <p className={editor.recording} role="status">
        <Icon name="microphone" />
        {phase.is === 'recording' ? (
          <>
            <b>{t('voice:mic.recording')}</b> <Elapsed since={phase.since} />
          </>
        ) : (
          t(phase.is === 'opening' ? 'voice:mic.opening' : 'voice:editor.reading')
        )}
      </p>
      <div className={editor.meter} aria-hidden="true">
        <i ref={bar} data-level="good" />
      </div>
      <p className="meta muted">{t('voice:mic.advice')}</p>
      <div className={editor.line}>
        <Button
          variant="primary"
          icon="stop"
          disabled={phase.is !== 'recording'}
          onClick={() => void finish()}
          data-testid="voice-mic-stop"
        >
          {t('voice:mic.stop')}
        </Button>
        <Button variant="quiet" onClick={props.onCancel}>
          {t('common:cancel')}
        </Button>
      </div>
    </div>
  )
}
