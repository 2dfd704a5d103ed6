import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { peaksOf } from '../../../preload/sound/index.ts'
import { waveBars } from '../recordings/index.ts'
import editor from './editor.module.css'
import { usePlaying } from './player.ts'
import { secondsText } from './seconds.ts'

const height = 104
/** The shortest part that can be kept, s. */
const shortest = 0.1

/** The whole sound with a handle at either end of what is kept. Arrows move a handle by a tenth of a second, with Shift by one. */
export function TrimWave(props: {
  samples: Float32Array
  /** Seconds. */
  duration: number
  start: number
  end: number
  playerKey: string
  /** Where second 0 of what is played lies in the sound. */
  playsFrom: number
  onChange(start: number, end: number): void
}) {
  const { t } = useTranslation('voice')
  const { samples, duration, start, end } = props
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(351)
  const at = usePlaying(props.playerKey)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(Math.round(element.clientWidth)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const bars = useMemo(() => waveBars(peaksOf(samples, 400), width, height), [samples, width])
  const least = Math.min(shortest, duration)
  const part = (sec: number) => `${duration > 0 ? (sec / duration) * 100 : 0}%`

  const move = (which: 'start' | 'end', sec: number) => {
    const tenths = Math.round(sec * 100) / 100
    if (which === 'start') props.onChange(Math.max(0, Math.min(tenths, end - least)), end)
    else props.onChange(start, Math.min(duration, Math.max(tenths, start + least)))
  }
  const onKeyDown = (which: 'start' | 'end') => (event: KeyboardEvent) => {
    const by = event.shiftKey ? 1 : 0.1
    const now = which === 'start' ? start : end
    const targets: Record<string, number> = {
      ArrowLeft: now - by,
      ArrowDown: now - by,
      ArrowRight: now + by,
      ArrowUp: now + by,
      Home: which === 'start' ? 0 : start + least,
      End: which === 'start' ? end - least : duration,
    }
    const target = targets[event.key]
    if (target === undefined) return
    event.preventDefault()
    move(which, target)
  }
  const onPointerMove = (which: 'start' | 'end') => (event: PointerEvent<HTMLElement>) => {
    const frame = box.current?.getBoundingClientRect()
    if (!frame || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    move(which, Math.min(1, Math.max(0, (event.clientX - frame.left) / frame.width)) * duration)
  }
  const handle = (which: 'start' | 'end') => (
    <div
      role="slider"
      tabIndex={0}
      className={editor.handle}
      style={{ insetInlineStart: part(which === 'start' ? start : end) }}
      aria-label={t(`editor.${which}`)}
      aria-valuemin={0}
      aria-valuemax={Math.round(duration * 10) / 10}
      aria-valuenow={Math.round((which === 'start' ? start : end) * 10) / 10}
      aria-valuetext={secondsText(which === 'start' ? start : end)}
      onKeyDown={onKeyDown(which)}
      onPointerDown={(event) => {
        if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={onPointerMove(which)}
      data-testid={`voice-trim-${which}`}
    />
  )
  return (
    <div ref={box} className={editor.trim} data-testid="voice-wave">
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true" focusable="false">
        <path d={bars} />
      </svg>
      <i className={editor.away} style={{ insetInlineStart: 0, width: part(start) }} />
      <i className={editor.away} style={{ insetInlineEnd: 0, width: part(duration - end) }} />
      {at !== null && <i className={editor.playhead} style={{ insetInlineStart: part(at + props.playsFrom) }} />}
      {handle('start')}
      {handle('end')}
    </div>
  )
}
