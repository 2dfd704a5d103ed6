import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'

export const speeds = [0.75, 1, 1.25, 1.5, 2] as const

/** What somebody set for one recording holds for the next, until the page is loaded again. */
const chosen = { speed: 1, volume: 1, muted: false }

export interface Sound {
  ref: RefObject<HTMLAudioElement | null>
  playing: boolean
  /** Seconds. */
  time: number
  /** Seconds; null while the browser does not know. */
  duration: number | null
  speed: number
  volume: number
  muted: boolean
  /** `format`: this browser cannot play it; `gone`: it was deleted meanwhile. */
  fault: 'format' | 'gone' | null
  toggle(): void
  seek(sec: number): void
  skip(sec: number): void
  setSpeed(speed: number): void
  setVolume(volume: number): void
  toggleMute(): void
}

/** An audio element as state. `url` null = nothing to play yet. */
export function useAudio(url: string | null, playAtOnce: boolean): Sound {
  const ref = useRef<HTMLAudioElement | null>(null)
  const [playing, setPlaying] = useState(false)
  const [time, setTime] = useState(0)
  const [duration, setDuration] = useState<number | null>(null)
  const [fault, setFault] = useState<Sound['fault']>(null)
  const [settings, setSettings] = useState({ ...chosen })

  useEffect(() => {
    const audio = ref.current
    if (!audio || url === null) return
    setFault(null)
    setTime(0)
    const listeners: [string, () => void][] = [
      ['play', () => setPlaying(true)],
      ['pause', () => setPlaying(false)],
      ['ended', () => setPlaying(false)],
      ['timeupdate', () => setTime(audio.currentTime)],
      ['seeked', () => setTime(audio.currentTime)],
      ['durationchange', () => setDuration(Number.isFinite(audio.duration) ? audio.duration : null)],
      ['error', () => setFault(audio.error?.code === MediaError.MEDIA_ERR_NETWORK ? 'gone' : 'format')],
    ]
    for (const [name, run] of listeners) audio.addEventListener(name, run)
    audio.volume = chosen.volume
    audio.muted = chosen.muted
    audio.defaultPlaybackRate = chosen.speed
    audio.src = url
    // Refused only without a click before it: the button is there.
    if (playAtOnce) audio.play().catch(() => setPlaying(false))
    return () => {
      for (const [name, run] of listeners) audio.removeEventListener(name, run)
      audio.pause()
      audio.removeAttribute('src')
      audio.load()
    }
  }, [url, playAtOnce])

  // Between two timeupdates lies a quarter of a second: too coarse for a playhead.
  useEffect(() => {
    if (!playing) return
    let frame = requestAnimationFrame(function follow() {
      if (ref.current) setTime(ref.current.currentTime)
      frame = requestAnimationFrame(follow)
    })
    return () => cancelAnimationFrame(frame)
  }, [playing])

  const change = useCallback((part: Partial<typeof chosen>) => {
    Object.assign(chosen, part)
    setSettings({ ...chosen })
    const audio = ref.current
    if (!audio) return
    audio.playbackRate = chosen.speed
    audio.volume = chosen.volume
    audio.muted = chosen.muted
  }, [])
  const seek = useCallback((sec: number) => {
    const audio = ref.current
    if (!audio) return
    const end = Number.isFinite(audio.duration) ? audio.duration : sec
    audio.currentTime = Math.min(Math.max(0, sec), end)
    setTime(audio.currentTime)
  }, [])

  return {
    ref,
    playing,
    time,
    duration,
    fault,
    ...settings,
    toggle: useCallback(() => {
      const audio = ref.current
      if (!audio) return
      if (audio.paused) audio.play().catch(() => setPlaying(false))
      else audio.pause()
    }, []),
    seek,
    skip: useCallback((sec: number) => seek((ref.current?.currentTime ?? 0) + sec), [seek]),
    setSpeed: (speed) => change({ speed }),
    setVolume: (volume) => change({ volume, muted: volume === 0 }),
    toggleMute: () => change({ muted: !chosen.muted }),
  }
}
