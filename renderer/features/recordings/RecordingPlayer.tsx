import { type KeyboardEvent, useCallback, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration, useErrorSentence } from '../../i18n/index.ts'
import { Button, DrawerHeading, Icon } from '../../ui/index.ts'
import { PlayerControls } from './PlayerControls.tsx'
import styles from './player.module.css'
import { recordingName } from './recording-name.ts'
import { useAudio } from './use-audio.ts'
import { usePeaks } from './use-peaks.ts'
import { type Phase, type RecordingOf, useRecording } from './use-recording.ts'
import { Waveform } from './Waveform.tsx'

/**
 * The recording of one call: fetched when somebody wants to hear it, played from this PC. Give it a `key` by call.
 * Keys while the focus is inside: K or Space plays, J and L skip, M mutes, arrows move on the waveform.
 */
export function RecordingPlayer(
  props: RecordingOf & { /** Who it was with: becomes part of the saved file's name. */ who: string },
) {
  const { t } = useTranslation('recordings')
  const { who, ...of } = props
  const { phase, load, cancel } = useRecording(of)
  const recording = phase.is === 'ready' ? phase.recording : null
  /** What is to happen once it is here. */
  const then = useRef<'play' | 'save' | null>(null)
  const playAtOnce = useRef(false)
  if (phase.is === 'ready' && then.current === 'play') playAtOnce.current = true
  const sound = useAudio(recording?.url ?? null, playAtOnce.current)
  const peaks = usePeaks(recording)
  const title = useId()
  const duration = sound.duration ?? (recording?.durationMs ?? 0) / 1000

  const save = useCallback(
    (url: string, type: string) => {
      const name = recordingName(of.at, who, type)
      const link = document.createElement('a')
      link.href = `${url}?save=${encodeURIComponent(name)}`
      link.download = name
      link.click()
    },
    [of.at, who],
  )
  useEffect(() => {
    if (!recording) return
    if (then.current === 'save') save(recording.url, recording.type)
    then.current = null
  }, [recording, save])

  const fetchTo = (what: 'play' | 'save') => {
    then.current = what
    void load()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement
    if (!recording || event.ctrlKey || event.metaKey || event.altKey) return
    const keys: Record<string, () => void> = {
      k: sound.toggle,
      j: () => sound.skip(-5),
      l: () => sound.skip(5),
      m: sound.toggleMute,
      // A focused button has the space bar for itself.
      ...(target.closest('button, input, [role=menuitem]') ? {} : { ' ': sound.toggle }),
    }
    const run = keys[event.key.toLowerCase()]
    if (!run) return
    event.preventDefault()
    event.stopPropagation()
    run()
  }

  return (
    <section
      className={styles.player}
      aria-labelledby={title}
      onKeyDown={onKeyDown}
      data-testid="recording-player"
      data-phase={phase.is}
    >
      <DrawerHeading id={title}>
        {t('title')}
        <span className="end num">
          {duration > 0 && `${formatDuration(sound.time * 1000)} / ${formatDuration(duration * 1000)}`}
        </span>
      </DrawerHeading>
      {/* biome-ignore lint/a11y/useMediaCaption: a telephone call has no captions */}
      <audio ref={sound.ref} preload="metadata" />
      {recording && sound.fault === null ? (
        <Waveform peaks={peaks} time={sound.time} duration={duration} onSeek={sound.seek} />
      ) : (
        <div className={styles.stand}>
          <Stand phase={phase} fault={sound.fault} onCancel={cancel} onRetry={() => fetchTo('play')} />
        </div>
      )}
      <PlayerControls
        sound={sound}
        ready={recording !== null && sound.fault === null}
        disabled={phase.is === 'looking' || phase.is === 'loading' || phase.is === 'failed'}
        onPlay={() => fetchTo('play')}
        onSave={() => (recording ? save(recording.url, recording.type) : fetchTo('save'))}
      />
      {recording?.isCut && (
        <p className="meta muted row">
          <Icon name="info" size="s" />
          {t('cut')}
        </p>
      )}
    </section>
  )
}

/** What stands where the waveform will be. */
function Stand(props: { phase: Phase; fault: 'format' | 'gone' | null; onCancel(): void; onRetry(): void }) {
  const { t } = useTranslation(['recordings', 'common'])
  const explain = useErrorSentence()
  const { phase, fault } = props
  if (phase.is === 'loading') {
    const { bytes, total } = phase
    return (
      <div className={styles.loading} role="status">
        <progress
          aria-label={t('recordings:loading')}
          value={total === null ? undefined : bytes}
          max={total ?? undefined}
        />
        <span className="meta muted num">
          {bytes > 0 ? t('recordings:loaded', { size: (bytes / 1_048_576).toFixed(1) }) : t('recordings:loading')}
        </span>
        <Button small onClick={props.onCancel} data-testid="recording-cancel">
          {t('recordings:cancel')}
        </Button>
      </div>
    )
  }
  if (phase.is === 'failed') {
    const { sentence, details } = explain(phase.error, 'recordings')
    const isGone =
      typeof phase.error === 'object' &&
      phase.error !== null &&
      'code' in phase.error &&
      phase.error.code === 'not-found'
    return (
      <div className={styles.failed} role="alert" data-testid="recording-failed">
        <Icon name={isGone ? 'info' : 'warn'} />
        <span className="grow" title={details ?? undefined}>
          {sentence}
        </span>
        {!isGone && (
          <Button small onClick={props.onRetry}>
            {t('common:retry')}
          </Button>
        )}
      </div>
    )
  }
  if (fault !== null)
    return (
      <div className={styles.failed} role="alert" data-testid="recording-failed">
        <Icon name="warn" />
        <span className="grow">{t(fault === 'gone' ? 'recordings:gone' : 'recordings:format')}</span>
        {fault === 'gone' && (
          <Button small onClick={props.onRetry}>
            {t('common:retry')}
          </Button>
        )}
      </div>
    )
  return <p className="meta muted">{phase.is === 'absent' ? t('recordings:absent') : ''}</p>
}
