import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { gainToTarget, levelWord } from '../../../preload/sound/index.ts'
import { Button, DrawerHeading, Icon, StateWord } from '../../ui/index.ts'
import editor from './editor.module.css'
import { type Hearing, toPhone } from './hearing.ts'
import { levelTones, meterMarks, meterPart, withGain } from './level-words.ts'
import { play, stop, useIsPlaying } from './player.ts'
import { secondsText } from './seconds.ts'
import { TrimWave } from './TrimWave.tsx'
import type { VoiceSound } from './use-sound.ts'

const playerKey = 'editor'
const gains = { min: -18, max: 24, step: 0.5 }
const fades = [0, 0.1, 0.5, 1]

/** Listen, cut, make louder or softer, before anything is sent. */
export function SoundEditor({ sound, isKeptHere }: { sound: VoiceSound; isKeptHere: boolean }) {
  const { t } = useTranslation(['voice', 'common'])
  const [hearing, setHearing] = useState<Hearing>('phone')
  const isPlaying = useIsPlaying(playerKey)
  const { decoded, edit, level } = sound

  if (sound.isLoading)
    return (
      <div className={editor.stand} role="status">
        <progress value={sound.progress ?? undefined} max={1} aria-label={t('voice:editor.reading')} />
        <span className="meta muted">{t('voice:editor.reading')}</span>
        <Button small onClick={sound.cancel}>
          {t('common:cancel')}
        </Button>
      </div>
    )
  const fault = sound.fault && (
    <p className={editor.fault} role="alert" data-testid="voice-fault">
      <Icon name="warn" size="s" />
      {t(`voice:fault.${sound.fault}`)}
    </p>
  )
  if (!decoded || !level)
    return (
      fault || (
        <p className={`${editor.stand} meta muted`}>{t(isKeptHere ? 'voice:editor.noSound' : 'voice:editor.noCopy')}</p>
      )
    )

  const { startSec, endSec, gainDb } = edit
  const heard = withGain(level, gainDb)
  const word = levelWord(heard)
  const toggle = () => {
    if (isPlaying) return stop()
    // The original is what was chosen, untouched: what the edit does is heard against it.
    play(playerKey, hearing === 'original' ? decoded.original : toPhone(sound.result()))
  }
  const auto = Math.round(Math.min(gains.max, Math.max(gains.min, gainToTarget(level))) * 2) / 2
  return (
    <>
      {fault}
      <TrimWave
        samples={decoded.samples}
        duration={decoded.duration}
        start={startSec}
        end={endSec}
        playerKey={playerKey}
        playsFrom={hearing === 'phone' ? startSec : 0}
        onChange={(from, to) => sound.change({ startSec: from, endSec: to })}
      />
      <div className={editor.scale}>
        <span className="num">{secondsText(startSec)}</span>
        <span className="num" data-testid="voice-kept">
          {t('voice:editor.kept', { kept: (endSec - startSec).toFixed(1), whole: decoded.duration.toFixed(1) })}
        </span>
        <span className="num">{secondsText(endSec)}</span>
      </div>
      <div className={editor.listen}>
        <Button
          only
          variant="tonal"
          icon={isPlaying ? 'stop' : 'play'}
          aria-label={t(isPlaying ? 'voice:editor.stop' : 'voice:editor.play')}
          onClick={toggle}
          data-testid="voice-play"
        />
        <SegmentedControl
          aria-label={t('voice:hearing.label')}
          value={hearing}
          onChange={(value) => {
            stop()
            setHearing(value === 'original' ? 'original' : 'phone')
          }}
          data={(['phone', 'original'] as const).map((value) => ({ value, label: t(`voice:hearing.${value}`) }))}
        />
        <span className="grow" />
        {sound.isEdited && (
          <Button small variant="quiet" icon="undo" onClick={sound.reset} data-testid="voice-reset">
            {t('voice:editor.reset')}
          </Button>
        )}
        <Button small icon="cut" onClick={sound.cutSilence} data-testid="voice-cut-silence">
          {t('voice:editor.cutSilence')}
        </Button>
      </div>
      <section className={editor.section}>
        <DrawerHeading>
          {t('voice:column.level')}
          <span className="end" data-testid="voice-level" data-level={word}>
            <StateWord {...levelTones[word]} word={t(`voice:levelLong.${word}`)} />
          </span>
        </DrawerHeading>
        <div
          className={editor.meter}
          style={{
            ['--good' as string]: `${meterMarks.good * 100}%`,
            ['--loud' as string]: `${meterMarks.loud * 100}%`,
          }}
          aria-hidden="true"
        >
          <i data-level={word} style={{ width: `${meterPart(heard) * 100}%` }} />
          <u style={{ insetInlineStart: `${meterMarks.target * 100}%` }} />
        </div>
        <div className={editor.scale} aria-hidden="true">
          <span>{t('voice:editor.quiet')}</span>
          <span className="num">{t('voice:editor.good')}</span>
          <span>{t('voice:editor.clips')}</span>
        </div>
        <div className={editor.line}>
          <span className="meta secondary">{t('voice:editor.gain')}</span>
          <input
            type="range"
            {...gains}
            value={gainDb}
            aria-label={t('voice:editor.gain')}
            aria-valuetext={gainText(gainDb)}
            onChange={(event) => sound.change({ gainDb: Number(event.target.value) })}
            data-testid="voice-gain"
          />
          <span className={`${editor.gain} num`}>{gainText(gainDb)}</span>
          <Button
            small
            disabled={level.lufs === null}
            onClick={() => sound.change({ gainDb: auto })}
            data-testid="voice-auto"
          >
            {t('voice:editor.auto')}
          </Button>
        </div>
        <div className={editor.line}>
          <span className="meta secondary">{t('voice:editor.fade')}</span>
          <SegmentedControl
            size="xs"
            aria-label={t('voice:editor.fade')}
            value={String(edit.fadeInSec)}
            onChange={(value) => sound.change({ fadeInSec: Number(value), fadeOutSec: Number(value) })}
            data={fades.map((fade) => ({
              value: String(fade),
              label: fade === 0 ? t('voice:editor.noFade') : t('voice:seconds', { count: fade }),
            }))}
          />
        </div>
        <p className="meta muted num">
          {heard.lufs === null || heard.peakDb === null
            ? t('voice:editor.silence')
            : t('voice:editor.measured', { lufs: signed(heard.lufs), peak: signed(Math.min(0, heard.peakDb)) })}
        </p>
      </section>
    </>
  )
}

/** With a true minus. */
const signed = (value: number) => (value < -0.05 ? `−${Math.abs(value).toFixed(1)}` : value.toFixed(1))
const gainText = (gainDb: number) => `${gainDb > 0 ? '+' : ''}${signed(gainDb)} dB`
