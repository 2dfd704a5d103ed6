import { type KeyboardEvent, type PointerEvent, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '../../i18n/index.ts'
import styles from './player.module.css'
import { waveBars } from './wave-bars.ts'

const stepSec = 5
const leapSec = 30

/** The recording as a slider that shows how loud it is where; arrows move by five seconds. */
export function Waveform(props: {
  peaks: readonly number[] | null
  /** Seconds. */
  time: number
  duration: number
  onSeek(sec: number): void
}) {
  const { t } = useTranslation('recordings')
  const { peaks, time, duration, onSeek } = props
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(351)
  const clip = useId()
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(Math.round(element.clientWidth)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const bars = useMemo(() => waveBars(peaks, width), [peaks, width])
  const part = duration > 0 ? Math.min(1, time / duration) : 0

  const seekTo = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width: across } = event.currentTarget.getBoundingClientRect()
    onSeek(Math.min(1, Math.max(0, (event.clientX - left) / across)) * duration)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowLeft: time - stepSec,
      ArrowDown: time - stepSec,
      ArrowRight: time + stepSec,
      ArrowUp: time + stepSec,
    }
    const far = { PageDown: time - leapSec, PageUp: time + leapSec, Home: 0, End: duration }
    const target = ({ ...to, ...far } as Record<string, number>)[event.key]
    if (target === undefined) return
    event.preventDefault()
    event.stopPropagation()
    onSeek(target)
  }

  return (
    <div
      ref={box}
      className={styles.wave}
      role="slider"
      tabIndex={0}
      aria-label={t('position')}
      aria-valuemin={0}
      aria-valuemax={Math.round(duration)}
      aria-valuenow={Math.round(time)}
      aria-valuetext={t('positionText', {
        time: formatDuration(time * 1000),
        total: formatDuration(duration * 1000),
      })}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        seekTo(event)
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seekTo(event)
      }}
      data-testid="recording-wave"
      data-drawn={peaks !== null}
    >
      <svg viewBox={`0 0 ${width} 48`} width={width} height={48} aria-hidden="true" focusable="false">
        <clipPath id={clip}>
          <rect width={width * part} height={48} />
        </clipPath>
        <path className={styles.rest} d={bars} />
        <path className={styles.played} d={bars} clipPath={`url(#${clip})`} />
      </svg>
      <i className={styles.playhead} style={{ insetInlineStart: `${part * 100}%` }} />
    </div>
  )
}
